"""A comparison in words: places with who says so on each side, numbers with how they come about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from replay.analysis.compare import TAKEN, Comparison, Counted, PlaceChange, Sum
from replay.analysis.left_out import left_out
from replay.analysis.news import KINDS, Bulletin, Kind, News
from replay.analysis.scenario_diff import Edit
from replay.foundation.english import counted
from replay.model import Scenario
from replay.model.state import exactly
from replay.text.counts import reasons
from replay.text.dates import at_the_time
from replay.text.difference import difference_text
from replay.text.explanation import day, witnesses
from replay.text.lens import lens_line, lens_named, report_date_lines
from replay.text.narrative import Line, left_out_note
from replay.text.phrases import control, number, voices
from replay.text.tallies import addends, when, who
from replay.timeline.explanation import Testimony
from replay.timeline.timeline import State, Timeline

SAME = "No difference."


def told_comparison(found: Comparison) -> Iterator[Line]:
    """What differs between two replays; "No difference." where nothing does."""
    yield from heads(found)
    if found.same:
        yield Line("answer", SAME)
        return
    yield Line("answer", summary(found))
    yield from _places(found)
    yield from _numbers(found)
    yield from _statements(found)


def heads(found: Comparison) -> Iterator[Line]:
    """Which two replays are compared."""
    for letter, timeline in (("a", found.a), ("b", found.b)):
        yield Line("title", f"{letter}  {title(timeline)}")
        for told in report_date_lines(timeline):
            yield Line("note", told)


def title(timeline: Timeline) -> str:
    """The scenario, the lens, and as known on which day."""
    return f"{timeline.scenario.title}, {lens_named(timeline)}"


def summary(found: Comparison) -> str:
    """How much differs, in one sentence."""
    places = len({d.place for d in found.places})
    held = sum(d.days for d in found.places if d.held_otherwise)
    parts = []
    if places:
        days = f"{counted(places, 'place')} on {counted(found.place_days, 'place-day')}"
        only = "" if held == found.place_days else f" (on {held:,} the holder, else how sure it is)"
        parts.append(days + only)
    if found.numbers:
        parts.append(counted(len(found.numbers), "number"))
    if found.statements:
        parts.append(f"the verdict on {counted(len(found.statements), 'statement')}")
    return f"What differs: {', '.join(parts)}."


# --- places -------------------------------------------------------------------------------------


def _places(found: Comparison) -> Iterator[Line]:
    """Each place with its stretches of days; places that differ in the same way stand together."""
    alike: dict[tuple[Line, ...], list[str]] = {}
    for _, group in groupby(found.places, lambda d: d.place):
        stretches = list(group)
        lines = tuple(line for one in stretches for line in _stretch(found, one))
        alike.setdefault(lines, []).append(stretches[0].name)
    for lines, names in alike.items():
        yield Line("phase", ", ".join(names))
        yield from lines


def _stretch(found: Comparison, one: PlaceChange) -> Iterator[Line]:
    span = one.first if one.days == 1 else f"{one.first}/{one.last}"
    yield Line("event", f"{day(span)} ({counted(one.days, 'day')})")
    yield _side("a", found.a.scenario, control(found.a.scenario, one.a), one.told_a)
    yield _side("b", found.b.scenario, control(found.b.scenario, one.b), one.told_b)


def _side(letter: str, scenario: Scenario, says: str, told: Sequence[Testimony]) -> Line:
    who = f" – {witnesses(scenario, list(told))}" if told else ""
    return Line("source", f"{letter}  {says}{who}", hang=3)


def told_between(
    timeline: Timeline, first: str | State, last: str | State, found: Sequence[PlaceChange]
) -> Iterator[Line]:
    """What changed hands between two days of one replay, because of whose claims."""
    words = [at_the_time(timeline.at(on)).removeprefix("at the end of ") for on in (first, last)]
    yield Line("title", f"{timeline.scenario.title}: {words[0]} and {words[1]}")
    yield Line("note", lens_line(timeline))
    yield from left_out_note(left_out(timeline).until(timeline.at(last).step))
    if not found:
        yield Line("answer", SAME)
    scenario = timeline.scenario
    alike: dict[tuple[Line, ...], list[str]] = {}
    for one in found:
        lines: tuple[Line, ...] = (
            _side("a", scenario, control(scenario, one.a), one.told_a),
            _side("b", scenario, control(scenario, one.b), one.told_b),
        )
        alike.setdefault(lines, []).append(one.name)
    for lines, names in alike.items():
        yield Line("event", ", ".join(names))
        yield from lines


# --- numbers and statements -----------------------------------------------------------------------


def _numbers(found: Comparison) -> Iterator[Line]:
    if found.numbers:
        yield Line("phase", "Counted by the last day")
    for row in found.numbers:
        yield Line("event", subject(found.b.scenario, row.name, row.of))
        mine = list(reasons(found.a.scenario, row.sum_a.reckoning))
        other = list(reasons(found.b.scenario, row.sum_b.reckoning))
        both = [reason for reason in mine if reason in other]
        yield from _sum("a", found.a.scenario, row, row.sum_a, both)
        yield from _sum("b", found.b.scenario, row, row.sum_b, both)
        for reason in both:
            yield Line("source", f"in both: {reason}", hang=3)


def subject(scenario: Scenario, name: str, of: str | None) -> str:
    """What is counted, and whose: "killed (ISIL)", "al-Jazira desert, taken"."""
    if of and name == TAKEN:
        return f"{scenario.name(of)}, {name}"
    return f"{name} ({scenario.name(of)})" if of else name


def amount(found: Sum, unit: str, name: str) -> str:
    """A number as one says it; "nothing" where nobody counts."""
    if found.number is None:
        return "nothing"
    told = number(found.number, "" if unit == name.split(" ")[0] else unit)
    low, best, high = found.number.low, found.number.best, found.number.high
    between = best is not None and low < best and (high is None or best < high)
    return f"{told}, best {number(exactly(best or 0))}" if between and "about" not in told else told


def _sum(
    letter: str, scenario: Scenario, row: Counted, found: Sum, both: Sequence[str]
) -> Iterator[Line]:
    """A number with its counters, and how it comes together beyond what is so in both replays."""
    who = "; ".join(_counter(scenario, found)) or witnesses(scenario, list(found.told))
    text = f"{letter}  {amount(found, row.unit, row.name)}{f' – {who}' if who else ''}"
    yield Line("source", text, hang=3)
    for reason in reasons(scenario, found.reckoning):
        if reason not in both:
            yield Line("source", f"   {reason}", hang=3)


def _counter(scenario: Scenario, found: Sum) -> Iterator[str]:
    """Each counter with its number and days, unless the reasons below name them all."""
    if any(reasons(scenario, found.reckoning)):
        return
    for row in found.counters:
        days = f", {said}" if (said := when(row)) else ""
        parts = "; ".join(addends(scenario, row)) if row.counted_by is None else ""
        yield f"{who(scenario, row)}{days}: {parts or witnesses(scenario, list(row.because))}"


def _statements(found: Comparison) -> Iterator[Line]:
    if found.statements:
        yield Line("phase", "Statements")
    for one in found.statements:
        yield Line("event", one.summary)
        reporter = found.b.scenario.name(one.reporter) if one.reporter else None
        yield Line("source", f"says {voices((reporter, cite) for cite in one.cite)}")
        yield Line("source", f"a  {one.a or 'not there'}; b  {one.b or 'not there'}")


# --- news ---------------------------------------------------------------------------------------


def told_news(timeline: Timeline, found: Bulletin) -> Iterator[Line]:
    """What became known, kind by kind, the kinds that contradict what was known first."""
    order: tuple[Kind, ...] = ("contradiction", "correction", "premature", "late", "new")
    kinds = Counter(one.kind for one in found.news)
    for kind in order:
        if kinds[kind]:
            yield Line("phase", f"{kind.capitalize()}: {KINDS[kind]}")
        for one in (n for n in found.news if n.kind == kind):
            yield from _news(timeline, one)
    if found.agreeing:
        verb = "says" if found.agreeing == 1 else "say"
        yield Line("gap", "")
        again = counted(found.agreeing, "further claim")
        yield Line("answer", f"{again} only {verb} again what was known.")


def _news(timeline: Timeline, one: News) -> Iterator[Line]:
    scenario = timeline.scenario
    happened = f" ({day(one.happened)})" if one.happened else ""
    yield Line("event", f"{one.summary}{happened}")
    if one.kind == "premature":
        done = f", {day(one.thought)}" if one.thought else ""
        yield Line("source", f"reported as done{done}: {witnesses(scenario, list(one.before))}")
        yield Line("source", f"as known now: {_reported(scenario, one)}")
    elif one.says:
        yield Line("source", f"before: {witnesses(scenario, list(one.before))}")
        yield Line("rival", f"≠ {difference_text(scenario, one.says)}: {_reported(scenario, one)}")
    else:
        yield Line("source", _reported(scenario, one))


def _reported(scenario: Scenario, one: News) -> str:
    when = "" if any(t.reported for t in one.told) or not one.reported else f", {day(one.reported)}"
    return f"{witnesses(scenario, list(one.told))}{when}"


# --- records --------------------------------------------------------------------------------------


def told_versions(found: Comparison, changed: Sequence[Edit]) -> Iterator[Line]:
    """What differs between two versions of a scenario: in the state, and in the script."""
    if found.same and changed:
        yield from heads(found)
        yield Line("answer", "No difference in what is shown.")
    else:
        yield from told_comparison(found)
    yield from told_edits(changed)


def told_edits(found: Iterable[Edit]) -> Iterator[Line]:
    """Which events, claims and other records were added, removed or changed."""
    for n, edit in enumerate(found):
        if n == 0:
            yield Line("phase", "In the script")
        what = f": {edit.what}" if edit.what else ""
        about = "claim of" if edit.kind == "claim" else edit.kind
        yield Line("event", f"{edit.how} {about} {edit.of}{what}")
        for key, before, after in edit.fields:
            yield Line("source", f"{key}: {before} → {after}")
