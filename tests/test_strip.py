"""The control strip: one line a place, one character a day; what is written reads back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from replay.model.state import EMPTY, UNKNOWN, Marked, besieged, contested, held
from replay.timeline.strip import control_strip, read_strip
from replay.timeline.timeline import Timeline

LETTERS = {"iraq": "G", "isil": "i"}
SIGNS = {
    "G": held("iraq"),
    "i": held("isil"),
    "x": contested("iraq", "isil"),
    "b": besieged(["isil"], ["iraq"]),
    "_": EMPTY,
    ".": UNKNOWN,
}
MARKS = {" ": "certain", "?": "possible", "~": "disputed"}


def test_a_replay_is_printed_as_a_strip_and_a_legend(timeline: Timeline) -> None:
    """Given
    - {id: held, type: hold, date: 2014, place: [town, station], by: isil, summary: s, claims: [{cite: article p1}]}
    - id: taken
      type: capture
      date: 2017-10-27
      place: station
      by: militia
      summary: s
      claims:
        - {cite: article p2, reporter: reporter}
        - {cite: paper p3, date: 2017-11-03}
    - {id: entered, type: contest, date: 2017-11-02, place: town, by: army, summary: s, claims: [{cite: article p4}]}
    - {id: cleared, type: capture, date: 2017-11-03/2017-11-04, place: town, by: army, summary: s, claims: [{cite: article p5}]}
    """
    assert str(timeline) == (
        "town     iiiiiiiixxGG\n"
        "                  ?\n"
        "station  iiGGGGGGGGGG\n"
        "           ~~~~~~~\n"
        "\n"
        "G government   i ISIL   K Kurds   x contested   b besieged   _ none   . unknown\n"
        "? possible   ~ disputed   (blank: certain)"
    )
    assert read_strip(str(timeline)) == {
        "town": ("iiiiiiiixxGG", "         ?  "),
        "station": ("iiGGGGGGGGGG", "  ~~~~~~~   "),
    }


DAY = st.tuples(st.sampled_from(list(SIGNS)), st.sampled_from(list(MARKS)))
NAMES = st.from_regex(r"[a-z][a-z0-9-]{0,11}", fullmatch=True)


@given(
    st.integers(1, 20).flatmap(
        lambda n: st.dictionaries(NAMES, st.lists(DAY, min_size=n, max_size=n))
    )
)
def test_any_strip_reads_back_as_it_was_written(days: dict[str, list[tuple[str, str]]]) -> None:
    rows = {
        name: [Marked(SIGNS[letter], MARKS[mark]) for letter, mark in own]  # type: ignore[arg-type]
        for name, own in days.items()
    }
    assert read_strip(control_strip(rows.items(), LETTERS)) == {
        name: ("".join(letter for letter, _ in own), "".join(mark for _, mark in own))
        for name, own in days.items()
    }
