"""The form of arrows and arcs."""

from __future__ import annotations

import math

from replay.picture.items import Point


def cut(a: Point, b: Point, by: float) -> tuple[Point, Point]:
    """The point that lies `by` pixels before the end of a line, and the end."""
    length = math.dist(a, b) or 1.0
    t = max(0.0, 1 - by / length)
    return Point(round(a.x + (b.x - a.x) * t, 2), round(a.y + (b.y - a.y) * t, 2)), b


def arrow(a: Point, b: Point, wide: float) -> tuple[Point, ...]:
    """An arrow that tapers from nothing to a head of `wide` pixels to each side."""
    length = math.dist(a, b) or 1.0
    dx, dy = (b.x - a.x) / length, (b.y - a.y) / length
    neck = max(0.0, length - wide * 1.7)

    def at(along: float, across: float) -> Point:
        return Point(
            round(a.x + dx * along - dy * across, 2), round(a.y + dy * along + dx * across, 2)
        )

    return (
        at(0, -wide * 0.12),
        at(neck, -wide * 0.42),
        at(neck, -wide),
        at(length, 0),
        at(neck, wide),
        at(neck, wide * 0.42),
        at(0, wide * 0.12),
    )


def head(a: Point, b: Point, wide: float) -> tuple[Point, ...]:
    """The head of an arrow alone."""
    length = math.dist(a, b) or 1.0
    dx, dy = (b.x - a.x) / length * wide / 2, (b.y - a.y) / length * wide / 2
    return Point(a.x - dy, a.y + dx), b, Point(a.x + dy, a.y - dx)


def arc(at: Point, reach: float, share: float) -> tuple[Point, ...]:
    """A part of a circle, clockwise from the top, as points."""
    count = max(2, round(36 * share) + 1)
    turns = (2 * math.pi * share * n / (count - 1) for n in range(count))
    return tuple(
        Point(round(at.x + reach * math.sin(t), 2), round(at.y - reach * math.cos(t), 2))
        for t in turns
    )
