"""The commands and their `--json`: the shapes that other programs rely on, and what people read.

The shapes are written here once, as JSON Schemas with no key left over; the values are those of the
flagship, read by hand from its documents.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from replay.frontends.cli import start

FLAGSHIP = "western-iraq-2017"


def text(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert start(list(words)) == 0
    said = capsys.readouterr()
    return said.out


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    """The one object that a command prints on standard output."""
    assert start([*words, "--json"]) in (0, 1)
    said = capsys.readouterr()
    assert said.err == ""
    data = json.loads(said.out)
    assert isinstance(data, dict)
    return data


# --- shapes -------------------------------------------------------------------------------------


def an(properties: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
    """An object with exactly these keys."""
    return {
        "type": "object",
        "properties": {**properties, **(optional or {})},
        "required": list(properties),
        "additionalProperties": False,
    }


def by_id(shape: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": shape}


def many(shape: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": shape}


STRING: dict[str, Any] = {"type": "string"}
MAYBE: dict[str, Any] = {"type": ["string", "null"]}
BOUND: dict[str, Any] = {"type": ["number", "null"]}
RANGE = an({"low": BOUND, "best": BOUND, "high": BOUND})
STATUS = {"enum": ["held", "contested", "besieged", "none", "unknown"]}
VALUE = {"status": STATUS, "side": MAYBE, "sides": many(STRING), "by": many(STRING)}
CONTROL = {
    **VALUE,
    "mark": {"enum": ["certain", "possible", "disputed"]},
    "could": many(an(VALUE)),
}
CLAIM = {
    "event": STRING,
    "type": STRING,
    "date": MAYBE,
    "source": STRING,
    "locator": STRING,
    "reporter": MAYBE,
    "via": MAYBE,
    "reported": MAYBE,
}
FLAG = {"type": "boolean"}
NOTED = {"note": STRING, "inherited_from": STRING}
SAYS = {
    "anyOf": [
        an({"value": {}, "date": MAYBE, "denies": FLAG, "silent": FLAG}),
        an({"number": RANGE, "total": FLAG}),
    ]
}
HEAD = {"scenario": STRING, "lens": STRING, "known_on": MAYBE, "on": STRING}
WHY = {
    "since": MAYBE,
    "because": many(an(CLAIM, NOTED)),
    "against": many(an({**CLAIM, "says": SAYS}, NOTED)),
    "next": {
        "anyOf": [{"type": "null"}, an({"date": STRING, "event": STRING, "to": {}})],
    },
}
PENDING = {"pending": many(an(CLAIM, NOTED))}
NAMED = an({"id": STRING, "name": STRING})
DENIED = an(
    {"event": STRING, "date": MAYBE, "because": many(an(CLAIM, NOTED)), "against": {}},
)
PLACE = an(
    {**HEAD, "place": NAMED, "control": an(CONTROL), "as_part_of": many(STRING), **WHY},
    {**PENDING, "formation": {}, "share": {}, "perhaps": many(STRING), "denied": many(DENIED)},
)
AREA = {**CONTROL, "share": RANGE, "km2": RANGE}
ROUTE = {**CONTROL, "share": RANGE, "km": RANGE}
KIND = {"enum": ["add", "total", "level"]}
ADDEND = {
    "event": STRING,
    "kind": KIND,
    "low": BOUND,
    "best": BOUND,
    "high": BOUND,
    "counted_by": STRING,
    "period": MAYBE,
    "mark": STRING,
    "because": many(an(CLAIM, NOTED)),
    "against": many(an({**CLAIM, "says": {}}, NOTED)),
}
TALLY = an(
    {
        "name": STRING,
        "unit": STRING,
        "of": MAYBE,
        "where": many(STRING),
        "period": MAYBE,
        "counted_by": MAYBE,
        "by": MAYBE,
        "kind": KIND,
        "together": {"type": "boolean"},
        "reports": {"type": "integer"},
        "age_days": {"type": ["integer", "null"]},
        "addends": many(an(ADDEND)),
        "low": BOUND,
        "best": BOUND,
        "high": BOUND,
        "since": MAYBE,
        "because": many(an(CLAIM, NOTED)),
        "against": many(an({**CLAIM, "says": SAYS}, NOTED)),
    },
    {"mark": STRING},
)
STATE = an(
    {
        **HEAD,
        "phase": MAYBE,
        "places": by_id(an({"name": STRING, "control": an(CONTROL), "since": MAYBE})),
        "areas": by_id(
            an(
                {
                    "name": STRING,
                    "control": {"anyOf": [an(AREA), an(ROUTE)]},
                    "since": MAYBE,
                }
            )
        ),
        "forces": by_id(
            an(
                {
                    "name": STRING,
                    "side": STRING,
                    "part_of": MAYBE,
                    "presence": many(
                        an(
                            {"place": STRING, "since": MAYBE, "age_days": {"type": "integer"}},
                            {"status": STRING, "mark": STRING},
                        )
                    ),
                    "strength": {"anyOf": [{"type": "null"}, RANGE, {"type": "object"}]},
                    "operations": many(STRING),
                }
            )
        ),
        "tallies": many(TALLY),
    }
)
KINDS_OF_SENTENCES = ("sentences", "cited", "encoded", "named", "set_aside", "open")
CHECK = an(
    {
        "problems": many({"type": "object"}),
        "findings": many({"type": "object"}),
        "disputes": many(
            an({"key": {}, "from": STRING, "to": STRING, "claims": many({"type": "object"})})
        ),
        "disagreements": many(
            an({"from": STRING, "to": STRING, "keys": many({}), "events": many(STRING)})
        ),
        "statements": many(
            an(
                {
                    "id": STRING,
                    "verdict": {"enum": ["supported", "contradicted", "undecidable"]},
                    "kind": {"enum": ["independent", "restates"]},
                    "because": many({"type": "object"}),
                }
            )
        ),
        "tables": many(an({"file": STRING, "rows": {"type": "integer"}, "unread": many(STRING)})),
        "coverage": by_id(an({key: {"type": "integer"} for key in KINDS_OF_SENTENCES})),
    },
    {"scenario": STRING, "lens": STRING, "known_on": MAYBE, "acknowledged": many({})},
)


def fits(data: dict[str, Any], shape: dict[str, Any]) -> None:
    errors = [
        f"{list(e.path)}: {e.message[:200]}" for e in Draft202012Validator(shape).iter_errors(data)
    ]
    assert not errors, errors[:5]


# --- explain ------------------------------------------------------------------------------------


def test_explain_of_a_place_has_the_shape_and_the_claims(
    capsys: pytest.CaptureFixture[str],
) -> None:
    data = answer(capsys, "explain", FLAGSHIP, "rawa", "--on", "2017-11-17")
    fits(data, PLACE)
    assert (data["scenario"], data["lens"], data["known_on"]) == (FLAGSHIP, "default", None)
    assert (data["on"], data["place"]) == ("2017-11-17", {"id": "rawa", "name": "Rawa"})
    assert data["control"] == {
        "status": "held",
        "side": "iraq",
        "sides": ["iraq"],
        "by": [],
        "mark": "certain",
        "could": [],
    }
    assert data["since"] == "2017-11-17"
    assert {(c["source"], c["locator"], c["reporter"]) for c in data["because"]} == {
        ("article", "p37.s4", "yarallah"),
        ("article", "p37.s3", None),
        ("article", "p10", None),
        ("excerpts", "p13", "yarallah"),
    }
    assert data["next"] is None


def test_a_place_that_sources_date_differently_is_disputed_with_both_sides(
    capsys: pytest.CaptureFixture[str],
) -> None:
    data = answer(capsys, "explain", FLAGSHIP, "al-qaim", "--on", "2017-11-02")
    fits(data, PLACE)
    assert data["control"]["status"] == "contested"
    assert data["control"]["sides"] == ["iraq", "isil"]
    assert data["control"]["mark"] == "disputed"
    assert data["control"]["could"] == [
        {"status": "held", "side": "isil", "sides": ["isil"], "by": []}
    ]
    assert [(c["source"], c["locator"]) for c in data["because"]] == [("musings", "p5.s6")]
    assert [(c["source"], c["locator"]) for c in data["against"]] == [
        ("article", "p34.s2"),
        ("article", "p75.s1"),
    ]
    assert data["next"]["date"] == "2017-11-03"


@pytest.mark.parametrize("spelling", ["al-qaim", "Al-Qa'im", "Qaim", "AL QAEM", "al qaim"], ids=str)
def test_a_thing_is_found_by_any_documented_spelling(
    capsys: pytest.CaptureFixture[str], spelling: str
) -> None:
    data = answer(capsys, "explain", FLAGSHIP, spelling, "--on", "2017-11-03")
    assert data["place"]["id"] == "al-qaim"


def test_an_area_is_explained_with_its_share_and_its_ground(
    capsys: pytest.CaptureFixture[str],
) -> None:
    data = answer(capsys, "explain", FLAGSHIP, "al-jazira-desert", "--on", "2017-11-27")
    fits(data["control"], an(AREA))
    assert data["control"]["status"] == "contested"
    assert data["control"]["share"]["best"] == 0.5
    assert data["control"]["km2"]["best"] == 14500


@pytest.mark.parametrize(
    ("moment", "label"),
    [
        ("2017-11-03", "2017-11-03"),
        ("rawa-taken", "2017-11-17"),
        ("2017-11-03T12", "2017-11-03T12:00"),
    ],
)
def test_a_moment_is_a_day_an_hour_or_an_event(
    capsys: pytest.CaptureFixture[str], moment: str, label: str
) -> None:
    assert answer(capsys, "state", FLAGSHIP, "--on", moment)["on"] == label


def test_an_event_without_a_latest_day_is_no_moment(capsys: pytest.CaptureFixture[str]) -> None:
    assert start(["state", FLAGSHIP, "--on", "rockets-into-syria"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "U503" in said.err


# --- state and tally ------------------------------------------------------------------------------


def test_state_has_the_shape(capsys: pytest.CaptureFixture[str]) -> None:
    data = answer(capsys, "state", FLAGSHIP, "--on", "2017-11-03")
    fits(data, STATE)
    assert data["phase"] == "al-qaim"
    held = {p for p, v in data["places"].items() if v["control"]["side"] == "isil"}
    assert held == {"rawa", "al-bukamal"}
    assert data["areas"]["ground-south-of-al-qaim"]["control"]["km2"]["best"] == 301


def test_tally_has_the_shape_and_adds_no_overlap_twice(capsys: pytest.CaptureFixture[str]) -> None:
    data = answer(capsys, "tally", FLAGSHIP, "villages taken", "--on", "2017-10-28")
    fits(data, an({**HEAD, "tallies": many(TALLY)}))
    counted = {t["counted_by"]: (t["low"], t["high"]) for t in data["tallies"] if not t["together"]}
    [total] = [t for t in data["tallies"] if t["together"]]
    assert counted["joc"] == (33, 33)
    assert counted["nina"] == (5, 5)
    assert (total["low"], total["high"]) == (33, 33), (
        "a total contains what others count of the same days"
    )


def test_known_on_admits_only_what_had_been_reported(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("state", FLAGSHIP, "--on", "2017-12-10", "--known-on", "2017-11-04")
    data = answer(capsys, *words)
    assert data["known_on"] == "2017-11-04"
    assert data["places"]["rawa"]["control"]["status"] == "besieged"


def test_a_lens_is_named_in_what_is_made_under_it(capsys: pytest.CaptureFixture[str]) -> None:
    data = answer(capsys, "state", FLAGSHIP, "--on", "2017-11-02", "--lens", "only:article")
    assert data["lens"] == "only:article"
    assert data["places"]["al-qaim"]["control"]["mark"] == "certain"


# --- check ----------------------------------------------------------------------------------------


def test_check_has_the_shape_and_the_flagship_is_clean(capsys: pytest.CaptureFixture[str]) -> None:
    data = answer(capsys, "check", FLAGSHIP)
    fits(data, CHECK)
    assert data["problems"] == []
    assert data["findings"] == []
    assert {s: c["open"] for s, c in data["coverage"].items()} == dict.fromkeys(
        ("article", "musings", "niqash", "excerpts", "afp"), 0
    )


def test_every_sentence_of_the_flagship_is_accounted_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    coverage = answer(capsys, "check", FLAGSHIP)["coverage"]
    for counts in coverage.values():
        assert counts["cited"] + counts["set_aside"] == counts["sentences"]
    assert sum(c["sentences"] for c in coverage.values()) == 446


def test_the_disputes_of_the_flagship_are_those_of_its_documents(
    capsys: pytest.CaptureFixture[str],
) -> None:
    disputes = answer(capsys, "check", FLAGSHIP)["disputes"]
    of = {(d["key"]["aspect"], subject(d["key"]["of"])) for d in disputes}
    assert {
        ("control", "al-qaim"),
        ("control", "al-qaim-station"),
        ("control", "akkas"),
        ("control", "al-bukamal-countryside"),
        ("formation", "al-qaim"),
        ("formation", "al-qaim-station"),
        ("effort", "september-offensive"),
        ("statement", "st-nothing-left"),
        ("statement", "st-last-held-town"),
        ("statement", "st-desert-size"),
        ("tally", "villages taken"),
        ("whole", "al-jazira-desert"),
    } <= of


def subject(of: Any) -> str:
    """The id of a thing, or the name of what is counted."""
    return of if isinstance(of, str) else str(of.get("name", of.get("force")))


def test_the_verdicts_on_the_flagships_statements(capsys: pytest.CaptureFixture[str]) -> None:
    verdicts = {s["id"]: s["verdict"] for s in answer(capsys, "check", FLAGSHIP)["statements"]}
    assert verdicts["st-only-rawa-left"] == "supported"
    assert verdicts["st-last-held-town"] == "contradicted"
    assert verdicts["st-nothing-left"] == "contradicted"
    assert verdicts["st-duration"] == "supported"
    assert verdicts["st-lost-ground"] == "undecidable"


# --- for people -----------------------------------------------------------------------------------


def test_the_narrative_tells_each_phase_with_who_says_so(
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = text(capsys, "run", FLAGSHIP, "--text-only")
    for phase in ("Prelude", "Al-Qa'im", "Rawa", "The al-Jazira desert", "Aftermath"):
        assert f"\n{phase}, " in told
    assert "Joint Operations Command (article p34.s2)" in told
    assert "≠ denies it: Jaafar al-Husseini (article p35.s4)" in told
    assert "\nUndated" in told
    assert not [line for line in told.splitlines() if line.endswith(" ")]


def test_an_explanation_reads_as_sentences(capsys: pytest.CaptureFixture[str]) -> None:
    told = text(capsys, "explain", FLAGSHIP, "Rawa", "--on", "2017-11-16")
    assert "Held by ISIL, besieged by Iraqi government, since 3–4 November 2017" in told
    assert "because: Rawa, the last town, is enclosed." in told
    assert (
        "next, 17 November 2017: contested between Iraqi government and ISIL, besieged by" in told
    )


@pytest.mark.parametrize(
    "command",
    ["list", "new", "check", "cite", "schema", "run", "show", "snapshots", "export", "state",
     "explain", "tally"],
)  # fmt: skip
def test_every_command_has_a_help_that_names_its_options(
    capsys: pytest.CaptureFixture[str], command: str
) -> None:
    told = text(capsys, command, "--help")
    assert f"Usage: replay {command}" in told


def test_the_list_finds_the_shipped_and_the_own(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert start(["new", "scenarios/my-war"]) == 0
    capsys.readouterr()
    told = text(capsys, "list")
    assert FLAGSHIP in told
    assert "my-war" in told
    assert start(["check", "my-war"]) == 0
