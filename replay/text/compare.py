"""A comparison in words: places with their sources on each side, and how numbers come about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from replay.analysis.compare import TAKEN, Comparison, CountComparison, PlaceChange, ReplaySum
from replay.analysis.left_out import left_out
from replay.analysis.news import NEWS_KINDS, Bulletin, News, NewsKind
from replay.analysis.scenario_diff import Edit
from replay.foundation.english import counted
from replay.model import Scenario
from replay.model.state import exactly
from replay.text.counts import reasons
from replay.text.dates import at_the_time
from replay.text.difference import difference_text
from replay.text.explanation import day_text, witness_text
from replay.text.lens import lens_line, lens_named, report_date_lines
from replay.text.narrative import TextLine, left_out_note
from replay.text.phrases import control, number, voices
from replay.text.tallies import addends, counter_text, when
from replay.timeline.explanation import Testimony
from replay.timeline.timeline import State, Timeline

SAME = "No difference."


def told_comparison(found: Comparison) -> Iterator[TextLine]:
    """What differs between two replays, or "No difference."."""
    yield from heads(found)
    if found.same:
        yield TextLine("answer", SAME)
        return
    yield TextLine("answer", summary(found))
    yield from _places(found)
    yield from _numbers(found)
    yield from _statements(found)


def heads(found: Comparison) -> Iterator[TextLine]:
    """Which two replays are compared."""
    for letter, timeline in (("a", found.a), ("b", found.b)):
        yield TextLine("title", f"{letter}  {replay_title(timeline)}")
        for told in report_date_lines(timeline):
            yield TextLine("note", told)


def replay_title(timeline: Timeline) -> str:
    """The scenario, the lens and the known-on day."""
    return f"{timeline.scenario.title}, {lens_named(timeline)}"


def summary(found: Comparison) -> str:
    """How much differs, in one sentence."""
    places = len({d.place for d in found.places})
    held = sum(d.days for d in found.places if d.held_otherwise)
    parts = []
    if places:
        days = f"{counted(places, 'place')} on {counted(found.place_days, 'place-day')}"
        only = (
            ""
            if held == found.place_days
            else f" (the holder on {held:,}, only the certainty on the rest)"
        )
        parts.append(days + only)
    if found.numbers:
        parts.append(counted(len(found.numbers), "number"))
    if found.statements:
        parts.append(f"the verdict on {counted(len(found.statements), 'statement')}")
    return f"Differences: {', '.join(parts)}."


# --- places -------------------------------------------------------------------------------------


def _places(found: Comparison) -> Iterator[TextLine]:
    """Each place with its days; places that differ in the same way are listed together."""
    alike: dict[tuple[TextLine, ...], list[str]] = {}
    for _, group in groupby(found.places, lambda d: d.place):
        stretches = list(group)
        lines = tuple(line for one in stretches for line in _stretch(found, one))
        alike.setdefault(lines, []).append(stretches[0].name)
    for lines, names in alike.items():
        yield TextLine("phase", ", ".join(names))
        yield from lines


def _stretch(found: Comparison, one: PlaceChange) -> Iterator[TextLine]:
    span = one.first if one.days == 1 else f"{one.first}/{one.last}"
    yield TextLine("event", f"{day_text(span)} ({counted(one.days, 'day')})")
    yield _side("a", found.a.scenario, control(found.a.scenario, one.a), one.told_a)
    yield _side("b", found.b.scenario, control(found.b.scenario, one.b), one.told_b)


def _side(letter: str, scenario: Scenario, says: str, told: Sequence[Testimony]) -> TextLine:
    who = f" – {witness_text(scenario, list(told))}" if told else ""
    return TextLine("source", f"{letter}  {says}{who}", hang=3)


def told_between(
    timeline: Timeline, first: str | State, last: str | State, found: Sequence[PlaceChange]
) -> Iterator[TextLine]:
    """What changed hands between two days of one replay, and whose claims say so."""
    words = [at_the_time(timeline.at(on)).removeprefix("at the end of ") for on in (first, last)]
    yield TextLine("title", f"{timeline.scenario.title}: {words[0]} and {words[1]}")
    yield TextLine("note", lens_line(timeline))
    yield from left_out_note(left_out(timeline).until(timeline.at(last).step))
    if not found:
        yield TextLine("answer", SAME)
    scenario = timeline.scenario
    alike: dict[tuple[TextLine, ...], list[str]] = {}
    for one in found:
        lines: tuple[TextLine, ...] = (
            _side("a", scenario, control(scenario, one.a), one.told_a),
            _side("b", scenario, control(scenario, one.b), one.told_b),
        )
        alike.setdefault(lines, []).append(one.name)
    for lines, names in alike.items():
        yield TextLine("event", ", ".join(names))
        yield from lines


# --- numbers and statements -----------------------------------------------------------------------


def _numbers(found: Comparison) -> Iterator[TextLine]:
    if found.numbers:
        yield TextLine("phase", "Counts by the last day")
    for row in found.numbers:
        yield TextLine("event", count_subject(found.b.scenario, row.name, row.of))
        mine = list(reasons(found.a.scenario, row.sum_a.reckoning))
        other = list(reasons(found.b.scenario, row.sum_b.reckoning))
        both = [reason for reason in mine if reason in other]
        yield from _sum("a", found.a.scenario, row, row.sum_a, both)
        yield from _sum("b", found.b.scenario, row, row.sum_b, both)
        for reason in both:
            yield TextLine("source", f"in both: {reason}", hang=3)


def count_subject(scenario: Scenario, name: str, of: str | None) -> str:
    """What is counted, and whose: "killed (ISIL)", "al-Jazira desert, taken"."""
    if of and name == TAKEN:
        return f"{scenario.name(of)}, {name}"
    return f"{name} ({scenario.name(of)})" if of else name


def amount(found: ReplaySum, unit: str, name: str) -> str:
    """A number as a reader says it; "nothing" without a count."""
    if found.number is None:
        return "nothing"
    told = number(found.number, "" if unit == name.split(" ")[0] else unit)
    low, best, high = found.number.low, found.number.best, found.number.high
    between = best is not None and low < best and (high is None or best < high)
    return f"{told}, best {number(exactly(best or 0))}" if between and "about" not in told else told


def _sum(
    letter: str, scenario: Scenario, row: CountComparison, found: ReplaySum, both: Sequence[str]
) -> Iterator[TextLine]:
    """A number with its counters, and those reasons for it that differ between the replays."""
    who = "; ".join(_counter(scenario, found)) or witness_text(scenario, list(found.told))
    text = f"{letter}  {amount(found, row.unit, row.name)}{f' – {who}' if who else ''}"
    yield TextLine("source", text, hang=3)
    for reason in reasons(scenario, found.reckoning):
        if reason not in both:
            yield TextLine("source", f"   {reason}", hang=3)


def _counter(scenario: Scenario, found: ReplaySum) -> Iterator[str]:
    """Each counter with its number and days, unless the reasons below name them all."""
    if any(reasons(scenario, found.reckoning)):
        return
    for row in found.counters:
        days = f", {said}" if (said := when(row)) else ""
        parts = "; ".join(addends(scenario, row)) if row.counted_by is None else ""
        said = parts or witness_text(scenario, list(row.because))
        yield f"{counter_text(scenario, row)}{days}: {said}"


def _statements(found: Comparison) -> Iterator[TextLine]:
    if found.statements:
        yield TextLine("phase", "Statements")
    for one in found.statements:
        yield TextLine("event", one.summary)
        reporter = found.b.scenario.name(one.reporter) if one.reporter else None
        yield TextLine("source", f"says {voices((reporter, cite) for cite in one.cite)}")
        yield TextLine("source", f"a  {one.a or 'missing'}; b  {one.b or 'missing'}")


# --- news ---------------------------------------------------------------------------------------


def told_news(timeline: Timeline, found: Bulletin) -> Iterator[TextLine]:
    """What became known, kind by kind; first the kinds that contradict what was known."""
    order: tuple[NewsKind, ...] = ("contradiction", "correction", "premature", "late", "new")
    kinds = Counter(one.kind for one in found.news)
    for kind in order:
        if kinds[kind]:
            yield TextLine("phase", f"{kind.capitalize()}: {NEWS_KINDS[kind]}")
        for one in (n for n in found.news if n.kind == kind):
            yield from _news(timeline, one)
    if found.agreeing:
        verb = "repeats" if found.agreeing == 1 else "repeat"
        yield TextLine("gap", "")
        again = counted(found.agreeing, "further claim")
        yield TextLine("answer", f"{again} only {verb} what was known.")


def _news(timeline: Timeline, one: News) -> Iterator[TextLine]:
    scenario = timeline.scenario
    happened = f" ({day_text(one.happened)})" if one.happened else ""
    yield TextLine("event", f"{one.summary}{happened}")
    if one.kind == "premature":
        done = f", {day_text(one.thought)}" if one.thought else ""
        yield TextLine(
            "source", f"reported as done{done}: {witness_text(scenario, list(one.before))}"
        )
        yield TextLine("source", f"as known now: {_reported(scenario, one)}")
    elif one.says:
        yield TextLine("source", f"before: {witness_text(scenario, list(one.before))}")
        yield TextLine(
            "rival", f"≠ {difference_text(scenario, one.says)}: {_reported(scenario, one)}"
        )
    else:
        yield TextLine("source", _reported(scenario, one))


def _reported(scenario: Scenario, one: News) -> str:
    when = (
        ""
        if any(t.reported for t in one.told) or not one.reported
        else f", {day_text(one.reported)}"
    )
    return f"{witness_text(scenario, list(one.told))}{when}"


# --- records --------------------------------------------------------------------------------------


def told_versions(found: Comparison, changed: Sequence[Edit]) -> Iterator[TextLine]:
    """What differs between two versions of a scenario: in the state, and in the script."""
    if found.same and changed:
        yield from heads(found)
        yield TextLine("answer", "No difference in what is shown.")
    else:
        yield from told_comparison(found)
    yield from told_edits(changed)


def told_edits(found: Iterable[Edit]) -> Iterator[TextLine]:
    """Which events, claims and other records were added, removed or changed."""
    for n, edit in enumerate(found):
        if n == 0:
            yield TextLine("phase", "In the script")
        what = f": {edit.what}" if edit.what else ""
        about = "claim of" if edit.kind == "claim" else edit.kind
        yield TextLine("event", f"{edit.how} {about} {edit.of}{what}")
        for key, before, after in edit.fields:
            yield TextLine("source", f"{key}: {before} → {after}")
