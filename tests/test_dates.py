"""Dates: what a script may write, what it means in minutes, and what a slip is answered with.

Oracles: `edtf-validate` for which spellings are EDTF, `undate` for the first and last day that a
spelling covers, numpy's datetime64 and datetime.date for the calendar.
"""

from __future__ import annotations

import datetime
import doctest
import pickle
import re
import time
import warnings

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from replay.foundation import edtf
from replay.foundation.calendar import Calendar
from replay.foundation.edtf import DAY, Bounds, DateError, parse
from replay.foundation.english import format_date, format_day

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # both import names that their own libraries deprecate
    from edtf_validate.valid_edtf import is_valid, isLevel0, isLevel1
    from undate import Undate, UndateInterval


def spelled(text: str) -> tuple[str, str]:
    """The bounds of a date as "day hour:minute" texts; ".." for an open end."""
    bounds = parse(text).bounds
    return _clocked(bounds.earliest), _clocked(bounds.latest)


def _clocked(minute: int | None) -> str:
    return ".." if minute is None else edtf.spell_moment(minute, 1)[:-3].replace("T", " ")


def day_of(text: str) -> int:
    """The number of a day by numpy, which knows astronomical years too."""
    return int(np.datetime64(text, "D").astype("int64"))


# --- the calendar -----------------------------------------------------------------------------

YEARS = st.integers(-9999, 9999)
DAY_NUMBERS = st.integers(day_of("-9999-01-01"), day_of("9999-12-31"))


@given(st.dates())
def test_days_are_numbered_as_python_numbers_them(date: datetime.date) -> None:
    number = edtf.day_number(date.year, date.month, date.day)
    assert number == date.toordinal() - datetime.date(1970, 1, 1).toordinal()
    assert edtf.civil(number) == (date.year, date.month, date.day)
    assert edtf.spell_day(number) == date.isoformat()


@given(DAY_NUMBERS)
def test_days_before_our_era_are_numbered_as_numpy_numbers_them(number: int) -> None:
    assert day_of(edtf.spell_day(number)) == number


@given(st.integers(-(10**12), 10**12))
def test_a_day_number_and_its_civil_day_are_inverse(number: int) -> None:
    year, month, day = edtf.civil(number)
    assert edtf.day_number(year, month, day) == number
    assert 1 <= month <= 12
    assert 1 <= day <= 31


@given(DAY_NUMBERS)
def test_a_day_is_read_as_it_is_spelled(number: int) -> None:
    assert edtf.day_date(edtf.spell_day(number)) == number


# --- what a date means ------------------------------------------------------------------------

