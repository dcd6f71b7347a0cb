"""The shapes of the commands that take `--json`."""

from __future__ import annotations

from typing import NamedTuple

from replay.analysis.news import NEWS_KINDS

from . import parts
from .parts import (
    NULL,
    TEXT,
    Schema,
    a,
    by_id,
    either,
    flag,
    keys,
    many,
    maybe,
    number,
    text,
)


class Shape(NamedTuple):
    """What a command prints."""

    printed_by: str
    told: str
    schema: Schema


def _explained(kind: str, more: Schema, optional: Schema | None = None) -> Schema:
    first = {kind: a("named", f"The {kind}."), "denied": many("Denied events.", "denied")}
    return keys(parts.HEAD | first | more, parts.LEFT_OUT | (optional or {}))


_CONTROL = {"control": a("control", "Who holds it.")}
_GROUND = {"control": a("ground", "Who has it, and how much.")}
_FORMATION = keys({"forces": many("Ids of forces.", TEXT), "mark": parts.MARK} | parts.WHY)
_SHARE = keys(
    {
        "side": TEXT,
        **parts.BOUNDS,
        "given": a("range", "As the source gives it."),
        "mark": parts.MARK,
    }
    | {"could": many("Shares that it could be instead.", "range")}
    | parts.WHY
)
_EFFORT = keys({"status": maybe("Of the operation."), "reason": maybe("Why."), "mark": parts.MARK})
_PLACES = {"presence": many("Where it was last documented.", "presence")}
EXPLAIN = either(
    "One object for each kind of thing.",
    _explained(
        "place",
        _CONTROL
        | parts.WHY
        | {
            "as_part_of": many("Places whose events count for it.", TEXT),
            "perhaps": many("Places that may be the same.", TEXT),
            "formation": {"description": "Forces that hold it.", "anyOf": [_FORMATION, NULL]},
            "share": {"description": "How much of it a side holds.", "anyOf": [_SHARE, NULL]},
        },
    ),
    _explained("area", _GROUND | parts.WHY),
    _explained("route", _GROUND | parts.WHY),
    _explained("operation", {"effort": _EFFORT} | parts.WHY),
    _explained("person", {"standing": a("standing", "What became of them.")} | parts.WHY | _PLACES),
    _explained("voice", {"standing": a("standing", "What became of them.")} | parts.WHY | _PLACES),
    _explained("side", {"holds": many("Ids of the places that it holds.", TEXT)}),
    _explained(
        "force",
        {
            "side": TEXT,
            "part_of": maybe("The id of the force above it."),
            "turns": many(
                "When it changes side, parent or name.",
                keys(
                    {"event": TEXT, "date": maybe(parts.DATE), "side": maybe("The new side.")}
                    | {"part_of": maybe("The new parent."), "name": maybe("The new name.")}
                ),
            ),
            "strength": a("strength", "Its estimated strength.", null=True),
            "standing": a("standing", "What became of it."),
        }
        | parts.WHY
        | _PLACES,
    ),
)

STATE = keys(
    parts.HEAD
    | {
        "phase": maybe("The id of the phase."),
        "places": by_id(
            "Every place of the scenario.",
            keys({"name": TEXT, "control": a("control", ""), "since": maybe(parts.DATE)}),
        ),
        "areas": by_id(
            "Every area and route.",
            keys({"name": TEXT, "control": a("ground", ""), "since": maybe(parts.DATE)}),
        ),
        "forces": by_id(
            "Every force.",
            keys(
                {
                    "name": TEXT,
                    "side": TEXT,
                    "part_of": maybe("The id of the force above it."),
                    "presence": many("Where it was last documented.", "presence"),
                    "strength": a("strength", "Its estimated strength.", null=True),
                    "operations": many("Ids of its operations under way.", TEXT),
                }
            ),
        ),
        "tallies": many("The numbers.", "tally"),
    },
    parts.LEFT_OUT,
)
TALLY = keys(parts.HEAD | {"tallies": many("The numbers.", "tally")}, parts.LEFT_OUT)

