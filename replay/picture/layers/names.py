"""Names on the map: each is placed once for all days, so that none collides and none jumps."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from replay.foundation import theme
from replay.model import Scenario
from replay.picture.items import Box, Point
from replay.picture.layers.label_space import Board, Name, placed
from replay.picture.layers.text_metrics import wrapped

if TYPE_CHECKING:
    from replay.picture.layers.frame import Site


def place_names(
    scenario: Scenario, sites: Sequence[Site], boards: list[Board], u: float
) -> tuple[tuple[Name, ...], tuple[str, ...]]:
    """The names of places, important ones first, and the places for which there was no room."""
    for site in sites:
        if not site.ring:
            boards[site.window].take(mark_box(site, u))
    named = [s for s in sites if s.named and not (s.ring and scenario.place[s.place].context)]
    for site in named:
        if not site.ring and len(named) <= MOST:
            boards[site.window].spots.append(site.at)
    order = sorted(named, key=lambda s: _rank(scenario, s, named))[:MOST]
    left = [s.place for s in sites if s.named and s not in order] if len(named) > MOST else []
    sights = [list(board.lines) for board in boards]
    sight = {line for lines in sights for line in lines}
    best: tuple[list[Name], list[Site], list[Board]] | None = None
    for _ in range(ROUNDS if len(order) <= MANY else 1):
        tried = [board.copy() for board in boards]
        found, missed = _place_all(scenario, order, tried, u)
        if best is None or _loss(scenario, missed) < _loss(scenario, best[1]):
            best = found, missed, tried
        if not missed:
            break
        order = missed + [site for site in order if site not in missed]
    assert best is not None
    found, missed, boards[:] = best
    if missed:  # better a name across an arrow, or a line of sight of an inset, than none
        for board in boards:
            board.lines = [line for line in board.lines if line not in sight]
        more, missed = _place_all(scenario, missed, boards, u)
        found = [*found, *more]
        for board, lines in zip(boards, sights, strict=True):
            board.lines += lines
    return tuple(found), (*(site.place for site in missed), *left)


def _loss(scenario: Scenario, missed: Sequence[Site]) -> float:
    """How bad it is that some places stay without a name: a town is as bad as four villages."""
    kinds = (scenario.place[site.place].kind for site in missed)
    return sum(4.0 if kind in ("city", "town") else 1.0 for kind in kinds)


MOST = 300
"""How many names are tried at all."""
ROUNDS, MANY = 8, 120
"""How often names are placed anew, those first that had no room before; but many only once."""


def _place_all(
    scenario: Scenario, order: Sequence[Site], boards: list[Board], u: float
) -> tuple[list[Name], list[Site]]:
    """Names in the order of sites, each where it finds room, and the sites that found none."""
    found: list[Name] = []
    missed: list[Site] = []
    for site in order:
        place = scenario.place[site.place]
        context = bool(place.context)
        size = (name_size(place.kind) - (1.5 if context else 0.0)) * u
        lines = tuple(wrapped(place.name, size, 130 * u, 2))
        name = None
        for at, mark in _anchors(site, boards[site.window], u):
            name = placed(
                boards[site.window],
                site.place,
                lines,
                at,
                mark,
                size,
                bold=place.kind == "city" and not context,
                italic=context,
                far=not site.ring,
            )
            if name is not None:
                break
        if name is None:
            missed.append(site)
        else:
            found.append(name)
    return found, missed


def _anchors(site: Site, board: Board, u: float) -> Iterator[tuple[Point, Box]]:
    """Where a name may hang: at its mark, or anywhere on a ring."""
    if not site.ring:
        yield site.at, mark_box(site, u)
        return
    for n in range(16):
        a = math.radians(45 + n * 22.5)
        at = Point(site.at.x + site.radius * math.cos(a), site.at.y - site.radius * math.sin(a))
        if board.free(Box(at.x - 1, at.y - 1, 2, 2)):
            yield at, Box(at.x - 1, at.y - 1, 2, 2)


def _rank(scenario: Scenario, site: Site, others: Sequence[Site]) -> tuple[object, ...]:
    """Cities first; among equals those in the thick of it, for they have the least choice."""
    place = scenario.place[site.place]
    near = 0
    if len(others) <= MOST:
        near = sum(
            math.dist(site.at, other.at) < 45 for other in others if other.window == site.window
        )
    return bool(place.context), theme.rank_of(place.kind) // 3, -near, site.place


def name_size(kind: str) -> float:
    """Size of a place's name on a page 720 pixels high."""
    return {"city": 12.0, "town": 11.5}.get(kind, 10.0)


def mark_box(site: Site, u: float) -> Box:
    """The room that a mark takes, with the ring or the glow that some day may give it."""
    r = site.size / 2 + (6.0 * u if site.named else 1.0 * u)
    return Box(site.at.x - r, site.at.y - r, 2 * r, 2 * r)