MEANINGS = {
    "2017-11-17": ("2017-11-17 00:00", "2017-11-17 23:59", "day"),
    "2017-11": ("2017-11-01 00:00", "2017-11-30 23:59", "month"),
    "2017": ("2017-01-01 00:00", "2017-12-31 23:59", "year"),
    "2016-02": ("2016-02-01 00:00", "2016-02-29 23:59", "month"),
    "1900-02": ("1900-02-01 00:00", "1900-02-28 23:59", "month"),
    "0000": ("0000-01-01 00:00", "0000-12-31 23:59", "year"),
    "-0048": ("-0048-01-01 00:00", "-0048-12-31 23:59", "year"),
    "-0048-01-10": ("-0048-01-10 00:00", "-0048-01-10 23:59", "day"),
    "-0048-02-29": ("-0048-02-29 00:00", "-0048-02-29 23:59", "day"),
    # hours
    "2017-11-17T05:00:00": ("2017-11-17 05:00", "2017-11-17 05:00", "minute"),
    "2017-11-17T05:30:59": ("2017-11-17 05:30", "2017-11-17 05:30", "minute"),
    "2017-11-17T05:30": ("2017-11-17 05:30", "2017-11-17 05:30", "minute"),
    "2017-11-17T05": ("2017-11-17 05:00", "2017-11-17 05:59", "hour"),
    "2017-11-17T23": ("2017-11-17 23:00", "2017-11-17 23:59", "hour"),
    "-0048-01-10T05": ("-0048-01-10 05:00", "-0048-01-10 05:59", "hour"),
    # digits that are not specified
    "2017-10-XX": ("2017-10-01 00:00", "2017-10-31 23:59", "month"),
    "2017-XX": ("2017-01-01 00:00", "2017-12-31 23:59", "year"),
    "2017-XX-XX": ("2017-01-01 00:00", "2017-12-31 23:59", "year"),
    "201X": ("2010-01-01 00:00", "2019-12-31 23:59", "decade"),
    "20XX": ("2000-01-01 00:00", "2099-12-31 23:59", "century"),
    "000X": ("0000-01-01 00:00", "0009-12-31 23:59", "decade"),
    "-004X": ("-0049-01-01 00:00", "-0040-12-31 23:59", "decade"),
    "-01XX": ("-0199-01-01 00:00", "-0100-12-31 23:59", "century"),
    "-000X": ("-0009-01-01 00:00", "-0001-12-31 23:59", "decade"),
    "-00XX": ("-0099-01-01 00:00", "-0001-12-31 23:59", "century"),
    # northern seasons
    "2017-21": ("2017-03-01 00:00", "2017-05-31 23:59", "season"),
    "2017-22": ("2017-06-01 00:00", "2017-08-31 23:59", "season"),
    "2017-23": ("2017-09-01 00:00", "2017-11-30 23:59", "season"),
    "2017-24": ("2017-12-01 00:00", "2018-02-28 23:59", "season"),
    "-0001-24": ("-0001-12-01 00:00", "0000-02-29 23:59", "season"),
    # approximate: one unit more on each side
    "2017-10-28~": ("2017-10-27 00:00", "2017-10-29 23:59", "day"),
    "2017-10-28%": ("2017-10-27 00:00", "2017-10-29 23:59", "day"),
    "2017-10~": ("2017-09-01 00:00", "2017-11-30 23:59", "month"),
    "2017-10-XX~": ("2017-09-01 00:00", "2017-11-30 23:59", "month"),
    "2017~": ("2016-01-01 00:00", "2018-12-31 23:59", "year"),
    "2017-22~": ("2017-03-01 00:00", "2017-11-30 23:59", "season"),
    "201X~": ("2000-01-01 00:00", "2029-12-31 23:59", "decade"),
    "20XX~": ("1900-01-01 00:00", "2199-12-31 23:59", "century"),
    "2017-11-17T05~": ("2017-11-17 04:00", "2017-11-17 06:59", "hour"),
    "2017-11-17T00:00~": ("2017-11-16 23:59", "2017-11-17 00:01", "minute"),
    # uncertain: only flagged
    "2017-10-28?": ("2017-10-28 00:00", "2017-10-28 23:59", "day"),
    # intervals
    "2017-10-26/2017-10-28": ("2017-10-26 00:00", "2017-10-28 23:59", "day"),
    "2017-10-26/2017-10-26": ("2017-10-26 00:00", "2017-10-26 23:59", "day"),
    "../2017-10-27": ("..", "2017-10-27 23:59", "day"),
    "2017-10-30/..": ("2017-10-30 00:00", "..", "day"),
    "../..": ("..", "..", "open"),
    "2017-10-26~/2017-10-28?": ("2017-10-25 00:00", "2017-10-28 23:59", "day"),
    "../2017-10~": ("..", "2017-11-30 23:59", "month"),
    "2017-10/2017-11-03": ("2017-10-01 00:00", "2017-11-03 23:59", "day"),
    "2017-11-03/2017-11": ("2017-11-03 00:00", "2017-11-30 23:59", "day"),
    "2017-24/2018-21": ("2017-12-01 00:00", "2018-05-31 23:59", "season"),
    "2017-11-17T05/2017-11-18": ("2017-11-17 05:00", "2017-11-18 23:59", "hour"),
    "-0049-01-10/0013-08": ("-0049-01-10 00:00", "0013-08-31 23:59", "day"),
    "2017-10-XX/2017-11": ("2017-10-01 00:00", "2017-11-30 23:59", "month"),
}


@pytest.mark.parametrize("text", MEANINGS)
def test_a_date_runs_from_its_first_to_its_last_minute(text: str) -> None:
    date = parse(text)
    assert (*spelled(text), date.precision) == MEANINGS[text]
    assert str(date) == text
    assert date.is_interval == ("/" in text)
    assert date.approximate == ("~" in text or "%" in text)
    assert date.uncertain == ("?" in text or "%" in text)


def test_a_year_of_five_digits_is_written_with_y() -> None:
    bounds = parse("Y-17000").bounds
    assert bounds.earliest == day_of("-17000-01-01") * DAY
    assert bounds.latest == day_of("-16999-01-01") * DAY - 1
    assert parse("Y12017").precision == "year"


def test_minutes_are_counted_from_1970() -> None:
    assert parse("1970-01-01").bounds == Bounds(0, DAY - 1)
    assert parse("1969-12-31T23:59").bounds == Bounds(-1, -1)


def test_a_date_is_read_once() -> None:
    assert parse("2017-11-17") is parse("2017-11-17")


# --- bounds -----------------------------------------------------------------------------------


def bounds_of(text: str) -> Bounds:
    return parse(text).bounds


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        ("2017-10-27", "../2017-10-28", True),
        ("2017-10-27", "2017-10-28", False),
        ("2017-10-26/2017-10-28", "2017-10-28/..", True),
        ("../2017-10-27", "2017-10-28/..", False),
        ("../..", "2017-10-28", True),
        ("../2017-10-27", "../1900", True),
    ],
)
def test_bounds_overlap_where_one_minute_lies_in_both(one: str, other: str, overlap: bool) -> None:
    assert bounds_of(one).overlaps(bounds_of(other)) is overlap
    assert bounds_of(other).overlaps(bounds_of(one)) is overlap


@pytest.mark.parametrize(
    ("outer", "inner", "contained"),
    [
        ("2017-10", "2017-10-31", True),
        ("2017-10", "2017-10", True),
        ("2017-10", "2017-10-31~", False),
        ("../2017-10-28", "../2017-10-27", True),
        ("../2017-10-27", "../2017-10-28", False),
        ("2017", "../2017-10-27", False),
        ("2017", "2017-10-27/..", False),
        ("../..", "2017-10-27/..", True),
    ],
)
def test_bounds_contain_what_does_not_reach_out(outer: str, inner: str, contained: bool) -> None:
    assert bounds_of(outer).contains(bounds_of(inner)) is contained