_STATEMENT = keys(
    {"id": TEXT, "summary": TEXT, "reporter": maybe("The id of the voice.")}
    | {"cite": many("Citations.", TEXT), "a": text("The verdict."), "b": text("The verdict.")}
)
_NUMBERS = keys(
    parts.TALLY_HEAD | {"a": a("sum", "In the first."), "b": a("sum", "In the second.")}
)
COMPARISON = {
    "a": a("replay", "The first replay."),
    "b": a("replay", "The second replay."),
    "same": flag("Whether nothing differs."),
    "place_days": number("How many days differ, summed over places."),
    "places": many("Where and when control differs.", "place_change"),
    "numbers": many("Numbers that differ.", _NUMBERS),
    "statements": many("Statements whose verdicts differ.", _STATEMENT),
}
_NEWS = keys(
    {
        "kind": text("What it does.", *NEWS_KINDS),
        "event": TEXT,
        "summary": TEXT,
        "happened": maybe(parts.DATE),
        "reported": maybe(parts.DATE),
        "says": a("says", "What is new.", null=True),
        "thought": maybe("What was thought before."),
        "claims": many("The claims that bring it.", "rival_claim"),
        "before": many("The claims that it differs from.", "rival_claim"),
    }
)
_RECORDS = {"records": many("Records of the scripts that differ.", "edit")}
AGREEMENT = keys(
    parts.QUESTION
    | {
        "voices": many("Who is compared.", keys({"name": TEXT, "lenses": many("", TEXT)})),
        "places": by_id(
            "By place, the stretches of days that are alike.",
            keys(
                {
                    "name": TEXT,
                    "days": many(
                        "",
                        keys(
                            {
                                "from": TEXT,
                                "to": TEXT,
                                "shown": a("control", "As it is shown."),
                                "agree": many("Voices that agree.", TEXT),
                                "differ": many("Voices that differ.", TEXT),
                                "silent": many("Voices that say nothing.", TEXT),
                            }
                        ),
                    ),
                }
            ),
        ),
        "numbers": many("", keys(parts.TALLY_HEAD | {"voices": by_id("By voice.", "range")})),
    },
    parts.LEFT_OUT,
)

