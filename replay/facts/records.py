"""What an author wrote, as plain data: the words of the script, with its numbers as bounds."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from typing import Any

from replay.foundation.edtf import Date
from replay.foundation.locators import Locator
from replay.model import Record
from replay.model.fields import Citation
from replay.model.state import Control, Progress, Range, Tally, parts

Json = dict[str, Any]


def record_json(record: Record, leave_out: frozenset[str] = frozenset()) -> Json:
    """Every field of a record by the name that the script gives it; what is not said is null.

    Dates and citations are spelled as in the script, numbers are {low, best, high}.
    """
    told = {}
    for name, field in type(record).model_fields.items():
        if name not in leave_out and not field.exclude:
            told[field.alias or name] = plain_value(getattr(record, name))
    return told | {key: plain_value(value) for key, value in (record.model_extra or {}).items()}


def plain_value(value: Any) -> Any:
    """A value as JSON can hold it; the counts behind a tally are events of their own."""
    match value:
        case Record():
            return record_json(value)
        case Tally():
            return plain_value(value.number)
        case Control():
            return control_value_json(value)
        case Progress():
            told = {"side": value.side, "amount": value.amount, "unit": value.unit}
            added = [part._asdict() for part in parts(value)]
            return plain_value(told | {"share": value.share, "addends": added})
        case Range(low=low, best=best, high=high):
            return {"low": plain_value(low), "best": plain_value(best), "high": plain_value(high)}
        case Date() | Citation() | Locator():
            return str(value)
        case float():
            return None if math.isinf(value) or math.isnan(value) else value
        case Mapping():
            return {str(key): plain_value(item) for key, item in value.items()}
        case list() | tuple():
            return [plain_value(item) for item in value]
        case str() | int() | None:
            return value
    if is_dataclass(value) and not isinstance(value, type):
        return {key: plain_value(item) for key, item in asdict(value).items()}
    return str(value)


def control_value_json(value: Control) -> Json:
    """One value of control: the one holder, all who hold or contest the place, the besiegers."""
    return {
        "status": value.status,
        "side": value.side,
        "sides": list(value.sides),
        "by": list(value.by),
    }
