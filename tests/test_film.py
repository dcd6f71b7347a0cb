"""Films: which shots they have, what each frame shows, and the files in which they are kept."""

from __future__ import annotations

import csv
import re
import subprocess
import warnings
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from small_campaign import SCRIPT, campaign

from replay.foundation.errors import UsageError
from replay.foundation.executors import InProcess, executor
from replay.outputs.formats import export
from replay.outputs.rendering.canvas import Canvas
from replay.outputs.rendering.film import cut, film, wish
from replay.outputs.rendering.film.captions import chapters, cues, metadata, srt, vtt
from replay.outputs.rendering.film.cards import card
from replay.outputs.rendering.film.frame_deltas import dated, shoot, wordless
from replay.outputs.rendering.film.frames import roll
from replay.outputs.rendering.film.pixel_format import STOCKS
from replay.picture.items import Picture, Text
from replay.picture.layers import frame, picture
from replay.scene import scene
from replay.stepping.navigator import course, stays
from replay.timeline.timeline import Timeline

SIZE = (480, 270)
SMALL = {"size": SIZE, "length": 4.0}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Timeline:
    return campaign(tmp_path_factory.mktemp("small"))


# --- the cut ------------------------------------------------------------------------------------


def test_a_film_names_the_campaign_its_phases_and_its_sources(small: Timeline) -> None:
    shots = [shot.phase if shot.kind == "phase" else shot.kind for shot in cut(small)]
    days = ["day"] * 10
    assert shots == ["title", "opening", *days[:4], "end", *days[4:], "closing"]
    assert [shot.kind for shot in cut(small, cards=False)] == days


@pytest.mark.parametrize("pace", ["event", "day", "phase"])
@pytest.mark.parametrize("fps", [7, 10, 25])
def test_each_day_stays_as_long_as_the_pace_of_all_front_ends_says(
    small: Timeline, pace: str, fps: int
) -> None:
    shots = cut(small, fps, pace, cards=False)
    wanted = stays(course(small), pace)  # type: ignore[arg-type]
    for shot in shots[:-1]:
        assert shot.frames / fps == pytest.approx(wanted[shot.tick], abs=1.01 / fps)


@pytest.mark.parametrize("length", [2.0, 3.3, 61.7])
def test_a_film_lasts_exactly_as_long_as_was_asked(small: Timeline, length: float) -> None:
    shots = cut(small, 10, length=length)
    assert sum(shot.frames for shot in shots) == round(length * 10)
    assert min(shot.frames for shot in shots) >= 1


def test_cards_can_be_read_in_a_short_film_and_take_no_longer_in_a_long_one(
    small: Timeline,
) -> None:
    for length, title in ((36.0, 3.0), (12.0, 1.0), (300.0, 3.0)):
        first = cut(small, length=length)[0]
        assert first.frames / 10 == pytest.approx(title, abs=0.2)


def test_a_part_of_the_days_begins_with_their_phase(small: Timeline) -> None:
    shots = cut(small, days=("2017-10-30", "2017-11-01"))
    assert [(s.kind, s.phase) for s in shots[:3]] == [
        ("title", None),
        ("phase", "end"),
        ("day", "end"),
    ]
    assert [s.tick for s in shots if s.kind == "day"] == [5, 6, 7]
    title = card(small, frame(small, SIZE), shots[0])
    assert "30 October – 1 November 2017" in [i.text for i in title.items if isinstance(i, Text)]


def test_a_long_campaign_is_told_in_ten_minutes(tmp_path: Path) -> None:
    script = SCRIPT.replace("window: 2017-10-25/2017-11-03", "window: 2005-01-01/2017-11-03")
    frames = sum(shot.frames for shot in cut(campaign(tmp_path, script=script)))
    assert frames == 6000


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"pace": "evnt"}, "U522 there is no pace 'evnt'"),
        ({"length": 0.5}, "U522 14 days and cards do not fit into 5 frames"),
        ({"length": float("nan")}, "U522"),
        ({"fps": 0}, "U522 a film cannot have 0 frames a second"),
        ({"days": ("2017-11-02", "2017-11-01")}, "U503 a film cannot run"),
        ({"days": ("2017-11-02", "2020-11-01")}, "U503"),
        ({"size": "huge"}, "U520"),
        ({"extra": ("tints",)}, "U520"),
        ({"transitions": -1}, "U522"),
        ({"jobs": 0}, "U507"),
    ],
)
def test_what_cannot_be_filmed_is_refused(
    small: Timeline, tmp_path: Path, options: dict[str, object], code: str
) -> None:
    with pytest.raises(UsageError, match=re.escape(code)):
        export(small, tmp_path / "film.mp4", **options)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_a_video_needs_even_sides(small: Timeline, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"(?s)U520 .*even, as 482x270"):
        export(small, tmp_path / "film.mp4", size=(481, 270))
    assert export(small, tmp_path / "film.gif", size=(481, 271), length=2.0).stat().st_size > 500


