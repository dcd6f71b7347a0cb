"""For each code of the lint a small scenario that it asks about, and the like of it in order.

The page `docs/lint.md` shows them, and the tests replay them: the bad one has this finding and no
other, the good one has none, and the reason silences it.
"""

from __future__ import annotations

from dataclasses import dataclass

HEAD = """\
scenario: lint
title: What is asked
window: 2017-10-25/2017-11-05
include: example.yaml
sides:
  - {id: iraq, name: government, letter: G}
  - {id: isil, name: ISIL, letter: i}
forces:
  - {id: army, name: the army, side: iraq}
  - {id: reserve, name: the reserve, side: iraq, first: 2017-10-30}
  - {id: fighters, name: ISIL fighters, side: isil}
voices:
  - {id: general, name: the general, side: iraq}
persons:
  - {id: leader, name: a leader, side: isil}
sources:
  - {id: article, title: An article}
  - {id: paper, title: A newspaper}
places:
  - {id: town, name: Town, position: {lat: 34.0, lon: 41.0, estimated: 10}}
  - {id: village, name: Village, position: {from: town, km: 20, bearing: east}}
areas:
  - {id: desert, name: Desert, km2: 1000}
events:
  - id: before
    type: hold
    date: 2017-10-25
    place: [town, village]
    by: isil
    summary: ISIL holds both places.
    claims: [{cite: article p1}]
"""
"""What all examples stand on; each is the file that this script includes."""


@dataclass(frozen=True)
class Example:
    """What a rule asks and why, a scenario that it asks about, and one in order."""

    asks: str
    bad: str
    good: str
    reason: str
    """Why an author may leave it as it is."""
    of: tuple[str, ...]
    """What the findings of the bad one are about."""


def event(
    name: str, type_: str, summary: str, *more: str, claims: str = "[{cite: article p2}]"
) -> str:
    """An event in block style; `more` are its further lines."""
    lines = [f"type: {type_}", *more, f"summary: {summary}", f"claims: {claims}"]
    return f"  - id: {name}\n" + "".join(f"    {line}\n" for line in lines)


def taken(name: str, date: str, *more: str, place: str = "town", by: str = "army") -> str:
    """A capture."""
    return event(
        name,
        "capture",
        f"The {place} is taken.",
        f"date: {date}",
        *more,
        f"place: {place}",
        f"by: {by}",
    )


def events(*written: str) -> str:
    """A file of events."""
    return "events:\n" + "".join(written)


def _people(kind: str) -> str:
    number = f"tallies: [{{name: inhabitants, {kind}: 5000}}]"
    return event(
        "people", "count", "People are counted.", "date: 2017-10-27", "place: town", number
    )


def _losses(name: str, date: str, period: str, total: int) -> str:
    counted = f"{{name: killed, of: isil, where: everywhere, period: {period}, total: {total}}}"
    return event(name, "losses", "The dead are counted.", f"date: {date}", f"tallies: [{counted}]")


def _phases(*more: str, end: str = "2017-10-29/2017-11-05") -> str:
    return "\n".join(
        [
            "phases:",
            "  - {id: opening, name: Opening, period: 2017-10-25/2017-10-27}",
            f"  - {{id: end, name: End, period: {end}}}",
            *more,
            "",
        ]
    )


def _killed(date: str) -> str:
    return event("death", "kill", "The leader is killed.", f"date: {date}", "person: leader")


def _seen(date: str) -> str:
    return event(
        "seen",
        "report-presence",
        "The leader is seen.",
        f"date: {date}",
        "by: leader",
        "place: town",
    )


def _cleared(number: int) -> str:
    more = ("date: 2017-10-27", "place: desert", "by: iraq", f"km2: {number}")
    return event("cleared", "clear", "The desert is cleared.", *more)


_TWIN = "places:\n  - {id: twin, name: Twin, perhaps: town, position: {from: town, km: 5}}\n"
_QUARTER = (
    "places:\n  - {id: quarter, name: Quarter, part_of: town, position: {from: town, km: 2}}\n"
)
_CONTEST = event(
    "entered", "contest", "The army enters the town.", "date: 2017-10-28", "place: town", "by: army"
)


def _listed_twice(date: str) -> str:
    return (
        "reports:\n"
        "  - {id: wire, title: The town falls, published: 2017-10-28, cite: article p60}\n"
        "  - {id: again, title: The town falls, same_as: wire, cite: paper p7,\n"
        f"     published: {date}}}\n"
    )