_FINDING = {"code": TEXT, "of": text("The id of the record."), "message": TEXT, "hint": TEXT}
_KEYS = ("sentences", "cited", "encoded", "named", "set_aside", "open")
_VERDICT = keys(
    {
        "id": TEXT,
        "verdict": text("", "supported", "contradicted", "undecidable"),
        "kind": text("Whether it is evidence of its own.", "independent", "restates"),
        "because": many("", "rival_claim"),
    }
)
DISPUTE = {"from": TEXT, "to": TEXT, "claims": many("", "rival_claim")}
_FOUND = {
    "problems": many("Errors; with any, the other lists are empty.", "problem"),
    "findings": many("Findings of the lint without a reason.", keys(_FINDING)),
    "disputes": many(
        "Each disputed value.", keys({"key": a("key", "What is disputed.")} | DISPUTE)
    ),
    "disagreements": many(
        "The same, each disagreement once.",
        keys({"from": TEXT, "to": TEXT, "keys": many("", "key"), "events": many("", TEXT)}),
    ),
    "statements": many("Verdicts on statements.", _VERDICT),
    "coverage": by_id(
        "By source: how many sentences are accounted for.",
        keys({name: {"type": "integer"} for name in _KEYS}),
    ),
}
_TABLES = keys({"file": TEXT, "rows": {"type": "integer"}, "unread": many("Columns.", TEXT)})
CHECK = either(
    "A report, or the errors of a script that is not valid.",
    keys(
        parts.QUESTION
        | _FOUND
        | {
            "acknowledged": many("Findings with a reason.", keys(_FINDING | {"reason": TEXT})),
            "tables": many("Tables of events.", _TABLES),
        },
        parts.LEFT_OUT,
    ),
    keys(_FOUND),
)
_STRETCH = keys(
    {
        "from": TEXT,
        "to": TEXT,
        "mark": parts.MARK,
        "certain": flag("Whether neither dates nor sources leave it open."),
        "disputed": flag("Whether sources differ."),
        "control": many(
            "Values that it can have.",
            keys(
                parts.VALUE
                | {
                    "share": number("Of the readings of the dates, 0 to 1.", null=True),
                    "rival": flag("Whether only claims say so that do not rank first."),
                }
            ),
        ),
    }
)
CERTAINTY = keys(
    parts.QUESTION
    | {
        "on": maybe("The moment: EDTF; null for all days."),
        "assumptions": many("What the shares assume, as sentences.", TEXT),
        "seed": number("Of the samples; null if none were drawn.", null=True, whole=True),
        "places": by_id(
            "By place.",
            keys(
                {
                    "name": TEXT,
                    "method": maybe("How shares were worked out: counted or sampled."),
                    "samples": number("How many.", null=True, whole=True),
                    "complete": flag("Whether every possible value is listed."),
                    "open_ends": many("Events with an open end.", TEXT),
                    "undated": many("Events without a date.", TEXT),
                    "contrary": many("Pairs of events that exclude each other.", many("", TEXT)),
                    "days": many("Stretches of days.", _STRETCH),
                }
            ),
        ),
    },
    parts.LEFT_OUT,
)
CHART = keys(
    parts.QUESTION
    | {
        "chart": text("Its name."),
        "title": TEXT,
        "unit": text("Of its axis."),
        "says": text("What it shows, as a sentence."),
        "rests": text("The sources behind it, as a sentence."),
        "rows": many("The plotted numbers; all rows have the same keys.", {"type": "object"}),
    },
    parts.LEFT_OUT,
)
COMMANDS: dict[str, Shape] = {
    "state": Shape("replay state SCENARIO", "The state of everything at a moment.", STATE),
    "explain": Shape(
        "replay explain SCENARIO THING",
        "Why a thing is as it is. A thing that is counted has the shape of [tally](#tally).",
        EXPLAIN,
    ),
    "tally": Shape("replay tally SCENARIO [NAME]", "What is counted.", TALLY),
    "delay": Shape(
        "replay delay SCENARIO",
        "How long the news took.",
        keys(parts.QUESTION | {"delays": many("By event.", "delay")}, parts.LEFT_OUT),
    ),
    "certainty": Shape(
        "replay certainty SCENARIO [PLACE]", "What the dates leave open.", CERTAINTY
    ),
    "compare": Shape(
        "replay compare SCENARIO --lens A --lens B",
        "Two lenses, or two known-on days; of those also the news.",
        keys(
            COMPARISON,
            {
                "news": many("What the reports between the two days add.", _NEWS),
                "agreeing": number("Claims that only agree.", whole=True),
            },
        ),
    ),
    "compare-days": Shape(
        "replay compare SCENARIO --on A --on B",
        "Two moments of one replay.",
        keys({name: COMPARISON[name] for name in ("a", "b", "same", "places")}),
    ),
    "compare-versions": Shape(
        "replay compare OLD NEW", "Two versions of a scenario.", keys(COMPARISON | _RECORDS)
    ),
    "compare-what-if": Shape(
        "replay compare SCENARIO --what-if CHANGE",
        "A scenario and a hypothetical one.",
        keys(
            {
                "hypothetical": {"const": True, "description": "`b` is not documented."},
                "changes": many("The changes, as sentences.", TEXT),
                "conflicts": many("Dates that no longer go together, as sentences.", TEXT),
            }
            | COMPARISON
            | _RECORDS
        ),
    ),
    "compare-agreement": Shape(
        "replay compare SCENARIO --sources", "Who agrees; also with `--lenses`.", AGREEMENT
    ),
    "check": Shape("replay check SCENARIO", "What check found.", CHECK),
    "cite": Shape(
        "replay cite SCENARIO SOURCE WORDS --texts FOLDER",
        "Sentences that have the words.",
        keys(
            {
                "scenario": TEXT,
                "found": many("", keys({"source": TEXT, "locator": TEXT, "sentence": TEXT})),
            }
        ),
    ),
    "chart": Shape("replay chart SCENARIO NAME", "The numbers of a chart.", CHART),
    "charts": Shape(
        "replay chart SCENARIO",
        "Which charts there are.",
        keys(
            {
                "charts": by_id("Charts by name: what they show.", TEXT),
                "counted": by_id("Counted things by name: their units.", TEXT),
            }
        ),
    ),
    "list": Shape(
        "replay list",
        "The scenarios that are found.",
        keys(
            {
                "scenarios": many(
                    "",
                    keys(
                        {
                            "name": text("What `replay` calls it."),
                            "title": text("Its title, or how many errors it has."),
                            "window": text("EDTF; empty if it has errors."),
                            "path": text("Its main file."),
                        }
                    ),
                )
            }
        ),
    ),
}