# --- frames -------------------------------------------------------------------------------------


def whole(shown: Picture) -> NDArray[np.float64]:
    """A picture as matplotlib draws it as a whole."""
    canvas = Canvas(shown.size, shown.paper)
    canvas.show(shown)
    return canvas.pixels()[..., :3].astype(float)


def expected(timeline: Timeline, fade: int) -> Iterator[NDArray[np.float64]]:
    """Every frame of a film, mixed from whole drawings in numbers with points."""
    fixed, before = frame(timeline, SIZE), None
    for shot in cut(timeline, **LENGTH):
        if shot.kind == "day":
            shown = picture(scene(timeline, shot.tick), fixed)
        else:
            shown = card(timeline, fixed, shot)
        count = 0 if before is None else min(fade, shot.frames - 1)
        stages = [shown]
        if before is not None and shot.kind == "day" and before[0].kind == "day" and count > 1:
            stages = [dated(before[1], shown), wordless(before[1], shown), shown]
        pages = [whole(stage) for stage in stages]
        if len(pages) == 1:
            start = None if before is None else whole(before[1])
            ways = [(start, pages[0], count)]
        else:
            moved = [not np.array_equal(*pair) for pair in pairwise(pages)]
            half = (count // 2 if moved[1] else count) if moved[0] else 0
            ways = [(pages[0], pages[1], half), (pages[1], pages[2], count - half)]
            ways = [way for way, does in zip(ways, moved, strict=True) if does]
        seen = 0
        for start, end, frames in ways:
            for n in range(1, frames + 1):
                assert start is not None
                yield start + (end - start) * n / frames
                seen += 1
        for _ in range(shot.frames - seen):
            yield pages[-1]
        before = shot, shown


LENGTH = {"fps": 10, "length": 8.0}


def test_every_frame_is_what_a_whole_drawing_of_it_is(small: Timeline) -> None:
    """At most one pixel in a thousand differs by more than eight levels, in any frame."""
    wished, stock = wish(SIZE), STOCKS["rgb24"]
    takes = shoot(small, wished, cut(small, **LENGTH), "rgb24", InProcess())
    oracle, count, differing = expected(small, wished.fade), 0, 0
    last: NDArray[np.uint8] | None = None
    for some in roll(takes, stock, SIZE):
        differing += last is not None and not np.array_equal(last, some.planes[0])
        last = some.planes[0].copy()
        for _ in range(some.times):
            far = np.abs(next(oracle) - last).max(axis=2) > 8
            assert far.mean() <= 0.001, count
            count += 1
    assert count == 80
    assert next(oracle, None) is None
    assert differing > 30


def test_words_never_lie_over_other_words(small: Timeline) -> None:
    """In the middle of a transition only the words are seen that both days have."""
    fixed = frame(small, SIZE)
    for tick in range(9):
        old, new = (picture(scene(small, t), fixed) for t in (tick, tick + 1))
        for layer in wordless(old, new).layers:
            words = {item for item in layer.items if isinstance(item, Text)}
            ends = [
                set(p.layers[[x.name for x in p.layers].index(layer.name)].items)
                for p in (old, new)
            ]
            assert words <= (ends[1] if layer.name == "date" else ends[0] & ends[1])


def test_lightness_and_colour_are_those_of_the_standard() -> None:
    """ITU-R BT.709 in the range of television, within little more than one level."""
    rgb = np.random.default_rng(1).integers(0, 256, (64, 64, 1, 3)).astype(np.uint8)
    rgb = np.broadcast_to(rgb, (64, 64, 4, 3)).reshape(64, 64, 2, 2, 3).swapaxes(1, 2)
    rgb = rgb.reshape(128, 128, 3)
    light, bluish, reddish = STOCKS["yuv420p"].planes(rgb)
    r, g, b = (rgb[..., n] / 255 for n in range(3))
    y = 0.2126 * r + 0.7152 * g + 0.0722 * b
    assert np.abs(light - (16 + 219 * y)).max() < 1.2
    assert np.abs(bluish - (128 + 224 * (b - y) / 1.8556)[::2, ::2]).max() < 1.2
    assert np.abs(reddish - (128 + 224 * (r - y) / 1.5748)[::2, ::2]).max() < 1.2


def test_other_processes_make_the_same_frames(small: Timeline) -> None:
    wished, shots, stock = wish(SIZE), cut(small, length=6.0) * 3, "yuv420p"
    with executor(jobs=2) as workers:
        far, near = (
            [(some.times, *map(np.copy, some.planes)) for some in roll(takes, STOCKS[stock], SIZE)]
            for takes in (
                shoot(small, wished, shots, stock, workers),
                shoot(small, wished, shots, stock, InProcess()),
            )
        )
    assert len(far) == len(near)
    for one, other in zip(far, near, strict=True):
        assert all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


# --- files --------------------------------------------------------------------------------------


def ffmpeg(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), *arguments], capture_output=True)


