"""Parts that the shapes of `--json` share, as JSON Schemas that allow no other key.

`commands` makes the shapes of the commands of them.
"""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]


def keys(required: dict[str, Schema], optional: dict[str, Schema] | None = None) -> Schema:
    """An object with exactly these keys."""
    return {
        "type": "object",
        "required": list(required),
        "additionalProperties": False,
        "properties": required | (optional or {}),
    }


def text(told: str, *values: str) -> Schema:
    return {"description": told, **({"enum": list(values)} if values else {"type": "string"})}


def maybe(told: str) -> Schema:
    return {"description": told, "type": ["string", "null"]}


def number(told: str, null: bool = False, whole: bool = False) -> Schema:
    kind = "integer" if whole else "number"
    return {"description": told, "type": [kind, "null"] if null else kind}


def flag(told: str) -> Schema:
    return {"description": told, "type": "boolean"}


def a(name: str, told: str, null: bool = False) -> Schema:
    """A part that several shapes share."""
    ref = {"$ref": f"common.json#/$defs/{name}"}
    return {"description": told, **({"anyOf": [ref, {"type": "null"}]} if null else ref)}


def many(told: str, item: str | Schema) -> Schema:
    items = a(item, "") if isinstance(item, str) else item
    items = {key: value for key, value in items.items() if value != ""}
    return {"description": told, "type": "array", "items": items}


def by_id(told: str, item: str | Schema) -> Schema:
    inner = {"$ref": f"common.json#/$defs/{item}"} if isinstance(item, str) else item
    return {"description": told, "type": "object", "additionalProperties": inner}


def either(told: str, *shapes: str | Schema) -> Schema:
    inner = [{"$ref": f"common.json#/$defs/{s}"} if isinstance(s, str) else s for s in shapes]
    return {"description": told, "anyOf": inner}


TEXT: Schema = {"type": "string"}
NULL: Schema = {"type": "null"}
DATE = "A date in EDTF; null if there is none."
MARK = text("How sure the value is.", "certain", "possible", "disputed")
KIND = text("An increment, a running total, or how many at a time.", "add", "total", "level")
BOUNDS = {
    "low": number("The least; null if open.", null=True),
    "best": number("The best value; null if no source gives one.", null=True),
    "high": number("The most; null if open.", null=True),
}
VALUE = {
    "status": text("Who has it.", "held", "contested", "besieged", "none", "unknown"),
    "side": maybe("The id of the one side that holds it; null if several do, or none."),
    "sides": many("Ids of the sides that hold or contest it.", TEXT),
    "by": many("Ids of the sides that besiege it.", TEXT),
}
CONTROL = VALUE | {"mark": MARK, "could": many("Values that it could have instead.", "value")}
CLAIM = {
    "event": text("The id of the event."),
    "type": text("The type of the event."),
    "date": maybe("When it happened, as this claim dates it: EDTF."),
    "source": text("The id of the source."),
    "locator": text("The place in the source, such as `p30.s4`."),
    "reporter": maybe("The id of the voice that reports it."),
    "via": maybe("The id of the voice or report that carries it."),
    "reported": maybe("When it was reported: EDTF."),
}
NOTED = {
    "inherited_from": text("The sentence from which it has its report date."),
    "note": text("The author's note on the claim."),
}
WHY = {
    "since": maybe("Since when: EDTF; null before any claim."),
    "because": many("Claims for the value.", "claim"),
    "against": many("Admitted claims that say something else.", "rival_claim"),
    "pending": many("Claims that give a date or an order only within bounds.", "claim"),
    "next": a("next", "The next change.", null=True),
}
LEFT_OUT = {
    "without_report_date": a("left_out", "Claims without a report date, on a known-on day.")
}
QUESTION = {
    "scenario": text("The id of the scenario."),
    "lens": text("The lens."),
    "known_on": maybe("The day by which claims had to be reported: EDTF; null for all."),
}
HEAD = QUESTION | {"on": text("The moment: EDTF.")}
TALLY_HEAD = {
    "name": text("What is counted."),
    "unit": text("In what."),
    "of": maybe("Of whom: the id of a side or force."),
}

