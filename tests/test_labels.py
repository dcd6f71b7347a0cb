"""Names on the map, whatever the scenario: none covers another or a mark, none jumps or leaves."""

from __future__ import annotations

import math
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from replay.picture.items import Box, Line, Picture, Symbol, Text
from replay.picture.layers import Frame, frame, picture
from replay.picture.layers.label_space import Board, crosses
from replay.picture.layers.sizes import SIZES
from replay.picture.layers.text_metrics import ASCENT, DESCENT, width
from replay.pipeline import run
from replay.scene import scene
from replay.timeline.timeline import Timeline

KINDS = ("city", "town", "village", "base", "crossing", "airfield", "field")
NAMES = ("Ur", "al-Qa'im", "Khan al-Baghdadi", "border crossing at the long bridge", "Mu", "القائم")


@st.composite
def scripts(draw: st.DrawFn) -> str:
    """A scenario of up to 25 places, crowded or strewn, some of them only roughly located."""
    spread = draw(st.sampled_from((0.02, 0.2, 1.0, 3.0)))
    count = draw(st.integers(1, 25))
    numbers = st.floats(0, 1, allow_nan=False)
    lines = []
    for n in range(count):
        lon = 40 + 0.5 + draw(numbers) * min(spread, 2)
        lat = 33 + 0.5 + draw(numbers) * min(spread, 1)
        exact = draw(st.sampled_from(("gazetteer: GeoNames", "estimated: 12")))
        position = f"{{lat: {lat:.4f}, lon: {lon:.4f}, {exact}}}"
        if n and draw(st.integers(0, 9)) == 0:
            position = "{from: p0, km: 20}"
        name, kind = draw(st.sampled_from(NAMES)), draw(st.sampled_from(KINDS))
        context = ", context: true" if n and draw(st.integers(0, 7)) == 0 else ""
        lines.append(
            f'  - {{id: p{n}, name: "{name}", kind: {kind}, position: {position}{context}}}'
        )
    places = "\n".join(lines)
    return f"""\
scenario: random
title: A random campaign
attribution: "{draw(st.sampled_from(("Ground by hand", "Ground: a long list of those who drew it")))}"
window: 2017-10-25/2017-10-27
map: {{extent: [40.0, 33.0, 43.0, 35.0]}}
sides:
  - {{id: iraq, name: government, letter: G, colour: blue}}
  - {{id: isil, name: ISIL, letter: i, colour: red}}
sources:
  - {{id: article, title: An article, published: 2017-12-10/..}}
places:
{places}
events:
  - {{id: e, type: capture, date: 2017-10-26, place: p0, by: iraq, summary: Taken.,
     claims: [{{cite: article p1.s1}}]}}
"""


def box_of(text: Text) -> Box:
    w = width(text.text, text.size, text.bold, text.italic)
    x = text.at.x - {"left": 0.0, "centre": w / 2, "right": w}[text.align]
    return Box(x, text.at.y - ASCENT * text.size, w, (ASCENT + DESCENT) * text.size)


def of_layer(shown: Picture, name: str) -> list[object]:
    return [item for layer in shown.layers if layer.name == name for item in layer.items]


def check(timeline: Timeline, fixed: Frame) -> None:
    before = None
    for tick in range(3):
        shown = picture(scene(timeline, tick), fixed)
        labels = of_layer(shown, "labels")
        assert before is None or labels == before, "a name jumps"
        before = labels
        names = [item for item in labels if isinstance(item, Text)]
        leaders = [item for item in labels if isinstance(item, Line)]
        boxes = [(text, box_of(text).inset(0.6)) for text in names]
        for (one, a), (other, b) in combinations(boxes, 2):
            same = one.of == other.of and one.at.x == other.at.x
            assert same or not a.overlaps(b), (one.text, other.text)
        for symbol in of_layer(shown, "marks"):
            assert isinstance(symbol, Symbol)
            r = symbol.size / 2
            for text, box in boxes:
                x = min(max(symbol.at.x, box.x), box.right)
                y = min(max(symbol.at.y, box.y), box.bottom)
                assert math.dist((x, y), symbol.at) >= r * 0.95, (text.text, symbol.of)
        for line in leaders:
            for text, box in boxes:
                own = text.of == line.of
                assert own or not crosses((line.points[0], line.points[1]), box), text.text
        for text, box in boxes:
            assert any(window.box.contains(box) for window in fixed.windows), text.text
            for furniture in (fixed.scale_bar, fixed.credit and fixed.credit[0]):
                assert furniture is None or not box.overlaps(furniture), text.text
            for inset in fixed.windows[1:]:
                inside = inset.box.contains(box)
                assert inside or not box.overlaps(inset.box), text.text


@settings(
    max_examples=10,
    phases=(Phase.generate,),
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(script=scripts(), size=st.sampled_from(sorted({*SIZES} - {"a3", "a3-portrait"})))
def test_no_name_covers_another_or_a_mark_or_jumps(tmp_path: Path, script: str, size: str) -> None:
    (tmp_path / "scenario.yaml").write_text(script, "utf-8")
    timeline = run(tmp_path)
    check(timeline, frame(timeline, SIZES[size]))


@pytest.fixture(scope="module")
def flagship() -> Timeline:
    return run("western-iraq-2017")


@pytest.mark.parametrize("size", ["screen", "slide-4x3", "square", "upright", "a4-portrait"])
def test_the_flagship_s_names_do_so_on_every_page(flagship: Timeline, size: str) -> None:
    timeline = flagship
    fixed = frame(timeline, SIZES[size])
    check(timeline, fixed)
    missing = {timeline.scenario.place[p].kind for p in fixed.unnamed}
    assert not missing & {"city", "town"}


def test_the_check_would_find_a_name_that_covers_another(
    flagship: Timeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Board, "free", lambda self, box: True)
    with pytest.raises(AssertionError):
        check(flagship, frame(flagship))