def test_bounds_cannot_run_backwards() -> None:
    with pytest.raises(DateError, match="before the earliest"):
        Bounds(1, 0)


# --- dates that do not exist, and slips -------------------------------------------------------

IMPOSSIBLE = {
    "2017-11-31": ("November has 30 days", "write a day from 01 to 30"),
    "2017-12-32": ("December has 31 days", "write a day from 01 to 31"),
    "2017-11-00": ("November has 30 days", "write a day from 01 to 30"),
    "2017-02-29": ("February 2017 has 28 days", "write a day from 01 to 28"),
    "1900-02-29": ("February 1900 has 28 days", "write a day from 01 to 28"),
    "-0047-02-29": ("February 48 BC has 28 days", "write a day from 01 to 28"),
    "2016-02-30": ("February 2016 has 29 days", "write a day from 01 to 29"),
    "2017-13": ("there is no month 13; months run from 01 to 12", None),
    "2017-00": ("there is no month 00; months run from 01 to 12", None),
    "2017-25": ("there is no month 25; months run from 01 to 12", None),
    "2017-17-11": ("there is no month 17; months run from 01 to 12", "write 2017-11-17"),
    "2017-21-XX": ("there is no month 21; months run from 01 to 12", None),
    "2017-11-17T25": ("hours run from 00 to 23, minutes and seconds from 00 to 59", None),
    "2017-11-17T05:60": ("hours run from 00 to 23, minutes and seconds from 00 to 59", None),
    "2017-11-17T24:00:00": ("24:00 is the next day", "write 2017-11-18T00:00:00"),
    "2017-12-31T24": ("24:00 is the next day", "write 2018-01-01T00:00:00"),
    "-0000": ("there is no year -0000", "write 0000 for 1 BC, -0001 for 2 BC"),
    "-0000-03": ("there is no year -0000", "write 0000 for 1 BC, -0001 for 2 BC"),
    "-0000-03-15": ("there is no year -0000", "write 0000 for 1 BC, -0001 for 2 BC"),
    "2017-10-28/2017-10-26": (
        "'2017-10-28/2017-10-26' runs backwards",
        "write 2017-10-26/2017-10-28",
    ),
    "2017-10-28~/2017-10-27": (
        "'2017-10-28~/2017-10-27' runs backwards",
        "write 2017-10-27/2017-10-28~",
    ),
    "2017-11-31/2017-12-03": ("November has 30 days", "write a day from 01 to 30"),
    "99.99.2017": ("there is no month 99; months run from 01 to 12", None),
    "31.11.2017": ("November has 30 days", "write a day from 01 to 30"),
}

