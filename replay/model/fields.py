"""The kinds of values that a script spells: ids, references, numbers, dates, citations."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any, Literal, NamedTuple, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PlainValidator,
    StringConstraints,
    WithJsonSchema,
)

from replay.foundation import edtf, geodesy
from replay.foundation.colours import FREE
from replay.foundation.errors import did_you_mean, quoted
from replay.foundation.locators import Locator, locator, plain_text
from replay.foundation.theme import SIDES
from replay.model.state import SOME_PART, Range, read_range


class Record(BaseModel):
    """Something an author wrote down: frozen, strict, and nothing in it that is not expected."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class Misspelled(ValueError):
    """A value that cannot be read: `str()` says what is wrong, `hint` what to write instead."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class To:
    """Marks a field that refers to things: the kinds that it may refer to."""

    kinds: tuple[str, ...]


def of_kind(*kinds: str) -> To:
    return To(kinds)


class Citation(NamedTuple):
    """A source and a place in it."""

    source: str
    locator: Locator

    def __str__(self) -> str:
        return f"{self.source} {self.locator}"


def _spelled(read: Callable[[str], Any], kind: type | tuple[type, ...]) -> Callable[[Any], Any]:
    """A validator that reads a spelling and lets a value that was read before pass."""

    def validate(value: Any) -> Any:
        if type(value) is str:
            return read(value)
        if isinstance(value, kind):
            return value
        if isinstance(value, bool) or not isinstance(value, (str, int, float)):
            raise Misspelled(
                "expected a single value here", "write one value, without brackets or dashes"
            )
        return read(str(value))

    return validate


_ID = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
_SOME = (
    r"^[[\t\n\r\P{Cc}]--[\u202A-\u202E\u2066-\u2069]]*"
    r"[[\P{Cc}--\s]--[\u202A-\u202E\u2066-\u2069]]"
    r"[[\t\n\r\P{Cc}]--[\u202A-\u202E\u2066-\u2069]]*$"
)
"""Something that can be seen, and no control character that a terminal would obey."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters; the last ones turn the direction in which a line is read."""
IDS = "an id has only a-z, 0-9 and single hyphens"
"""pydantic matches patterns itself, in Rust: most values of a script are texts and ids, and asking
Python about each would take most of the time."""


def is_id(text: str) -> bool:
    return re.match(_ID, text) is not None


def expected(pattern: str, given: str) -> Misspelled:
    """What to say where a text does not match a pattern."""
    if pattern == _ID:
        slug = plain_text(given).replace(" ", "-")[:80]
        written = f", perhaps {slug}" if re.match(_ID, slug) else ""
        return Misspelled(f"{quoted(given)} is not an id", f"write an id{written}: {IDS}")
    control = _CONTROL.search(given)
    if control is not None:
        hint = "delete it; it is invisible"
        return Misspelled(f"the text has a control character, {control[0]!r}", hint)
    return Misspelled("expected some text here", "write at least one visible character")


def _flag(text: str) -> bool:
    if text not in ("true", "false"):
        raise Misspelled(f"{quoted(text)} is neither true nor false", "write true or false")
    return text == "true"


def _number(text: str) -> float:
    if not re.fullmatch(r"-?\d{1,9}(\.\d{1,9})?", text):
        mended = text.replace(",", ".")
        hint = mended if re.fullmatch(r"-?\d{1,9}\.\d{1,9}", mended) else "34.5"
        raise Misspelled(
            f"{quoted(text)} is not a plain number", f"write digits and a point: {hint}"
        )
    return float(text)


def _amount(text: str) -> Range:
    try:
        return read_range(text)
    except ValueError as error:
        what, _, todo = str(error).replace(repr(text), quoted(text)).partition("; ")
        raise Misspelled(what, todo or None) from None


def _letter(text: str) -> str:
    if len(text) != 1 or not text.isascii() or not text.isalpha() or text in "xb":
        hint = "write one of A-Z or a-z; x and b mean contested and besieged"
        raise Misspelled(f"{quoted(text)} is not a letter for the control strip", hint)
    return text


