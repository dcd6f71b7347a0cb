"""Tables of records that occur many times: each is kept once and known by its number."""

from __future__ import annotations

import json
from typing import Generic, TypeVar

T = TypeVar("T")


class Table(Generic[T]):
    """Records of plain data, in the order of their first mention."""

    def __init__(self) -> None:
        self.rows: list[T] = []
        self._numbers: dict[str, int] = {}

    def number(self, record: T) -> int:
        """The number of a record, a new one if it is new."""
        key = json.dumps(record, ensure_ascii=False)
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self.rows)
            self.rows.append(record)
        return number


def runs(values: list[T]) -> list[T | int]:
    """A value for each tick as runs, in one flat list: the tick at which one begins, its value."""
    found: list[T | int] = []
    for tick, value in enumerate(values):
        if tick == 0 or value != values[tick - 1]:
            found += [tick, value]
    return found