SLIPS = {
    # the year last
    "17.11.2017": ("puts the year last", "2017-11-17"),
    "11/17/2017": ("puts the year last", "2017-11-17"),
    "17/11/2017": ("puts the year last", "2017-11-17"),
    "17-11-2017": ("puts the year last", "2017-11-17"),
    "5/5/2017": ("puts the year last", "2017-05-05"),
    # other separators, other numbers of digits
    "2017/11/17": ("has no hyphens", "2017-11-17"),
    "2017.11.17": ("has no hyphens", "2017-11-17"),
    "20171117": ("has no hyphens", "2017-11-17"),
    "2017-11-7": ("has too few or too many digits", "2017-11-07"),
    "2017-1-7": ("has too few or too many digits", "2017-01-07"),
    "2017-1": ("has too few or too many digits", "2017-01"),
    "2017-11-17T5": ("has too few or too many digits", "2017-11-17T05"),
    "476": ("has too few or too many digits", "0476"),
    "-48": ("has too few or too many digits", "-0048"),
    "12017": ("has too few or too many digits", "Y12017"),
    "-17000": ("has too few or too many digits", "Y-17000"),
    "Y2017": ("has too few or too many digits", "2017"),
    "Y-0048": ("has too few or too many digits", "-0048"),
    "2017-11-17 05:00": ("has no T before the hour", "2017-11-17T05:00"),
    "2017-11-17 5:30": ("has no T before the hour", "2017-11-17T05:30"),
    "2017-xx-XX": ("has small letters", "2017-XX-XX"),
    "201x": ("has small letters", "201X"),
    "20xx": ("has small letters", "20XX"),
    "2017-11-17t05": ("has small letters", "2017-11-17T05"),
    "y12017": ("has small letters", "Y12017"),
    # words
    "Nov 17 2017": ("is written in words", "2017-11-17"),
    "November 17, 2017": ("is written in words", "2017-11-17"),
    "17 November 2017": ("is written in words", "2017-11-17"),
    "17 nov. 2017": ("is written in words", "2017-11-17"),
    "3rd Sept 2017": ("is written in words", "2017-09-03"),
    "November 2017": ("is written in words", "2017-11"),
    "26–28 October 2017": ("has dashes that are not hyphens", "2017-10-26/2017-10-28"),
    "26 October 2017 - 3 November 2017": ("is written in words", "2017-10-26/2017-11-03"),
    "by 27 October 2017": ("is written in words", "../2017-10-27"),
    "about 28 October 2017": ("is written in words", "2017-10-28~"),
    "48 BC": ("uses BC", "-0047"),
    "1 BCE": ("uses BC", "0000"),
    "10 January 49 BC": ("uses BC", "-0048-01-10"),
    "476 AD": ("uses AD", "0476"),
    # blanks, dashes and digits
    "2017-11-17 ": ("has spaces around it", "2017-11-17"),
    "\t2017-11-17\n": ("has spaces around it", "2017-11-17"),
    " 17.11.2017 ": ("has spaces around it", "2017-11-17"),
    "2017–11–17": ("has dashes that are not hyphens", "2017-11-17"),
    "−0048": ("has dashes that are not hyphens", "-0048"),
    "٢٠١٧-١١-١٧": ("has digits other than 0 to 9", "2017-11-17"),
    "２０１７-11-17": ("has digits other than 0 to 9", "2017-11-17"),
    # intervals
    "2017-10-26..2017-10-28": ("has no slash between its ends", "2017-10-26/2017-10-28"),
    "2017-10-26 - 2017-10-28": ("has no slash between its ends", "2017-10-26/2017-10-28"),
    "2017-10-26-2017-10-28": ("has no slash between its ends", "2017-10-26/2017-10-28"),
    "2017-10-26 to 2017-10-28": ("has no slash between its ends", "2017-10-26/2017-10-28"),
    "2017-10-26 – 2017-10-28": ("has dashes that are not hyphens", "2017-10-26/2017-10-28"),
    "1914-1918": ("has no slash between its ends", "1914/1918"),
    "26.10.2017..28.10.2017": ("puts the year last", "2017-10-26/2017-10-28"),
    "2017-10-26 / 2017-10-28": ("has spaces around the slash", "2017-10-26/2017-10-28"),
    "2017-10-26/28": ("repeats only part of the date", "2017-10-26/2017-10-28"),
    "2017-10/11": ("repeats only part of the date", "2017-10/2017-11"),
    "/2017-10-27": ("has only one end", "../2017-10-27"),
    "2017-10-27/": ("has only one end", "2017-10-27/.."),
    "..2017-10-27": ("has only one end", "../2017-10-27"),
    "2017-10-27..": ("has only one end", "2017-10-27/.."),
    "2017-10-27/open": ("has only one end", "2017-10-27/.."),
    "unknown/2017-10-27": ("has only one end", "../2017-10-27"),
    # marks
    "~2017-10-28": ("has its mark in front", "2017-10-28~"),
    "circa 2017-10": ("has its mark in front", "2017-10~"),
    "c. 2017": ("has its mark in front", "2017~"),
    "2017-10-28?~": ("has two marks", "2017-10-28%"),
}

ELSE = {
    "2017-11-17T05:00:00Z": "has a time zone",
    "2017-11-17T05:00:00+03:00": "has a time zone",
    "2017-11-17T05+03": "has a time zone",
    "2017-11-17T05:00-0300": "has a time zone",
    "2017-11-17 05:00 UTC": "has a time zone",
    "2017-11-17T02:00Z/2017-11-17T04:00Z": "has a time zone",
    "03/04/2017": "may be two days",
    "7.1.2017": "may be two days",
}

NO_DATES = [
    *[
        "",
        " ",
        "/",
        "..",
        "today",
        "Foo 17 2017",
        "17.11.17",
        "2017-11-",
        "2017--11",
        "2017-11-17T",
    ],
    *["2017-10-XXT05", "2017-XX-05", "2XXX", "XXXX", "201X-10", "2017-1X", "2017-10-2X", "2017S2"],
    *["[2017,2018]", "{2017,2018}", "2017?-10", "Y12017-03", "Y17E7", "2017/2018/2019", "+2017"],
    *["../2017/..", "2017-11-17T05:00:00.5", "Y1234567890", "\x00", "20\u200b17", "null", "yes"],
    *["1e3", "12:30", "NaN", "2017-W46", "2017-321", "P1D"],
]


def refused(text: str) -> DateError:
    with pytest.raises(DateError) as caught:
        parse(text)
    return caught.value


@pytest.mark.parametrize("text", IMPOSSIBLE)
def test_a_date_that_does_not_exist_is_refused(text: str) -> None:
    error = refused(text)
    assert (str(error), error.hint) == IMPOSSIBLE[text]


@pytest.mark.parametrize("text", SLIPS)
def test_a_slip_is_answered_with_what_to_write(text: str) -> None:
    error = refused(text)
    what, instead = SLIPS[text]
    assert (str(error), error.hint) == (f"{text!r} {what}", f"write {instead}")
    parse(instead)


@pytest.mark.parametrize("text", ELSE)
def test_what_cannot_be_guessed_is_not_guessed(text: str) -> None:
    assert str(refused(text)) == f"{text!r} {ELSE[text]}"


def test_a_day_that_may_be_two_is_answered_with_both() -> None:
    assert refused("03/04/2017").hint == "write 2017-04-03 or 2017-03-04"


def test_a_time_zone_is_answered_with_local_time() -> None:
    assert "local time of the scenario" in str(refused("2017-11-17T05:00:00Z").hint)