@pytest.mark.parametrize(("suffix", "fps"), [("mp4", 10), ("mp4", 25), ("webm", 10)])
def test_a_film_has_exactly_the_frames_of_its_cut(
    small: Timeline, tmp_path: Path, suffix: str, fps: int
) -> None:
    told: list[tuple[int, int]] = []
    path = tmp_path / f"campaign.{suffix}"
    export(small, path, progress=lambda done, of: told.append((done, of)), fps=fps, **SMALL)
    count, seconds = imageio_ffmpeg.count_frames_and_secs(str(path))
    assert (count, seconds) == (4 * fps, pytest.approx(4.0, abs=0.05))
    assert told[-1] == (4 * fps, 4 * fps)
    assert sorted(told) == told
    if suffix == "mp4":
        assert path.read_bytes()[:4096].index(b"moov") < 100  # it plays before it is loaded


def test_a_film_has_its_title_its_phases_as_chapters_and_the_right_colours(
    small: Timeline, tmp_path: Path
) -> None:
    path = export(small, tmp_path / "campaign.mp4", size=SIZE)
    said = ffmpeg("-hide_banner", "-i", str(path)).stderr.decode()
    assert "title           : A small campaign\n" in said
    names = re.findall(r"Chapter #0:\d+.*?title +: (.*?)\n", said, re.S)
    assert names == ["A small campaign", "Opening", "End", "Sources"]
    starts = [float(start) for start in re.findall(r"start ([\d.]+), end", said)]
    wanted = chapters(small, cut(small), 10)
    assert starts == pytest.approx([part.start / 1000 for part in wanted], abs=0.01)
    assert re.search(r"yuv420p\(tv, bt709", said)
    raw = ffmpeg("-v", "error", "-i", str(path), "-pix_fmt", "rgb24", "-f", "rawvideo", "-").stdout
    last_day = sum(shot.frames for shot in cut(small)[:-1]) - 1
    seen = np.frombuffer(raw, np.uint8).reshape(-1, SIZE[1], SIZE[0], 3)[last_day]
    drawn = whole(picture(scene(small, 9), frame(small, SIZE)))
    assert np.abs(seen - drawn).mean() < 4


@pytest.mark.parametrize("suffix", ["gif", "webp"])
def test_an_animation_repeats_and_lasts_as_long(
    small: Timeline, tmp_path: Path, suffix: str
) -> None:
    path = export(small, tmp_path / f"campaign.{suffix}", **SMALL)  # type: ignore[arg-type]
    total = 0
    with Image.open(path) as animation:
        assert animation.info["loop"] == 0
        for n in range(getattr(animation, "n_frames", 1)):
            animation.seek(n)
            animation.load()
            total += animation.info["duration"]
    assert total == 4000


def test_the_colours_of_an_animation_are_those_of_the_picture(
    small: Timeline, tmp_path: Path
) -> None:
    path = export(small, tmp_path / "c.gif", size=SIZE, cards=False, transitions=False)
    drawn = whole(picture(scene(small, 0), frame(small, SIZE)))
    with Image.open(path) as animation:
        seen = np.asarray(animation.convert("RGB")).astype(float)
    far = np.abs(seen - drawn).max(axis=2)
    assert (far == 0).mean() > 0.9
    assert (far > 24).mean() < 0.001


def test_more_processes_write_the_same_animation(small: Timeline, tmp_path: Path) -> None:
    one = export(small, tmp_path / "1.gif", **SMALL).read_bytes()  # type: ignore[arg-type]
    two = export(small, tmp_path / "2.gif", jobs=2, **SMALL).read_bytes()  # type: ignore[arg-type]
    assert one == two


# --- a folder of frames -------------------------------------------------------------------------


