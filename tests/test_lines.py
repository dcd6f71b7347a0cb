"""The line mode: typed commands and their answers, through the program itself, in a pipe."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from small_texts import locked

import replay
from replay.analysis.compare import compare
from replay.analysis.timeline_distance import place_days, same_state
from replay.frontends.terminal.lines import WORDS, converse
from replay.stepping.key_bindings import KEYS
from replay.stepping.session import Session
from replay.text.narrative import TextLine
from replay.timeline.timeline import Timeline


@pytest.fixture(scope="module")
def flagship() -> Timeline:
    return replay.run(replay.load("western-iraq-2017"))


@pytest.fixture
def walk(flagship: Timeline) -> Session:
    return Session(flagship, on="2017-11-03")


def told(walk: Session, *typed: str) -> str:
    """What is said after the greeting, as one text."""
    said: list[TextLine] = []

    def say(lines: Iterable[TextLine]) -> None:
        said.extend(lines)

    converse(walk, [], say)
    said.clear()
    converse(walk, typed, say)
    return "\n".join(line.text for line in said[said.index(_GREETED) + 1 :])


_GREETED = TextLine("answer", "`help` lists the commands, `quit` leaves.")


def test_one_steps_by_day_event_and_phase(walk: Session) -> None:
    assert told(walk, "next").startswith("4 November 2017 · Al-Qa'im, day 10 of 11")
    assert told(walk, "back 8").startswith("27 October 2017")
    assert "event 1 of 9" in told(walk, "event")
    assert told(walk, "event back").startswith("26 October 2017")
    assert told(walk, "phase").startswith("11 November 2017 · Rawa, day 1 of 7")
    assert told(walk, "phase back").startswith("26 October 2017")
    assert told(walk, "last").startswith("10 December 2017")
    assert told(walk, "next") == "This is the last day."
    assert told(walk, "first", "back").endswith("This is the first day.")
    assert told(walk, f"next {'9' * 5000}").startswith("10 December 2017")


@pytest.mark.parametrize(
    "spelled", ["2017-11-17", "17 nov", "17 November 2017", "November 17", "rawa-taken", "+14"]
)
def test_one_goes_to_a_day_however_it_is_written(walk: Session, spelled: str) -> None:
    assert told(walk, f"goto {spelled}").startswith("17 November 2017")


def test_who_took_al_qaim_who_says_so_and_what_is_disputed(walk: Session) -> None:
    assert "place al-qaim: Al-Qa'im" in told(walk, "find qaim")
    why = told(walk, "why")
    assert "Held by Iraqi government, since 3 November 2017" in why
    assert "Haider al-Abadi (article p34.s4" in why
    assert "(disputed)" in why
    assert "≠ article p10, 3 November 2017: Iraqi army" in why
    assert "before 15 September 2017: held by ISIL" in why
    disputes = told(walk, "disputes")
    assert disputes.startswith("Sources differ on")
    assert "Which forces took Al-Qa'im" in disputes


def test_another_lens_says_how_much_it_changes_and_keeps_the_day(walk: Session) -> None:
    changed = told(walk, "lens only:musings")
    assert "45 of 253 claims; 44 places differ on 2,456 place-days." in changed
    assert "3 November 2017" in changed
    assert "All claims count." in told(walk, "lens default")
    assert "only:afp: Only what" in told(walk, "lens")


def test_what_a_lens_changes_is_counted_as_a_comparison_counts_it(walk: Session) -> None:
    plainly = walk.timeline
    for name in ("only:musings", "without:excerpts", "official:iraq", "latest"):
        walk.through(name)
        found = compare(plainly, walk.timeline)
        expected = len({d.place for d in found.places}), found.place_days
        assert place_days(plainly, walk.timeline) == expected, name
        assert same_state(plainly, walk.timeline) or not found.same, name
    assert "this changes nothing" in told(walk, "lens without:excerpts")


def test_only_what_was_known_on_a_day(walk: Session) -> None:
    assert "as known on 31 October 2017" in told(walk, "known 31 oct")
    assert walk.timeline.known_on == "2017-10-31"
    assert "All claims count." in told(walk, "known")


def test_counts_come_with_their_bounds_and_counters(walk: Session) -> None:
    assert "counted by" in told(walk, "tallies")
    assert "≠" in told(walk, "tallies villages taken")
    assert told(walk, "why villages taken").startswith("villages taken")


WRONG = [
    "foo",
    "next x",
    "next 1 2",
    "goto",
    "goto 2017-11-31",
    "goto 2016-01-01",
    "goto 99999999999999999999",
    "goto +" + "9" * 5000,
    "find",
    "why nobody",
    "lens blah",
    "lens only:nobody",
    "known 2017-13-01",
    "tallies nothing",
    "\x1b[2Jfoo",
]


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_line_gets_a_message_and_the_next_one_its_answer(walk: Session, wrong: str) -> None:
    said = told(walk, wrong, "day")
    assert said.startswith("U50")
    assert "\x1b" not in said
    assert "3 November 2017 · Al-Qa'im" in said


def test_commands_may_be_shortened_where_only_one_begins_so(walk: Session) -> None:
    assert told(walk, "n").startswith("4 November")
    assert told(walk, "f").startswith("U507 there is no command 'f'")
    assert "first or find" in told(walk, "f") or "find or first" in told(walk, "f")


def test_every_command_of_the_table_is_answered_and_in_the_help(walk: Session) -> None:
    listed = told(walk, "help")
    for key in KEYS:
        if key.words:
            assert key.words in listed
    for command in WORDS:
        assert "Traceback" not in told(walk, command)


def test_it_works_in_a_pipe_and_ends_with_its_input(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "replay", "step", "western-iraq-2017", "--on", "rawa-taken"],
        input=b"why rawa\n\xff\xfe\nevent back\n",
        capture_output=True,
        check=True,
    )
    said = run.stdout.decode()
    assert "Held by Iraqi government, since 17 November 2017" in said
    assert "U507 there is no command" in said
    assert said.rstrip().splitlines()[-1].strip()
    assert run.stderr == b""


def test_with_the_texts_the_cited_sentence_stands_below_its_event(tmp_path: Path) -> None:
    folder, papers = locked(tmp_path)
    run = subprocess.run(
        [sys.executable, "-m", "replay", "step", str(folder), "--texts", str(papers)],
        input="event\n",
        capture_output=True,
        check=True,
        text=True,
    )
    assert "gazette p2.s1: “The mill was taken on Friday.”" in run.stdout