@pytest.mark.parametrize("text", NO_DATES)
def test_anything_else_is_answered_with_how_dates_are_written(text: str) -> None:
    error = refused(text)
    assert str(error) == f"{text!r} is not a date"
    assert "2017-10-26/2017-10-28" in str(error.hint)


@pytest.mark.parametrize(
    "piece", ["2", "2017-", "X", "/", "~", " ", ".", "Y-1", "٢", "26 October "]
)
def test_a_huge_text_is_refused_at_once(piece: str) -> None:
    start = time.perf_counter()
    for length in (64 // len(piece), 1_000_000):
        refused(piece * length)
    assert time.perf_counter() - start < 1


def test_an_error_survives_the_way_to_another_process() -> None:
    error = pickle.loads(pickle.dumps(refused("17.11.2017")))
    assert (str(error), error.hint) == ("'17.11.2017' puts the year last", "write 2017-11-17")


NEARLY_DATES = st.text("0123456789-/.XTYZ:?~% xty+٢–", max_size=24)
TEXTS = st.text() | NEARLY_DATES | st.from_regex(r"-?\d{4}-\d{2}-\d{2}(/-?\d{4}-\d{2})?[~?%]?")


@settings(max_examples=500)
@given(TEXTS)
@example("2017-31-02")
@example("9999-12-31T24")
@example("9999-12-31~")
def test_any_text_is_a_date_or_is_refused_with_a_hint_that_works(text: str) -> None:
    try:
        bounds = parse(text).bounds
    except DateError as error:
        instead = re.fullmatch(r"write (\S+)", error.hint or "")
        if instead:
            parse(instead[1])
    else:
        assert bounds.earliest is None or bounds.latest is None or bounds.earliest <= bounds.latest


def test_ten_thousand_dates_are_read_within_a_second() -> None:
    texts = [edtf.spell_day(number) for number in range(10_000)]
    start = time.perf_counter()
    for text in texts:
        parse(text)
    assert time.perf_counter() - start < 1


# --- the oracles ------------------------------------------------------------------------------

FOUR_DIGITS = st.integers(1, 9999).map(lambda y: f"{y:04d}")
SIGNED = st.tuples(st.sampled_from(["", "-"]), FOUR_DIGITS).map("".join)
DAYS = DAY_NUMBERS.map(edtf.spell_day).filter(lambda day: not day.startswith("-0000"))
MONTHS = DAYS.map(lambda day: day[:-3])
WHOLE = DAYS | MONTHS | SIGNED
VAGUE = st.one_of(
    SIGNED.map(lambda year: f"{year[:-1]}X"),
    SIGNED.map(lambda year: f"{year[:-2]}XX"),
    SIGNED.map(lambda year: f"{year}-XX"),
    SIGNED.map(lambda year: f"{year}-XX-XX"),
    MONTHS.map(lambda month: f"{month}-XX"),
)
SEASONS = st.tuples(SIGNED, st.sampled_from(["-21", "-22", "-23", "-24"])).map("".join)
HOURS = st.tuples(DAYS, st.times().map(lambda t: f"T{t:%H:%M:%S}")).map("".join)
LONG_YEARS = st.tuples(st.sampled_from(["Y", "Y-"]), st.integers(10_000, 999_999_999).map(str)).map(
    "".join
)
MARKED = st.tuples(WHOLE, st.sampled_from("?~%")).map("".join)
LEVEL_1 = WHOLE | VAGUE | SEASONS | HOURS | LONG_YEARS | MARKED


@settings(derandomize=True)
@given(LEVEL_1)
def test_dates_of_edtf_level_1_are_read(text: str) -> None:
    assert is_valid(text), "the strategy should only make EDTF"
    assert parse(text).text == text


@settings(derandomize=True)
@given(st.tuples(FOUR_DIGITS, FOUR_DIGITS), st.sampled_from(["", "-05", "-05-17"]), st.data())
def test_intervals_of_edtf_level_1_are_read(years: tuple[str, str], rest: str, data: st.DataObject):
    sides = [f"{year}{rest}{data.draw(st.sampled_from(['', '?', '~', '%']))}" for year in years]
    open_end = data.draw(st.sampled_from([None, 0, 1]))
    if open_end is not None:
        sides[open_end] = ".."
    text = "/".join(sides)
    if is_valid(text):
        assert parse(text).is_interval
    else:
        assert "runs backwards" in str(refused(text))


def ours(text: str) -> bool:
    try:
        return bool(parse(text))
    except DateError:
        return False


def beyond_edtf(text: str) -> bool:
    """What the module's docstring says goes beyond level 1: short hours, marks after T, X and Y."""
    return bool(re.search(r"T\d\d(:\d\d)?[?~%]?$|[TXY].*[?~%]$", text))


def short_of_edtf(text: str) -> bool:
    """EDTF that is refused: zones, 24:00, level 2, and leap days that the oracle does not check."""
    zoned = re.search(r"T.*[Z+-]|T24", text)
    leap_day = "-02-29" in text
    return bool(zoned or leap_day or not (isLevel0(text) or isLevel1(text)))


@settings(derandomize=True, max_examples=400)
@given(
    LEVEL_1, st.integers(0, 24), st.sampled_from("0123456789-.XTY:?~%Z ") | st.just(""), st.data()
)
def test_one_wrong_character_is_judged_as_edtf_validate_judges_it(
    text: str, at: int, character: str, data: st.DataObject
) -> None:
    removed = data.draw(st.integers(0, 1))
    text = text[:at] + character + text[at + removed :]
    assume(len(re.findall(r"^Y-?(\d*)", text)[0]) <= 9 if text.startswith("Y") else True)
    if is_valid(text) and not short_of_edtf(text):
        assert ours(text)
    if ours(text) and not beyond_edtf(text):
        assert is_valid(text)


def undated(text: str) -> tuple[int | None, int | None]:
    """First and last day by undate."""
    undate = Undate.parse(text, "EDTF")
    sides = (
        (undate.earliest, undate.latest) if isinstance(undate, UndateInterval) else (undate,) * 2
    )
    first, last = sides
    return (
        None if first is None else int(first.earliest.astype("int64")),
        None if last is None else int(last.latest.astype("int64")),
    )


def ours_in_days(text: str) -> tuple[int | None, int | None]:
    bounds = parse(text).bounds
    return (
        None if bounds.earliest is None else bounds.earliest // DAY,
        None if bounds.latest is None else bounds.latest // DAY,
    )


@settings(derandomize=True, max_examples=200)
@given(WHOLE | LONG_YEARS | VAGUE.filter(lambda text: not text.startswith("-")))
@example("2017-10-XX")
@example("2016-02-XX")
@example("1900-02")
@example("201X")
@example("20XX")
def test_a_date_covers_the_days_that_undate_gives_it(text: str) -> None:
    assert ours_in_days(text) == undated(text)


@settings(derandomize=True, max_examples=200)
@given(WHOLE, WHOLE, st.sampled_from([None, 0, 1]))
def test_an_interval_covers_the_days_that_undate_gives_it(
    left: str, right: str, open_end: int | None
) -> None:
    sides = [left, right]
    if open_end is None:
        sides.sort(key=ours_in_days)
        # undate does not order a date and a wider one that it lies in
        assume(not bounds_of(sides[0]).overlaps(bounds_of(sides[1])))
    else:
        sides[open_end] = ".."
    text = "/".join(sides)
    assert ours_in_days(text) == undated(text)


# --- properties of reading and spelling -------------------------------------------------------

SHORT_HOURS = HOURS.map(lambda text: text[:-6]) | HOURS.map(lambda text: text[:-3])
SINGLE = LEVEL_1 | SHORT_HOURS
WITH_MARK = st.tuples(
    SINGLE.map(lambda text: text.rstrip("?~%")), st.sampled_from(["", *"?~%"])
).map("".join)


@st.composite
def intervals(draw: st.DrawFn) -> str:
    sides = sorted((draw(WITH_MARK), draw(WITH_MARK)), key=_start)
    open_end = draw(st.sampled_from([None, None, 0, 1]))
    if open_end is not None:
        sides[open_end] = ".."
    return "/".join(sides)


def _start(text: str) -> int:
    earliest = parse(text.rstrip("?~%")).bounds.earliest
    assert earliest is not None
    return earliest


DATES = WITH_MARK | intervals()


@given(WITH_MARK)
def test_an_approximate_date_contains_the_plain_one(text: str) -> None:
    plain, marked = parse(text.rstrip("?~%")), parse(text)
    assert marked.bounds.contains(plain.bounds)
    assert (marked.bounds != plain.bounds) == marked.approximate
    assert marked.precision == plain.precision


@given(intervals())
def test_an_interval_takes_its_ends_from_its_sides(text: str) -> None:
    left, right = text.split("/")
    bounds = parse(text).bounds
    assert bounds.earliest == (None if left == ".." else parse(left).bounds.earliest)
    assert bounds.latest == (None if right == ".." else parse(right).bounds.latest)


def minutes() -> st.SearchStrategy[int]:
    return st.integers(day_of("-9999-01-01") * DAY, day_of("9999-12-31") * DAY)


EDGES = (DAYS | MONTHS | SIGNED).map(lambda text: parse(text).bounds)


@st.composite
def any_bounds(draw: st.DrawFn) -> Bounds:
    starts = minutes() | EDGES.map(lambda b: b.earliest)
    ends = minutes() | EDGES.map(lambda b: b.latest)
    earliest, latest = draw(st.none() | starts), draw(st.none() | ends)
    assume(earliest is None or latest is None or earliest <= latest)
    return Bounds(earliest, latest)


@settings(max_examples=300)
@given(any_bounds() | EDGES)
def test_bounds_are_read_as_they_are_spelled(bounds: Bounds) -> None:
    assert parse(edtf.spell_bounds(bounds)).bounds == bounds


@given(DATES)
def test_a_date_spelled_anew_means_the_same(text: str) -> None:
    bounds = parse(text).bounds
    try:
        again = edtf.spell_bounds(bounds)
    except DateError:
        assert "Y" in text or "9999" in text or re.search(r"99\dX|9[89]XX|99X", text)
    else:
        assert parse(again).bounds == bounds


@pytest.mark.parametrize(
    ("text", "shortest"),
    [
        ("2017-11-17", "2017-11-17"),
        ("2017-11-17/2017-11-17", "2017-11-17"),
        ("2017-10-28~", "2017-10-27/2017-10-29"),
        ("../2017-10-27", "../2017-10-27"),
        ("2017-10-27/..", "2017-10-27/.."),
        ("../2017", "../2017-12-31"),
        ("2017-10-26/2017-10-28", "2017-10-26/2017-10-28"),
        ("2017-11-01/2017-11-30", "2017-11"),
        ("2017-10-01/2017-11-30", "2017-10/2017-11"),
        ("2017-10-XX", "2017-10"),
        ("2017-01/2017-12", "2017"),
        ("201X", "2010/2019"),
        ("2017-22", "2017-06/2017-08"),
        ("2017-11-17T05:30", "2017-11-17T05:30:00"),
        ("2017-11-17T05", "2017-11-17T05:00:00/2017-11-17T05:59:00"),
        ("Y-17000~", "Y-17001/Y-16999"),
        ("Y12017/..", "Y12017/.."),
        ("../..", "../.."),
        ("-0048-01-10", "-0048-01-10"),
    ],
)
def test_bounds_are_spelled_as_shortly_as_edtf_allows(text: str, shortest: str) -> None:
    assert edtf.spell_bounds(parse(text).bounds) == shortest


def test_days_of_years_of_five_digits_cannot_be_spelled() -> None:
    far = edtf.day_number(12017, 3, 1)
    with pytest.raises(DateError, match="EDTF cannot write days of the year Y12017"):
        edtf.spell_day(far)
    with pytest.raises(DateError, match="EDTF has no days"):
        edtf.spell_bounds(Bounds(far * DAY, None))


def test_a_moment_is_spelled_as_finely_as_the_step() -> None:
    minute = parse("2017-11-17T05:00").bounds.earliest
    assert minute is not None
    assert edtf.spell_moment(minute, 60) == "2017-11-17T05:00:00"
    assert edtf.spell_moment(minute, DAY) == "2017-11-17"
    assert edtf.spell_moment(minute, 7 * DAY) == "2017-11-17"


# --- ticks ------------------------------------------------------------------------------------

CAMPAIGN = parse("2017-10-20/2017-12-10")


def test_a_campaign_of_days_has_one_tick_for_each() -> None:
    calendar = Calendar.from_window(CAMPAIGN, DAY)
    assert calendar.ticks == 52
    assert [calendar.label(tick) for tick in (0, 14, 51)] == [
        "2017-10-20",
        "2017-11-03",
        "2017-12-10",
    ]
    assert calendar.of("2017-10-19") == -1
    assert calendar.of("2017-12-11") == calendar.ticks


def test_a_day_without_an_hour_asks_for_its_end() -> None:
    calendar = Calendar.from_window(CAMPAIGN, 60)
    assert calendar.ticks == 52 * 24
    assert calendar.of("2017-10-20") == 23
    assert calendar.of("2017-10-20T00") == calendar.of("2017-10-20T00:59") == 0
    assert calendar.label(23) == "2017-10-20T23:00:00"


def test_an_hour_asks_for_its_end_too() -> None:
    quarters = Calendar.from_window(CAMPAIGN, 15)
    assert quarters.of("2017-10-20T01") == 7
    assert quarters.of("2017-10-20T01:00") == 4


def test_a_day_lies_in_the_week_that_holds_it() -> None:
    weeks = Calendar.from_window(CAMPAIGN, 7 * DAY)
    assert weeks.ticks == 8
    assert weeks.of("2017-10-26") == 0
    assert weeks.of("2017-10-27") == 1
    assert weeks.label(1) == "2017-10-27/2017-11-02"
    assert weeks.of(weeks.label(1)) == 1


def test_a_window_that_begins_within_a_day_has_ticks_of_whole_days() -> None:
    calendar = Calendar.from_window(parse("2017-10-20T05/2017-10-22T04"), DAY)
    assert (calendar.label(0), calendar.ticks) == ("2017-10-20", 3)


def test_a_window_may_be_one_day_before_our_era() -> None:
    calendar = Calendar.from_window(parse("-0048-01-10"), 360)
    assert calendar.ticks == 4
    assert calendar.label(3) == "-0048-01-10T18:00:00"


@pytest.mark.parametrize(
    ("window", "step", "message"),
    [
        ("2017-10-20/..", DAY, "the window 2017-10-20/.. is open"),
        ("../2017-10-20", DAY, "the window ../2017-10-20 is open"),
        ("2017", 0, "a step of 0 minutes cuts across days"),
        ("2017", -60, "a step of -60 minutes cuts across days"),
        ("2017", 7 * 60, "a step of 420 minutes cuts across days"),
        ("2017", 36 * 60, "a step of 2160 minutes cuts across days"),
        ("Y-17000/Y17000", DAY, "the window Y-17000/Y17000 has 12418610 ticks"),
    ],
)
def test_a_window_without_ticks_is_refused(window: str, step: int, message: str) -> None:
    with pytest.raises(DateError, match=re.escape(message)) as caught:
        Calendar.from_window(parse(window), step)
    assert caught.value.hint


@pytest.mark.parametrize("text", ["2017-11", "2017-11-03~", "2017-11-03?", "2017-11-03/..", "2017"])
def test_only_a_single_day_or_hour_has_a_tick(text: str) -> None:
    with pytest.raises(DateError, match="is not a single day or hour"):
        Calendar.from_window(CAMPAIGN, DAY).of(text)


@pytest.mark.parametrize("text", ["2017-11", "2017-11-03~", "2017-11-03?", "2017-11-03T05", "201X"])
def test_only_a_single_day_has_a_number(text: str) -> None:
    with pytest.raises(DateError, match="is not a single day") as caught:
        edtf.day_date(text)
    assert caught.value.hint == "write 2017-11-17"


STEPS = st.sampled_from([1, 15, 60, 180, 360, 720, DAY, 2 * DAY, 7 * DAY])


@given(DAY_NUMBERS, st.integers(0, 400), STEPS, st.data())
def test_a_tick_and_its_label_are_inverse(
    start: int, length: int, step: int, data: st.DataObject
) -> None:
    assume(start + length <= day_of("9999-12-31"))
    window = parse(f"{edtf.spell_day(start)}/{edtf.spell_day(start + length)}")
    calendar = Calendar.from_window(window, step)
    tick = data.draw(st.integers(0, calendar.ticks - 1))
    assert calendar.of(calendar.label(tick)) == tick
    assert calendar.tick(calendar.begin(tick)) == tick
    assert calendar.tick(calendar.begin(tick) - 1) == tick - 1
    assert calendar.tick(calendar.end(tick)) == tick
    assert calendar.end(tick) + 1 == calendar.begin(tick + 1)
    assert calendar.tick(start * DAY) == 0
    assert calendar.tick((start + length + 1) * DAY - 1) == calendar.ticks - 1


# --- words ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2017-11-03", "3 November 2017"),
        ("-0047-01-10", "10 January 48 BC"),
        ("0000-12-31", "31 December 1 BC"),
        ("0009-09-09", "9 September 9 AD"),
        ("1066-10-14", "14 October 1066"),
    ],
)
def test_a_day_is_told_in_english(day: str, words: str) -> None:
    assert format_day(edtf.day_date(day)) == words