def test_a_folder_has_every_frame_and_says_which_day_it_shows(
    small: Timeline, tmp_path: Path
) -> None:
    path = export(small, tmp_path / "frames", format="frames", **SMALL)  # type: ignore[arg-type]
    names = sorted(p.name for p in path.iterdir() if p.suffix == ".png")
    assert names == [f"{n:06d}.png" for n in range(1, 41)]
    with (path / "days.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert (rows[0]["first"], rows[-1]["last"]) == ("1", "40")
    last_day = next(row for row in rows if row["day"] == "2017-11-03")
    with Image.open(path / f"{int(last_day['last']):06d}.png") as image:
        drawn = whole(picture(scene(small, 9), frame(small, SIZE)))
        assert np.array_equal(np.asarray(image), drawn)


def test_a_folder_takes_the_place_of_its_like_and_of_nothing_else(
    small: Timeline, tmp_path: Path
) -> None:
    path = tmp_path / "frames"
    path.mkdir()
    for length in (3.0, 2.0):
        export(small, path, format="frames", size=SIZE, length=length)
        assert len(list(path.glob("*.png"))) == length * 10
    (path / "days.csv").unlink()
    other = tmp_path / "photographs"
    other.mkdir()
    (other / "aunt.png").write_text("precious")
    with pytest.raises(UsageError, match=r"U506 .* other files in it"):
        export(small, other, format="frames", **SMALL)  # type: ignore[arg-type]
    assert [p.name for p in other.iterdir()] == ["aunt.png"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["frames", "photographs"]


def test_a_stopped_folder_leaves_the_old_one(small: Timeline, tmp_path: Path) -> None:
    path = export(small, tmp_path / "frames", format="frames", size=SIZE, length=2.0)

    def stop(done: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(small, path, format="frames", size=SIZE, length=3.0, progress=stop)
    assert len(list(path.glob("*.png"))) == 20
    assert [p.name for p in tmp_path.iterdir()] == ["frames"]


# --- an encoder that fails ----------------------------------------------------------------------


@pytest.mark.parametrize("after", [0, 200_000])
def test_an_encoder_that_fails_says_why_and_leaves_the_old_file(
    small: Timeline, tmp_path: Path, after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "broken"
    broken.write_text(f"#!/bin/sh\nhead -c {after} > /dev/null\necho no codec today >&2\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", str(broken))
    path = tmp_path / "film.mp4"
    path.write_text("the old one")
    with pytest.raises(UsageError, match=r"U506 .*no codec today"):
        export(small, path, **SMALL)  # type: ignore[arg-type]
    assert path.read_text() == "the old one"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["broken", "film.mp4"]


# --- captions -----------------------------------------------------------------------------------


def test_captions_say_the_day_and_its_events_while_they_are_seen(small: Timeline) -> None:
    shots = cut(small)
    told = list(cues(small, shots, 10))
    assert [cue.text for cue in told[:4]] == [
        "A small campaign",
        "Opening",
        "26 October 2017\nIt begins.",
        "26 October 2017\nAircraft strike.",
    ]
    ends = np.cumsum([shot.frames for shot in shots]) * 100
    day = next(n for n, shot in enumerate(shots) if shot.tick == 1)
    assert (told[2].start, told[3].end) == (ends[day - 1], ends[day])
    assert told[2].end == told[3].start
    assert all(a.start < a.end <= b.start for a, b in pairwise(told))


def test_subtitles_are_written_as_players_read_them(small: Timeline, tmp_path: Path) -> None:
    """Read by ffmpeg, which knows both kinds."""
    for suffix in ("srt", "vtt"):
        path = export(small, tmp_path / f"campaign.{suffix}")
        read = ffmpeg("-v", "error", "-i", str(path), "-f", "srt", "-")
        assert read.stderr == b""
        again = read.stdout.decode().replace("\r", "").strip()
        assert again == srt(cues(small, cut(small), 10)).strip()


def test_captions_run_nothing_and_never_end_too_early() -> None:
    from replay.outputs.rendering.film.captions import Cue

    evil = Cue(0, 3_723_004, "<script>&\n\n--> x")
    assert vtt([evil]) == (
        "WEBVTT\n\n00:00:00.000 --> 01:02:03.004\n&lt;script&gt;&amp;\n--&gt; x\n"
    )
    assert "00:00:00,000 --> 01:02:03,004\n<script>&\n--> x\n" in srt([evil])


def test_a_title_may_have_any_letters() -> None:
    assert "title=a\\=b\\; \\#1 \\\\ c\n" in metadata("a=b; #1 \\ c", [])


def test_hostile_and_foreign_names_are_filmed_as_they_are(tmp_path: Path) -> None:
    script = SCRIPT.replace("title: A small campaign", "title: '$x$ <b> القائم %d'")
    hostile = campaign(tmp_path, script=script)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        export(hostile, tmp_path / "film.mp4", size=SIZE, length=2.0)


def test_a_film_can_be_counted_before_it_is_made(small: Timeline) -> None:
    assert film(small, length=12.3).count == 123