COMMON: dict[str, Schema] = {
    "range": {"description": "A number as far as it is known.", **keys(BOUNDS)},
    "value": {"description": "A value of control.", **keys(VALUE)},
    "control": {"description": "Who has a place, with its mark.", **keys(CONTROL)},
    "ground": {
        "description": "Who has an area or route, and how much of it.",
        **keys(
            CONTROL | {"share": a("range", "Of the whole, 0 to 1.")},
            {"km2": a("range", "Of an area: km²."), "km": a("range", "Of a route: km.")},
        ),
    },
    "state_value": either(
        "A value of any aspect of the state.",
        "value",
        "range",
        keys({"forces": many("Ids of the forces that hold a place.", TEXT)}),
        keys({"status": text("Of a presence, a person or a reorganised force.")}),
        keys({"start": TEXT, "end": TEXT, "share": a("range", "Of the way, 0 to 1.")}),
        keys({"status": text("Of an operation."), "reason": maybe("Why it was halted.")}),
        keys(
            {
                "side": TEXT,
                "amount": a("range", "How much is taken."),
                "unit": text("Of the amount.", "km2", "km", "share"),
                "share": a("range", "As a share, if a source gives that.", null=True),
                "addends": many("Parts by event.", "part"),
            }
        ),
        keys(
            {
                "side": TEXT,
                "amount": a("range", "Of a place, 0 to 1."),
                "given": a("range", "As the source gives it.", null=True),
            }
        ),
        keys({"number": a("range", "The strength of a force."), "unit": TEXT}),
        NULL,
    ),
    "part": {
        "description": "A part of ground that one event reports.",
        **keys({"event": TEXT, "amount": a("range", "km², km or a share.")}),
    },
    "claim": {"description": "One claim, with its citation.", **keys(CLAIM, NOTED)},
    "rival_claim": {
        "description": "One claim, with what it says.",
        **keys(CLAIM, NOTED | {"says": a("says", "What it says.")}),
    },
    "says": either(
        "What a claim says: of a value, of an event, of a number, or as a sentence.",
        keys(
            {
                "value": a("state_value", "The value; null if it gives none."),
                "date": maybe("The date, if it differs: EDTF."),
                "denies": flag("Whether it says that the event did not happen."),
                "silent": flag("Whether it does not mention it."),
            }
        ),
        keys(
            {
                "date": maybe("The date, if it differs: EDTF."),
                "denies": flag("Whether it says that the event did not happen."),
                "fields": {"description": "Fields of the event that differ.", "type": "object"},
            }
        ),
        keys({"number": a("range", "What it counts."), "total": flag("Whether as a total.")}),
        keys({"text": text("The sentence.")}),
    ),
    "next": {
        "description": "A change to come.",
        **keys(
            {
                "date": text("When: EDTF."),
                "event": text("The id of the event."),
                "to": either("The value: of control as an object, else as text.", "value", TEXT),
            }
        ),
    },
    "left_out": {
        "description": "Claims without a report date.",
        **keys(
            {
                "undated": text("Whether they count.", "known", "unknown"),
                "claims": number("How many there are.", whole=True),
                "sources": by_id("How many of each source, by its id.", {"type": "integer"}),
            }
        ),
    },
    "named": {"description": "A thing.", **keys({"id": TEXT, "name": TEXT})},
    "presence": {
        "description": "A place where a force or person was last documented.",
        **keys(
            {
                "place": text("The id of the place."),
                "since": maybe("Since when: EDTF."),
                "age_days": number("Days since then.", whole=True, null=True),
                "mark": MARK,
            },
            {"belief": flag("True if a source only believed it."), "why": a("why", "Why.")},
        ),
    },
    "why": {"description": "The claims behind a value.", **keys(WHY)},
    "standing": {
        "description": "What became of a person or force.",
        **keys(
            {"value": maybe("In the author's words."), "mark": MARK, "could": many("", TEXT)}, WHY
        ),
    },
    "strength": {
        "description": "The estimated strength of a force.",
        **keys(BOUNDS | {"unit": TEXT, "mark": MARK}),
    },
    "denied": {
        "description": "An event that some report and others deny.",
        **keys({"event": TEXT, "date": maybe(DATE), "because": many("", "claim")})
        | {"required": ["event", "date", "because", "against"]},
    },
    "tally": {
        "description": "What one counter counts, or several together.",
        **keys(
            TALLY_HEAD
            | {
                "where": many("Ids of the places; empty for everywhere.", TEXT),
                "period": maybe("Of what time: EDTF."),
                "by": maybe("By whose doing: the id of a force or side."),
                "kind": KIND,
                "together": flag("Whether several counters are combined."),
                "counted_by": maybe("By whom: the id of a voice or source."),
                "reports": number("How many reports it is made of.", whole=True),
                **BOUNDS,
                "mark": MARK,
                "since": maybe("When it came to this number: EDTF."),
                "age_days": number("Of a level: days since then.", whole=True, null=True),
                "addends": many("The numbers that it is made of.", "addend"),
                "because": WHY["because"],
                "against": WHY["against"],
            }
        ),
    },
    "addend": {
        "description": "One number that somebody gave.",
        **keys(
            {
                "event": TEXT,
                "kind": KIND,
                **BOUNDS,
                "counted_by": text("By whom."),
                "period": maybe("Of what time: EDTF."),
                "mark": MARK,
                "because": WHY["because"],
                "against": WHY["against"],
            }
        ),
    },
    "key": {
        "description": "What a value is of.",
        **keys(
            {
                "aspect": text("Such as control, presence, tally; or statement, event, whole."),
                "of": either("The id of a thing; else the parts of the key.", TEXT, "key_parts"),
            }
        ),
    },
    "key_parts": either(
        "Of a presence the force and the place; of a tally all that its counter counts.",
        keys({"force": TEXT, "place": TEXT}),
        keys(
            TALLY_HEAD
            | {
                "where": many("", TEXT),
                "counted_by": TEXT,
                "by": maybe("By whose doing."),
                "level": flag("Whether it is how many at a time."),
            }
        ),
    ),
    "replay": {
        "description": "Which replay is compared.",
        **keys(
            QUESTION,
            LEFT_OUT
            | {
                "by_publication": by_id("Claims dated by their source.", {"type": "integer"}),
                "on": text("The moment, when two are compared: EDTF."),
            },
        ),
    },
    "place_change": {
        "description": "A place on a stretch of days that differs.",
        **keys(
            {
                "id": TEXT,
                "name": TEXT,
                "from": text("The first day: EDTF."),
                "to": text("The last day: EDTF."),
                "days": number("How many days."),
                "a": a("control", "In the first replay."),
                "b": a("control", "In the second."),
                "because_a": many("Claims of the first.", "rival_claim"),
                "because_b": many("Claims of the second.", "rival_claim"),
            }
        ),
    },
    "sum": {
        "description": "A number of one replay.",
        **keys(
            BOUNDS
            | {
                "counters": many("The counters.", "tally"),
                "because": many("Claims that only this replay has.", "rival_claim"),
                "why": many("How the number comes about, as sentences.", TEXT),
            }
        ),
    },
    "edit": {
        "description": "A record of the script that differs.",
        **keys(
            {
                "how": text("What became of it.", "added", "removed", "changed"),
                "kind": text("event, claim, place, source …"),
                "of": text("Its id; of a claim its event's."),
                "what": text("The summary, the name or the citation."),
                "fields": many(
                    "Of a changed record.", keys({"key": TEXT, "before": TEXT, "after": TEXT})
                ),
            }
        ),
    },
    "problem": {
        "description": "An error, located.",
        **keys(
            {
                "code": TEXT,
                "message": TEXT,
                "hint": maybe("What to do."),
                "excerpt": maybe("The line of the file."),
            },
            {"file": TEXT, "line": {"type": "integer"}, "column": {"type": "integer"}},
        ),
    },
    "delay": {
        "description": "How long the news of an event took.",
        **keys(
            {
                "event": TEXT,
                "summary": TEXT,
                "happened": maybe(DATE),
                "reported": maybe(DATE),
                "basis": text("Where the report date is from: claim, carrier, publication …"),
                "days": keys(
                    {
                        "least": number("Null if not known.", null=True),
                        "most": number("Null if not known.", null=True),
                    }
                ),
                "reports": many(
                    "The reports, the first one first.",
                    keys(
                        {
                            **{k: CLAIM[k] for k in ("source", "locator", "reporter", "via")},
                            "reported": maybe(DATE),
                            "basis": TEXT,
                        }
                    ),
                ),
            },
            {"others": many("Accounts with another day.", "delay")},
        ),
    },
}
COMMON["denied"]["properties"]["against"] = WHY["against"]