WORDS = {
    "2017-11-17": "17 November 2017",
    "2017-11-17T05:00:00": "17 November 2017, 05:00",
    "2017-11-17T05": "17 November 2017, 05:00–05:59",
    "2017-09": "September 2017",
    "2017": "2017",
    "-0048": "49 BC",
    "Y-17000": "17001 BC",
    "201X": "2010–2019",
    "20XX": "2000–2099",
    "-004X": "50–41 BC",
    "000X": "1 BC – 9 AD",
    "2017-10-XX": "October 2017",
    "2017-21": "spring 2017",
    "2017-24": "winter 2017–2018",
    "-0048-23": "autumn 49 BC",
    "2017-10-28~": "about 28 October 2017",
    "2017-10~": "about October 2017",
    "2017-10-28?": "perhaps 28 October 2017",
    "2017-10-28%": "perhaps about 28 October 2017",
    "2017-11-17T05~": "about 17 November 2017, 05:00–05:59",
    "../2017-10-27": "by 27 October 2017",
    "2017-10-30/..": "from 30 October 2017",
    "../2017-10-27~": "by about 27 October 2017",
    "../..": "undated",
    "2017-10-26/2017-10-28": "26–28 October 2017",
    "2017-10-26/2017-10-26": "26 October 2017",
    "2017-10-26/2017-11-03": "26 October – 3 November 2017",
    "2017-12-30/2018-01-02": "30 December 2017 – 2 January 2018",
    "2017-10-26/2018-10-26": "26 October 2017 – 26 October 2018",
    "2017-10/2017-11": "October–November 2017",
    "2016/2017": "2016–2017",
    "-0057/-0049": "58–50 BC",
    "-0048-01-10/-0048-01-12": "10–12 January 49 BC",
    "-0001/0001": "2 BC – 1 AD",
    "2017-21/2017-23": "spring–autumn 2017",
    "2017-10/2017-11-03": "October 2017 – 3 November 2017",
    "2017-10-26~/2017-10-28": "about 26 October 2017 – 28 October 2017",
    "2017-11-17T05/2017-11-17T07": "17 November 2017, 05:00–07:59",
    "2017-11-17T22:00/2017-11-18T04:00": "17 November 2017, 22:00 – 18 November 2017, 04:00",
}


@pytest.mark.parametrize("text", WORDS)
def test_a_date_is_told_no_more_exactly_than_it_is(text: str) -> None:
    assert format_date(parse(text)) == WORDS[text]


@given(DATES)
def test_every_date_can_be_told(text: str) -> None:
    words = format_date(parse(text))
    assert words == " ".join(words.split())
    assert ("about" in words) == parse(text).approximate
    assert ("perhaps" in words) == parse(text).uncertain


@given(DAY_NUMBERS)
def test_a_day_in_english_is_answered_with_its_spelling(number: int) -> None:
    day = edtf.spell_day(number)
    assume(int(day[:-6]) <= 0 or int(day[:-6]) >= 1000)  # with AD, four digits are asked for
    assert refused(format_day(number)).hint == f"write {day}"


def test_the_examples_in_the_docstrings_run() -> None:
    assert doctest.testmod(edtf).failed == 0
