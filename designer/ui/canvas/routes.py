"""The ways of the lines that leave the stream: into what reads an encoder, and between ties. Qt-free."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from designer.analysis.links import Link, Way
from designer.ui.canvas.laid import GUTTER, OUTPUT, RING, Laid, Place, Row

MARGIN = 15
"""From the stack to a line beside it."""
RADIUS = 9
"""Of the sign of a port, and of the disc on a tie."""
MOST = 200
"""More lines than this tell nothing."""


class Crossing(NamedTuple):
    """Where a line passes over a stream, and the container whose ground is there."""

    x: int
    y: int
    over: Laid


class Route(NamedTuple):
    """A line from corner to corner on the canvas. `tied`: both ends use a weight, and a disc is half-way;
    else rows flow to the last corner. `crossings` are the streams that it passes over."""

    corners: tuple[tuple[int, int], ...]
    tied: bool
    disc: tuple[int, int] | None = None
    crossings: tuple[Crossing, ...] = ()


def routes(root: Laid, links: Sequence[Link], card: int) -> tuple[Route, ...]:
    """The lines to be drawn: every tie, and what flows from one of two streams to the other.

    `card` is the height of a card of two lines: at a container the line ends at its head.
    """
    found = dict.fromkeys(_routes(root, links, card))
    return tuple(found)[:MOST]


def _routes(root: Laid, links: Sequence[Link], card: int) -> Iterator[Route]:
    for link in links:
        source, user = _seen(root, link.source), _seen(root, link.user)
        if source[-1].laid is user[-1].laid:
            continue
        if link.weight:
            yield _tie(root, source[-1], user[-1], card)
        elif root.stream_at(source[-1].x) < root.stream_at(user[-1].x):
            yield _flow(root, source[-1], user, card)


def _tie(root: Laid, source: Place, user: Place, card: int) -> Route:
    """In the left margin; between two streams in the gutter, and right of the second within it."""
    top, bottom = _middle(source, card), _middle(user, card)
    lanes = root.stream_at(source.x), root.stream_at(user.x)
    start, end = source.x, user.x
    if lanes == (0, 0):
        x = -MARGIN
    elif lanes == (1, 1):
        start, end, x = source.x + source.laid.width, user.x + user.laid.width, root.width + MARGIN
    else:
        x = _gutter(root)
        start, end = (
            at.x + (0 if lane else at.laid.width) for at, lane in zip((source, user), lanes, strict=True)
        )
    corners = ((start, top), (x, top), (x, bottom), (end, bottom))
    return Route(corners, True, (x, (top + bottom) // 2))


def _flow(root: Laid, source: Place, user: Sequence[Place], card: int) -> Route:
    """From the output of one stream up the gutter into what reads it in the other."""
    laid, end, x = source.laid, user[-1], _gutter(root)
    if laid.bare:
        start = source.x + laid.stream + RADIUS, source.y + laid.height - OUTPUT + RING
    else:
        start = source.x + laid.width, _middle(source, card)
    y = _middle(end, card)
    return Route((start, (x, start[1]), (x, y), (end.x, y)), False, None, tuple(_crossed(user, y)))


def _crossed(way: Sequence[Place], y: int) -> Iterator[Crossing]:
    """The streams of the containers around the last of `way` that run at its left."""
    end, holders = way[-1], way[1:-1]
    for x in dict.fromkeys(place.x + place.laid.stream for place in holders):
        if x < end.x:
            yield Crossing(x, y, next(place.laid for place in reversed(holders) if place.x < x))


def _seen(root: Laid, way: Way) -> list[Place]:
    """All from the outermost to a block, or to the closed container that hides it, each with its place on the
    canvas."""
    here = Place(0, 0, root)
    found = [here]
    for index in way:
        rows = here.laid.rows
        if not rows:
            break
        row = rows[bisect_right(rows, index, key=_first) - 1]
        place = row.places[index - row.first]
        here = Place(here.x + place.x, here.y + place.y, place.laid)
        found.append(here)
    return found


def _middle(place: Place, card: int) -> int:
    return place.y + min(place.laid.height, card) // 2


def _gutter(root: Laid) -> int:
    return root.lanes[1].x - GUTTER // 2


def _first(row: Row) -> int:
    return row.first