def _colour(text: str) -> str:
    if FREE.fullmatch(text):
        return text.upper()
    if text in SIDES:
        return text
    short = re.fullmatch(r"#?([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})", text)
    if short:
        digits = short[1] if len(short[1]) == 6 else "".join(2 * digit for digit in short[1])
        hint = f'write "#{digits.upper()}", in quotation marks'
    else:
        named = f"one of {', '.join(SIDES)}"
        hint = did_you_mean(text, SIDES) or f'{named}; or a colour of your own, like "#12AA34"'
    raise Misspelled(f"'colour' cannot be {quoted(text)}", hint)


def _bearing(text: str) -> str:
    if text not in geodesy.BEARINGS:
        initials = {"".join(w[0] for w in name.split("-")): name for name in geodesy.BEARINGS}
        known = initials.get(text.lower().replace(".", ""))
        close = f"write {known}" if known else did_you_mean(text, geodesy.BEARINGS)
        raise Misspelled(f"{quoted(text)} is not a compass point", close or "write south-east")
    return text


@lru_cache(maxsize=65536)
def _cite(text: str) -> Citation:
    source, _, where = text.strip().partition(" ")
    where = where.strip()
    if not re.match(_ID, source):
        raise Misspelled(f"{quoted(source)} is not the id of a source", _CITED)
    if not where:
        raise Misspelled("a citation needs a source and a place in it", _CITED)
    try:
        return Citation(source, locator(where))
    except ValueError as error:
        if re.match(r"p\d", where):
            raise Misspelled(str(error), _LOCATED) from None
    if _CONTROL.search(where) or len(where) > LONGEST_PLACE:
        raise Misspelled(f"{quoted(where)} is not a place in a source", _LOCATED)
    return Citation(source, Locator(0, own=where))


LONGEST_PLACE = 200
"""Characters of a work's own way to cite."""
_CITED = "write the id of a source and a place in it: article p37.s3"
_LOCATED = "write p37 (a paragraph), p37.s3 (a sentence), p37.s3-s5 or p37-p39"


def _many(value: Any) -> Any:
    """One value where several are possible needs no brackets."""
    if isinstance(value, str):
        return (value,)
    if value is None or isinstance(value, tuple):
        return value
    return tuple(value) if isinstance(value, list) else (value,)


def one_line_text(text: str) -> str:
    """A text without tabs and line breaks: each of them is a space.

    >>> one_line("First\\tArmy\\n")
    'First Army'
    """
    return _BREAKS.sub(" ", text).strip()


_BREAKS = re.compile(r" *[\t\n\v\f\r\x85\u2028\u2029]+\s*")
_STRING = {"type": "string"}
_NUMBERS = {"type": ["string", "number"]}


def _schema(base: dict[str, Any], description: str) -> WithJsonSchema:
    return WithJsonSchema({**base, "description": description})


PlainText = Annotated[
    str, StringConstraints(pattern=_SOME), _schema(_NUMBERS, "Text, in your own words.")
]
NameText = Annotated[
    str,
    StringConstraints(pattern=_SOME),
    AfterValidator(one_line_text),
    _schema(_NUMBERS, "Text of one line, in your own words."),
]
Id = Annotated[
    str,
    StringConstraints(pattern=_ID, max_length=80),
    _schema(_NUMBERS, "An id: al-qaim, h-2."),
]
Ref = Id
Flag = Annotated[
    bool,
    PlainValidator(_spelled(_flag, bool)),
    _schema({"type": "boolean"}, "true or false."),
]
Number = Annotated[
    float,
    PlainValidator(_spelled(_number, (int, float))),
    _schema(_NUMBERS, "A plain number: 34.5."),
]
Amount = Annotated[
    Range,
    PlainValidator(_spelled(_amount, Range)),
    _schema(_NUMBERS, "A number as the source gives it: 75, ~2400, 90+, 40..50, some."),
]