def _inherited(date: str) -> str:
    return (
        "events:\n"
        "  - id: taken\n"
        "    type: report-presence\n"
        "    date: 2017-10-28\n"
        "    place: town\n"
        "    by: army\n"
        "    summary: The army is at the town.\n"
        "    claims: [{cite: article p2.s1, reported: 2017-10-29}]\n"
        "  - id: left\n"
        "    type: report-presence\n"
        f"    date: {date}\n"
        "    place: village\n"
        "    by: army\n"
        "    summary: The army is at the village.\n"
        "    claims: [{cite: article p2.s2, reported: inherited}]\n"
    )


_GIVEN = event(
    *("given", "hand-over", "The town is given.", "date: 2017-10-28", "place: town"),
    *("by: iraq", "to: isil"),
)


def _denied(more: str = "") -> str:
    claims = f"claims: [{{cite: article p1, denies: true}}{more}]"
    return (
        "  - {id: taken, type: capture, date: 2017-10-28, place: town, by: iraq, summary: s,\n"
        f"     {claims}}}\n"
    )


EXAMPLES: dict[str, Example] = {
    "L301": Example(
        "The same event is often told twice, under two dates or by two sources, and encoded as two."
        " Or the place was lost in between and no source says so. Where places may be one, L314"
        " asks.",
        events(taken("taken", "2017-10-27"), taken("again", "2017-10-31")),
        events(
            taken("taken", "2017-10-27"),
            taken("lost", "2017-10-29", by="fighters"),
            taken("again", "2017-10-31"),
        ),
        "two villages beside the town are meant",
        ("again",),
    ),
    "L302": Example(
        '"By the 28th" has no first day, so that the event may have happened at any time before.'
        " Mostly it cannot have preceded something: the launch, the fall of the place before it.",
        events(taken("taken", "../2017-10-28")),
        events(taken("taken", "../2017-10-28", "after: before")),
        "no document gives a first day",
        ("taken",),
    ),
    "L303": Example(
        "What happens after the last day of the window is never replayed. Events before the window"
        " are in order: they set the opening state.",
        events(taken("taken", "2017-11-06")),
        events(taken("taken", "2017-11-04/2017-11-06")),
        "the sequel stands in the list of events only",
        ("taken",),
    ),
    "L304": Example(
        "Days that belong to no phase are either forgotten or a pause, and a pause has a reason.",
        _phases(),
        _phases(
            "pauses:", "  - {period: 2017-10-28, reason: the sources tell nothing of this day}"
        ),
        "the day of the storm is told with the phase after it",
        ("end",),
    ),
    "L305": Example(
        "A fight that no source ends is mostly one whose end was not encoded.",
        events(_CONTEST),
        events(_CONTEST, taken("taken", "2017-10-30")),
        "no source says who had it in the end",
        ("town",),
    ),
    "L306": Example(
        "Two events of one day that give a place different holders, or anything else different"
        " values: the order decides, and the order of the file is no evidence, so that both stay"
        " possible. `after:` or an hour says which came first. Dates that only overlap are in"
        " order; their days stay possible.",
        events(taken("taken", "2017-10-27"), taken("back", "2017-10-27", by="fighters")),
        events(
            taken("taken", "2017-10-27"),
            taken("back", "2017-10-27", "after: taken", by="fighters"),
        ),
        "the sources leave the order open",
        ("back",),
    ),
    "L307": Example(
        "A running total that falls is an increment, or of another period or place, or a correction"
        " that deserves a note. Bounds that overlap are in order.",
        events(
            _losses("first", "2017-10-27", "2017-10-25/2017-10-27", 9),
            _losses("then", "2017-10-29", "2017-10-25/2017-10-29", 5),
        ),
        events(
            _losses("first", "2017-10-27", "2017-10-25/2017-10-27", 9),
            _losses("then", "2017-10-29", "2017-10-28/2017-10-29", 5),
        ),
        "the counter took back what it had said before",
        ("then",),
    ),
    "L340": Example(
        "How many people are in a town, how strong a garrison is, how many per cent are left:"
        " such a number is a `level`, which is never added up. Given as `add` it would be.",
        events(_people("total")),
        events(_people("level")),
        "the source counts those who came",
        ("people",),
    ),
    "L308": Example(
        "An event without a last day never takes effect on the map. It stays in the log, on the"
        " list of undated events and in every export.",
        events(
            event("clash", "clash", "They fight.", "place: town", "by: army", "against: fighters")
        ),
        events(
            event(
                "clash",
                "clash",
                "They fight.",
                "date: 2017-10-26/2017-10-29",
                "place: town",
                "by: army",
                "against: fighters",
            )
        ),
        "no document gives a day",
        ("clash",),
    ),
    "L309": Example(
        "A place in no event is a misspelled id elsewhere, or there for orientation only.",
        "places:\n  - {id: hill, name: Hill, position: {from: town, km: 5, bearing: north}}\n",
        "places:\n  - {id: hill, name: Hill, position: {from: town, km: 5, bearing: north}, "
        "context: true}\n",
        "its events are not written yet",
        ("hill",),
    ),
    "L310": Example(
        "Who acts after a death, or before the first day that its force gives, is another one, or a"
        " date is wrong. A death that may have come later is in order.",
        events(
            _killed("2017-10-27"), _seen("2017-10-29"), taken("early", "2017-10-28", by="reserve")
        ),
        events(_killed("2017-10-27/2017-10-30"), _seen("2017-10-29")),
        "reported dead and seen again; no source decides",
        ("seen", "early"),
    ),
    "L311": Example(
        "One sentence is one witness, however often it is cited.",
        events(
            event(
                "taken",
                "capture",
                "The town is taken.",
                "date: 2017-10-27",
                "place: town",
                "by: army",
                claims="[{cite: article p2}, {cite: article p2, reporter: general}]",
            )
        ),
        events(
            event(
                "taken",
                "capture",
                "The town is taken.",
                "date: 2017-10-27",
                "place: town",
                "by: army",
                claims="[{cite: article p2.s1}, {cite: article p2.s2, reporter: general}]",
            )
        ),
        "the sentence quotes the general and adds a remark of its own",
        ("taken",),
    ),
    "L312": Example(
        "A place that nothing locates stands in the list beside the map, and an area around it is"
        " not drawn. A distance without a"
        " direction is a ring, and an estimate with an honest radius is a position.",
        "places:\n  - {id: hill, name: Hill, context: true}\n",
        "places:\n  - {id: hill, name: Hill, context: true, position: {from: town, km: 5}}\n",
        "no document says where it is",
        ("hill",),
    ),
    "L313": Example(
        "More is taken than the area or route has: an increment that is a total, or sources that"
        " contradict. An amount that may be as large is in order.",
        events(_cleared(1200)),
        events(_cleared(1000)),
        "the sources contradict each other",
        ("cleared",),
    ),
    "L314": Example(
        "Two names that may be one place (`perhaps:`), both taken by one side, may be one event"
        " told twice.",
        _TWIN
        + events(taken("taken", "2017-10-27"), taken("twin-taken", "2017-10-29", place="twin")),
        _TWIN
        + events(
            taken("taken", "2017-10-27"),
            taken("twin-taken", "2017-10-29", place="twin", by="fighters"),
        ),
        "no source joins the two names",
        ("twin",),
    ),
    "L315": Example(
        "A side that takes what it held all the time: `by` names the wrong side, or a loss is"
        " missing. A loss that may have come before is in order.",
        events(taken("taken", "2017-10-27", by="fighters")),
        events(taken("lost", "2017-10-26"), taken("taken", "2017-10-27", by="fighters")),
        "the source calls the defence a capture",
        ("taken",),
    ),
    "L316": Example(
        "One report under two ids, or one voice under two, is two witnesses to the program."
        " `same_as` joins reports. Reports of different days are in order.",
        "reports:\n  - {id: wire, title: The town falls, cite: article p60}\n"
        "  - {id: again, title: the Town falls, cite: paper p7}\n",
        "reports:\n  - {id: wire, title: The town falls, cite: article p60}\n"
        "  - {id: again, title: the Town falls, cite: paper p7, same_as: wire}\n",
        "two editions with one headline by two authors",
        ("again",),
    ),
    "L317": Example(
        "Phases are chapters: a day is told with one of them. What goes on beside another is an"
        " operation.",
        _phases(end="2017-10-26/2017-11-05"),
        _phases(end="2017-10-28/2017-11-05"),
        "two fronts with days in common are told apart",
        ("end",),
    ),
    "L320": Example(
        "`same_as` says that two sources list one report, which came out once. What the known-on"
        " view takes for its date is then open; it takes the later one.",
        _listed_twice("2017-10-30"),
        _listed_twice("2017-10"),
        "the paper gives the date of its print",
        ("wire",),
    ),
    "L321": Example(
        "`reported: inherited` takes the date of the sentence before, which cannot have reported"
        " what had not happened yet.",
        _inherited("2017-11-02"),
        _inherited("2017-10-28"),
        "the sentence before has the date of the announcement",
        ("left",),
    ),
    "L330": Example(
        "What happens to a place happens to its parts too. If a part is then held by another side"
        " or contested, the place was not taken whole, or an event is missing.",
        _QUARTER
        + events(
            taken("taken", "2017-10-27"),
            taken("quarter-taken", "2017-10-29", place="quarter", by="fighters"),
        ),
        _QUARTER
        + events(
            _CONTEST,
            taken("quarter-taken", "2017-10-29", place="quarter"),
            taken("taken", "2017-10-30"),
        ),
        "the sources mean the town without the quarter",
        ("quarter",),
    ),
    "L331": Example(
        "A force acts for its new side from the last moment of the event by which it changes sides."
        " If another event of the force may be before or after that, say which.",
        events(
            event(
                "joins",
                "reorganise",
                "The fighters change sides.",
                "date: 2017-10-27/2017-10-29",
                "by: fighters",
                "becomes: on the side of the government",
                "side: iraq",
            ),
            event(
                "seen",
                "report-presence",
                "The fighters are in the town.",
                "date: 2017-10-28",
                "by: fighters",
                "place: town",
            ),
        ),
        events(
            event(
                "joins",
                "reorganise",
                "The fighters change sides.",
                "date: 2017-10-27/2017-10-29",
                "by: fighters",
                "becomes: on the side of the government",
                "side: iraq",
            ),
            event(
                "seen",
                "report-presence",
                "The fighters are in the town.",
                "date: 2017-10-28",
                "after: joins",
                "by: fighters",
                "place: town",
            ),
        ),
        "no source says which came first",
        ("seen",),
    ),
    "L332": Example(
        "`becomes` is a text, and changes only what is said of the force. `side` makes it act for"
        " another side.",
        events(
            event(
                "joins",
                "reorganise",
                "The fighters change sides.",
                "date: 2017-10-27",
                "by: fighters",
                "becomes: joins the government",
            ),
        ),
        events(
            event(
                "joins",
                "reorganise",
                "The fighters change sides.",
                "date: 2017-10-27",
                "by: fighters",
                "becomes: joins the government",
                "side: iraq",
            ),
        ),
        "it only negotiates with them",
        ("joins",),
    ),
    "L341": Example(
        "Maps tell sides apart by colour. Where colours look alike, also to people with one of the"
        " three kinds of colour-blindness, the marks of all sides get letters; another colour is"
        " easier to read.",
        "sides:\n  - {id: kurds, name: Kurds, letter: K, colour: blue}\n"
        "  - {id: syria, name: Syria, letter: S, colour: blue}\n",
        "sides:\n  - {id: kurds, name: Kurds, letter: K, colour: yellow}\n"
        '  - {id: syria, name: Syria, letter: S, colour: "#6B0F1A"}\n',
        "both documents draw them so",
        ("syria",),
    ),
    "L342": Example(
        "A mark must stand out from the ground on which it is drawn.",
        'sides: [{id: kurds, name: Kurds, letter: K, colour: "#F5F0E0"}]\n',
        'sides: [{id: kurds, name: Kurds, letter: K, colour: "#6B5A10"}]\n',
        "it is the colour of their flag",
        ("kurds",),
    ),
    "L343": Example(
        "A side can leave or hand over only a place that it holds, contests or surrounds. If it was"
        " not there, `by` is wrong, or the event by which it came is not written yet.",
        events(_GIVEN),
        events(taken("taken", "2017-10-26"), _GIVEN),
        "no source says how they came",
        ("given",),
    ),
    "L344": Example(
        "A denial disputes what somebody else says. If nobody says that the event happened, there"
        " is nothing to dispute, and no answer shows it.",
        events(_denied()),
        events(_denied(", {cite: paper p2}")),
        "the claim that it denies is lost",
        ("taken",),
    ),
}

OTHERS = {
    "L401": "A sentence of a source that no claim, record or statement cites, and that `set_aside`"
    " does not name with a reason. Asked where the texts are at hand (`--texts DIR`). Cite it, or"
    " write `set_aside: {p12.s2: the reason}` in the source.",
    "L402": "A text that is not the one from which `texts.lock` was made: its paragraphs or"
    " sentences differ, so that locators may point elsewhere. Check them, then write the lock anew"
    " with `replay check SCENARIO --texts DIR --lock`.",
    "L403": "An acknowledgement of what is not found: the cause is gone, or the code or the id is"
    " misspelled. Delete it, or correct it. It cannot be acknowledged itself.",
    "L404": "Features of the geography file that no map draws, with number and reason: no geometry,"
    " points only, no property `layer` or one that maps do not draw, a line where an area"
    " is needed, or a place far outside the map. They are about `geography`:"
    " `acknowledge: [{code: L404, of: geography, reason: …}]`.",
}
"""Findings that no rule over the replay makes; they need other files, or the acknowledgements."""
