"""What a view tells beside the map: its events, why things are so, what was counted, who differs.

A record that does not change stays the same object in the page's tables, whatever the lens: most of
what two readings of a campaign tell is the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from replay.analysis.disagreements import Disagreement, disagreements
from replay.analysis.intervals import Within, within_steps
from replay.analysis.takers import taken_differently
from replay.analysis.tallies import Addend, TallyRow, tally_rows
from replay.analysis.whole import wholes_behind
from replay.foundation.locators import plain_text
from replay.lens import Reading
from replay.model import Scenario
from replay.model.state import UNKNOWN, Control, StateKey
from replay.outputs.page.list_signs import ListSigns
from replay.outputs.page.tables import Table
from replay.outputs.page.views import reading_signature
from replay.picture.layers.margin import amount_text
from replay.scene import Ground
from replay.scene.day import rivals_by_tick, shown_when
from replay.text.dates import time_within
from replay.text.difference import otherwise, undated_difference_text
from replay.text.disagreements import all_sides, disagreement_title
from replay.text.explanation import day_text, holds_line, report_day, taker_notes
from replay.text.narrative import day_of
from replay.text.phrases import control, number, since_text
from replay.text.takers import at_event
from replay.text.tallies import counter_text, how_many, says, when
from replay.timeline.explanation import Explanation, Testimony, claimed, explain, explain_turn
from replay.timeline.timeline import Timeline

Json = dict[str, Any]
Segments = list[int]
"""Runs: a tick, the number of the record that holds from then on, the next tick, …"""

ASPECTS = (
    "control",
    "share",
    "formation",
    "ground",
    "progress",
    "effort",
    "strength",
    "position",
    "standing",
)
"""What the page explains; and the presence of forces."""


class Told:
    """The records of all views of a page, each once."""

    def __init__(self, scenario: Scenario, signs: ListSigns) -> None:
        self.scenario = scenario
        self.signs = signs
        self.claims: Table[Json] = Table()
        self.events: Table[Json] = Table()
        self.whys: Table[Json] = Table()
        self.numbers: Table[Json] = Table()
        self.grounds: Table[Json] = Table()
        self.efforts: Table[Json] = Table()
        self.disputes: Table[Json] = Table()
        self.alone = False
        """Whether there is one view only, with which nothing can be shared."""
        self._whys: dict[object, Segments] = {}
        self._rows: dict[object, list[int]] = {}
        self._events: dict[object, int] = {}

    def to_json(self) -> Json:
        """All tables."""
        names = ("claims", "events", "whys", "numbers", "grounds", "efforts", "disputes")
        return {name: getattr(self, name).rows for name in names}

    # --- events -----------------------------------------------------------------------------

    def happenings(self, timeline: Timeline) -> list[list[int | None]]:
        """Every event of a view in order: its record, and its tick (None where it has no day)."""
        told = sorted(timeline.every_reading(), key=lambda r: (r.shown.latest, r.listed))
        return [
            [self._event(timeline, r), max(r.shown.latest, -1) if r.dated else None] for r in told
        ]

    def elsewhere(self, timeline: Timeline) -> list[list[Any]]:
        """Events that rival claims date to other ticks than the one at which they are shown.

        For each such tick: the tick, the event's record, the claims, and when the event is shown.
        """
        found: list[list[Any]] = []
        for reading in timeline.readings:
            for tick, versions in rivals_by_tick(self.scenario, reading).items():
                if 0 <= tick < self.scenario.calendar.ticks:
                    said = [self._claim(claimed(reading, n)) for v in versions for n in v.claims]
                    record, shown = self._event(timeline, reading), shown_when(timeline, reading)
                    found.append([tick, record, said, shown])
        return sorted(found, key=lambda row: row[0])

    def _event(self, timeline: Timeline, reading: Reading) -> int:
        signature = reading_signature(self.scenario, reading)
        if signature not in self._events or reading.index < 0:
            record = self._event_record(timeline, reading)
            self._events[signature] = self.events.number(record)
        return self._events[signature]

    def _event_record(self, timeline: Timeline, reading: Reading) -> Json:
        scenario, event = self.scenario, reading.shown.event
        about = " ".join(scenario.name(of) for of in (*event.place, *event.actors()))
        called = [
            plain_text(event.summary),
            plain_text(event.id),
            plain_text(f"{event.summary} {about}"),
        ]
        agree: list[int] = []
        rivals: dict[str, list[int]] = {}
        for version in reading.versions:
            differs = otherwise(scenario, reading, version)
            told = [self._claim(claimed(reading, n)) for n in version.claims]
            (rivals.setdefault(differs, []) if differs else agree).extend(told)
        objects = [*event.place, *getattr(event, "to", ()), *getattr(event, "towards", ())]
        start = getattr(event, "from_", None)
        objects += [start] if isinstance(start, str) else list(start or ())
        notes = [at_event(scenario, one) for one in taken_differently(timeline, reading)]
        return {
            **({"takers": notes} if notes else {}),
            "id": event.id,
            "type": event.type,
            "summary": event.summary,
            "note": reading.event.note,
            "day": day_of(timeline, reading),
            "exact": reading.shown.earliest == reading.shown.latest,
            "of": list(dict.fromkeys([*objects, *event.actors()])),
            "operation": event.operation,
            "said": agree,
            "otherwise": [[differs, told] for differs, told in rivals.items()],
            "words": len(event.summary.split()),
            "called": list(dict.fromkeys(called)),
        }

    def _differing(self, told: Iterable[Testimony]) -> list[list[int | str]]:
        """Claims with what each says differently; its date stands in the claim."""
        return [
            [self._claim(one), undated_difference_text(self.scenario, one.says)] for one in told
        ]

    def _claim(self, told: Testimony) -> int:
        scenario = self.scenario
        report = scenario.report.get(told.via or "")
        outlet = None
        if report is not None:
            outlet = scenario.name(report.outlet) if report.outlet else report.title
        return self.claims.number(
            {
                "event": told.event,
                "note": told.note,
                "source": told.source,
                "locator": told.locator,
                "by": scenario.name(told.reporter) if told.reporter else None,
                "voice": told.reporter,
                "via": outlet,
                "reported": report_day(told),
                "date": day_text(told.date) if told.date else None,
            }
        )

    # --- why ----------------------------------------------------------------------------------

    def why(self, timeline: Timeline) -> Json:
        """For each thing that is spoken of, what is so and why, as segments by aspect."""
        found: Json = {}
        for aspect in (*ASPECTS, "presence"):
            for key, n in timeline.keys_of(aspect):
                runs = self._segments(timeline, key, n)
                of = found.setdefault(aspect, {})
                if key.at:
                    of.setdefault(key.of, {})[key.at] = runs
                else:
                    of[key.of] = runs
        return found

    def within(self, timeline: Timeline) -> list[list[Any]]:
        """Changes within a step: its tick, the place, the time in words, what is so and why."""
        return [
            [
                one.turn.tick,
                one.place,
                time_within(self.scenario, one),
                self.whys.number(self._within(timeline, one)),
            ]
            for one in sorted(within_steps(timeline), key=lambda w: (w.turn.minute, w.turn.rows))
        ]

    def _within(self, timeline: Timeline, one: Within) -> Json:
        why = explain_turn(timeline, StateKey("control", one.place), one.turn)
        return self._why(timeline, why, one.turn.tick)

    def _segments(self, timeline: Timeline, key: StateKey, n: int) -> Segments:
        signature = key if self.alone else (key, key_signature(timeline, n))
        segments = self._whys.get(signature)
        if segments is None:
            segments = self._whys[signature] = []
            for tick in moments(timeline, key, n):
                record = self.whys.number(self._why(timeline, explain(timeline, key, tick), tick))
                if not segments or segments[-1] != record:
                    segments += [tick, record]
        return segments

    def _why(self, timeline: Timeline, why: Explanation, tick: int) -> Json:
        scenario, value = self.scenario, why.marked.value
        data: Json = {
            "words": holds_line(scenario, why.key, why.marked, None),
            "mark": why.marked.mark,
            "since": since_text(why.since) if why.since else None,
            "because": [self._claim(told) for told in why.because],
            "against": [
                [self._claim(told), undated_difference_text(scenario, told.says)]
                for told in why.against
            ],
            "pending": [self._claim(told) for told in why.pending],
        }
        if notes := list(taker_notes(timeline, why)):
            data["takers"] = notes
        if wholes := [scenario.name(whole) for whole in wholes_behind(scenario, why)]:
            data["wholes"] = wholes
        if isinstance(value, Control):
            data["control"] = _control(value)
            if why.key.aspect == "control":
                data["look"] = self.signs.of(why.key.of, why.marked)
            data["could"] = [
                _control(v) if isinstance(v, Control) else None for v in why.marked.could
            ]
        elif value is None:
            data["none"] = True
        if why.next is not None:
            data["next"] = {
                "tick": timeline.scenario.calendar.step_of(why.next.tick),
                "event": why.next.event,
                "words": holds_line(scenario, why.key, why.next.to, None),
            }
        return data

    # --- numbers and ground -----------------------------------------------------------------

    def counted(self, timeline: Timeline) -> list[list[int]]:
        """For each tick the rows of all tallies."""
        counts = [r for r in timeline.readings if any(v.event.tallies for v in r.versions)]
        turns = {v.latest for r in counts for v in r.versions}
        found: list[list[int]] = []
        for tick in range(timeline.scenario.calendar.ticks):
            found.append(found[-1] if tick and tick not in turns else self._count(timeline, tick))
        return found

    def _count(self, timeline: Timeline, tick: int) -> list[int]:
        signature = _counts_signature(timeline, tick)
        found = self._rows.get(signature)
        if found is None:
            found = [self.numbers.number(self._row(row)) for row in tally_rows(timeline, tick)]
            self._rows[signature] = found
        return found

    def _row(self, row: TallyRow) -> Json:
        scenario, amount = self.scenario, row.number
        return {
            "name": row.name,
            "of": row.of,
            "by": scenario.name(row.by) if row.by else None,
            "where": list(row.where),
            "who": counter_text(scenario, row),
            "together": row.together,
            "bounds": [amount.low, amount.best, amount.high],
            "words": how_many(row),
            "mark": row.mark,
            "when": when(row),
            "parts": [self._part(addend) for addend in row.addends],
            "said": [self._claim(told) for told in row.rows_of],
        }

    def _part(self, addend: Addend) -> Json:
        """One number that somebody gave, with its claims, and what others say instead of it."""
        return {
            "words": number(addend.number) + (" in all" if addend.kind == "total" else ""),
            "when": day_text(addend.period) if addend.period else None,
            "said": [self._claim(told) for told in addend.because],
            "against": [[self._claim(told), says(told)] for told in addend.against],
        }

    def ground(self, ground: Ground) -> int:
        """How much of an area or route was taken."""
        share = ground.share
        return self.grounds.number(
            {
                "of": ground.of,
                "side": ground.side,
                "rest": ground.rest,
                "share": None if share is None else [share.low, share.best, share.high],
                "words": amount_text(ground),
                "control": self._ground_control(ground),
                "mark": ground.mark,
                "basis": ground.basis,
            }
        )

    def _ground_control(self, ground: Ground) -> str | None:
        """Who holds an area or route, in words, if it says more than how much is taken."""
        value = ground.control.value
        if not isinstance(value, Control) or value == UNKNOWN:
            return None
        return control(self.scenario, ground.control)

    def _about(self, one: Disagreement) -> list[str]:
        """Ids of the things that a disagreement is about."""
        events = [d.key.of for d in one.disputes if d.key.aspect == "event"]
        places = (place for event in events for place in self.scenario.event[event].place)
        return list(dict.fromkeys((*one.about, *places)))

    # --- disputes ---------------------------------------------------------------------------

    def differing(self, timeline: Timeline) -> list[int]:
        """What admitted claims differ on, each disagreement once, in order."""
        last = timeline.scenario.calendar.ticks - 1
        return [
            self.disputes.number(
                {
                    "aspect": one.disputes[0].key.aspect,
                    "of": one.disputes[0].key.of,
                    "about": self._about(one),
                    "title": disagreement_title(timeline, one),
                    "first": min(max(one.first, 0), last),
                    "last": min(max(one.last, 0), last),
                    "sides": [list(side) for side in all_sides(timeline, one)],
                    "events": list(one.events),
                }
            )
            for one in disagreements(timeline)
        ]


def key_signature(timeline: Timeline, n: int) -> tuple[object, ...]:
    """All that an explanation of a key can depend on."""
    rows, found = timeline.rows, []
    for row in timeline.index.history(n).tolist():
        event = int(rows.event[row])
        reading = timeline.cause(row)
        found.append(
            (
                int(rows.tick[row]),
                timeline.marked(row),
                event,
                reading_signature(timeline.scenario, reading),
                timeline.rivals.get((event, n)),
            )
        )
    return tuple(found)


def moments(timeline: Timeline, key: StateKey, n: int) -> list[int]:
    """The ticks of the window on which the explanation of a key can change."""
    found = {0} | timeline.open_ticks(key)
    for row in timeline.index.history(n).tolist():
        found.add(int(timeline.rows.tick[row]))
        if timeline.rows.event[row] < 0:
            continue  # a row of a table has one claim and one day
        reading = timeline.cause(row)
        groups = timeline.rivals.get((reading.index, n), ())
        found |= {tick for v in reading.versions for tick in (v.earliest, v.latest)}
        found |= {tick for g in groups for tick in (g.earliest, g.latest)}
    return sorted(tick for tick in found if 0 <= tick < timeline.scenario.calendar.ticks)


def _control(value: Control) -> list[Any]:
    """A value of control as the page reads it: its status, who is inside, who besieges it."""
    return [value.status, list(value.sides), list(value.by)]


def _counts_signature(timeline: Timeline, tick: int) -> tuple[object, ...]:
    """All that the rows of the tallies at a tick can depend on."""
    scenario = timeline.scenario
    return tuple(
        (reading_signature(scenario, r), tuple(v.latest <= tick for v in r.versions))
        for r in timeline.readings
        if any(v.latest <= tick for v in r.versions) and any(v.event.tallies for v in r.versions)
    )