def _portion(text: str) -> Range:
    """A part of a whole: per cent, or 0 to 1."""
    spelled = text.strip()
    if spelled == "some":
        return SOME_PART  # of a count it is one at least, and one is the whole
    percent = spelled.endswith("%")
    number = _amount(spelled.removesuffix("%").strip())
    if percent:
        bounds = (number.low, number.best, number.high)
        number = Range(*(None if b is None else round(b / 100, 6) for b in bounds))  # type: ignore[arg-type]
    if number.low > 1 or (number.best or 0) > 1 or (text[:1] != "~" and (number.high or 0) > 1):
        hint = "write a percentage as 40 %, or a number between 0 and 1"
        raise Misspelled(f"{quoted(text)} is more than the whole", hint)
    return number


Portion = Annotated[
    Range,
    PlainValidator(_spelled(_portion, Range)),
    _schema(_NUMBERS, "A part of the whole: 40 %, ~80 %, 60+ %, or between 0 and 1."),
]
When = Annotated[
    edtf.Date,
    PlainValidator(_spelled(edtf.parse, edtf.Date)),
    _schema(_NUMBERS, "A date in EDTF: 2017-11-17, 2017-11-17T05, ../2017-10-28, 2017-11-03~."),
]


@dataclass(frozen=True, slots=True)
class Inherited:
    """A report date that a claim takes from the sentence before it."""

    date: edtf.Date
    of: Citation
    """The sentence that has the date."""


INHERITED = "inherited"


def _reported(text: str) -> Any:
    return INHERITED if text == INHERITED else edtf.parse(text)


ReportedWhen = Annotated[
    edtf.Date | Inherited | Literal["inherited"],
    PlainValidator(_spelled(_reported, (edtf.Date, Inherited))),
    _schema(_NUMBERS, "A date in EDTF; or `inherited`: that of the sentence before it."),
]
Cite = Annotated[
    Citation,
    PlainValidator(_spelled(_cite, Citation)),
    _schema(_STRING, "A source and a place in it: article p37.s3."),
]
Letter = Annotated[str, BeforeValidator(_spelled(_letter, ())), _schema(_STRING, "One letter.")]
Colour = Annotated[
    str,
    BeforeValidator(_spelled(_colour, ())),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "enum": list(SIDES)},
                {"type": "string", "pattern": "^#[0-9A-Fa-f]{6}$"},
            ],
            "description": 'A name, or a colour of your own: "#12AA34".',
        }
    ),
]
Bearing = Annotated[
    str,
    BeforeValidator(_spelled(_bearing, ())),
    WithJsonSchema({"type": "string", "enum": list(geodesy.BEARINGS)}),
]


def _one_or_many(item: dict[str, Any], description: str) -> WithJsonSchema:
    choices = [item, {"type": "array", "items": item}]
    return WithJsonSchema({"anyOf": choices, "description": description})


Refs = Annotated[tuple[Ref, ...], BeforeValidator(_many), _one_or_many(_NUMBERS, "Ids.")]
Cites = Annotated[
    tuple[Cite, ...], BeforeValidator(_many), _one_or_many(_STRING, "Citations: article p37.s3.")
]
Names = Annotated[tuple[NameText, ...], BeforeValidator(_many), _one_or_many(_NUMBERS, "Names.")]
PlainTexts = Annotated[
    tuple[PlainText, ...], BeforeValidator(_many), _one_or_many(_NUMBERS, "Texts.")
]


def finite(value: float | None) -> float | None:
    """A bound as it is written out: infinities are open ends."""
    return None if value is None or math.isinf(value) else value


def _list(value: Any) -> Any:
    if isinstance(value, tuple):
        return value
    if not isinstance(value, list):
        raise Misspelled("expected a list here", "begin each of its items with `- `")
    return tuple(value)


_T = TypeVar("_T")
Listed = Annotated[tuple[_T, ...], BeforeValidator(_list)]
"""A field that takes a list of records."""
