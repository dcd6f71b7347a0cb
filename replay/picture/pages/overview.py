"""The campaign in charts: a page with several of them."""

from __future__ import annotations

from replay.foundation import theme
from replay.picture.charts import CHARTS, Chart
from replay.picture.items import Box, Item, Layer, Picture, Point, Text
from replay.picture.layers.text_metrics import fitted, wrapped
from replay.picture.pages.chart import key
from replay.picture.pages.maps import Atlas
from replay.picture.pages.page import head


def overview_page(atlas: Atlas) -> Picture:
    """All charts that have a name of their own, two and two."""
    page, timeline = atlas.page, atlas.timeline
    u, body = page.u, page.body
    made = [kind.make(timeline) for kind in CHARTS.values()]
    across = 1 if page.size[1] > page.size[0] else 2
    down = -(-len(made) // across)
    gap = 40 * u
    w, h = (body.w - gap * (across - 1)) / across, (body.h - gap * (down - 1)) / down
    items: list[Item] = []
    for n, chart in enumerate(made):
        at = Point(body.x + n % across * (w + gap), body.y + n // across * (h + gap))
        items += _cell(chart, Box(at.x, at.y, w, h), u)
    top = head(page, timeline, "The campaign in charts")
    return Picture(page.size, theme.PAPER, (Layer("charts", (*top, *items)),))


def _cell(chart: Chart, box: Box, u: float) -> list[Item]:
    """A chart with its title, what it says, and its key."""
    title = fitted(chart.title, 16 * u, box.w, True)
    says = [
        Text(
            at=Point(box.x, box.y + (31 + 14 * n) * u),
            text=line,
            size=10.5 * u,
            colour=theme.SOFT,
        )
        for n, line in enumerate(wrapped(chart.says, 10.5 * u, box.w, 2))
    ]
    low = box.bottom - 12 * u
    drawn = Box(box.x, box.y + 84 * u, box.w, box.h - 84 * u - 36 * u)
    return [
        Text(at=Point(box.x, box.y + 14 * u), text=title, size=16 * u, bold=True, colour=theme.INK),
        *says,
        *chart.draw(drawn, u),
        *key(chart, Point(box.x, low), u * 0.92, box.w),
    ]
