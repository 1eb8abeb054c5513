"""How the stream runs through a container: down its rows, or out into a branch and back."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from designer.ui.canvas.laid import GAP, JOIN, OUTPUT, PORT, RING, STREAM, Laid, Lane, Row
from designer.ui.canvas.look import Look
from designer.ui.canvas.strokes import (
    PORT_RADIUS,
    SUM,
    Port,
    paint_dot,
    paint_fork,
    paint_head,
    paint_line,
    paint_return,
    paint_sum,
)
from designer.ui.canvas.words import begun

BESIDE_THE_LINE = frozenset({"parallel", "choose"})
"""Layouts whose rows do not follow one another."""
FORK = 11
"""From the top of a Residual to the dot where its branch leaves."""
FORKS = 16
"""From where the stream forks down to what stands side by side."""
BENT = 12
"""A branch no further from the stream than this is the stream, bent."""
RETURN = 12
"""From its bottom to where the branch comes back."""


class Stretch(NamedTuple):
    """A row as it stands at this moment: its blocks' areas in the container; none of an opened gap."""

    row: Row | None
    areas: tuple[QRectF, ...]

    @property
    def top(self) -> float:
        """Where the stream meets it."""
        return self.areas[0].top()

    @property
    def bottom(self) -> float:
        """Where it leaves its first block."""
        return self.areas[0].bottom()


class Course(NamedTuple):
    """What is in sight of one lane of a container: its rows in order, and whether the first and the last of
    the lane are among them."""

    lane: Lane
    stretches: Sequence[Stretch]
    begins: bool
    ends: bool


def paint_current(painter: QPainter, look: Look, laid: Laid, area: QRectF, course: Course) -> None:
    """The stream of a container in its own coordinates, along one of its lanes."""
    layout = laid.shown.layout
    if laid.forked:
        _branches(painter, look, laid, area, course)
    if layout in BESIDE_THE_LINE:
        return
    if layout == "residual":
        _branch(painter, look, laid, area, course)
        return
    margins, lane = laid.margins, course.lane
    if margins is None:
        return
    x = area.left() + laid.stream + lane.x
    at = (x, area.top() + margins.enter) if course.begins and not laid.seamless else None
    for stretch in course.stretches:
        at = _past(painter, look, x, stretch, at)
    if course.ends and lane == laid.columns[-1] and at is not None and not laid.seamless:
        _leave(painter, look, laid, x, at, area.bottom() - margins.leave)


def _leave(
    painter: QPainter, look: Look, laid: Laid, x: float, at: tuple[float, float], bottom: float
) -> None:
    """Down from the last row: out of the frame, into a port, or to where it is kept for others."""
    if laid.bare:
        y = bottom - OUTPUT + RING
        paint_line(painter, look, at[0], at[1], x, y - PORT_RADIUS)
        paint_head(painter, look, x, y - PORT_RADIUS)
        return
    end = at[0] if laid.shown.begins else x
    paint_line(painter, look, at[0], at[1], end, bottom)
    if laid.shown.begins:
        paint_dot(painter, look, end, bottom)
    elif laid.margins is not None and laid.margins.leave:
        paint_head(painter, look, end, bottom)


def _past(
    painter: QPainter, look: Look, x: float, stretch: Stretch, at: tuple[float, float] | None
) -> tuple[float, float]:
    """Down from `at` to a row and through it; where the stream goes on from there."""
    row = stretch.row
    place = row.places[0] if row is not None and not row.aside else None
    entry = stretch.areas[0].left() + place.laid.stream if place is not None else x
    if at is not None and stretch.top > at[1]:
        paint_line(painter, look, at[0], at[1], entry, stretch.top)
        if place is not None and stretch.top - at[1] >= GAP - 1 and _arrives(place.laid):
            paint_head(painter, look, entry, stretch.top)
    if row is None:
        return entry, stretch.bottom
    if row.aside:
        paint_line(painter, look, x, stretch.top, x, stretch.top + row.height)
    if row.begins and place is not None:
        y = stretch.bottom + PORT - PORT_RADIUS
        Port(x, (begun(place.laid.shown), ""), look).paint(painter, y)
        return x, y + PORT_RADIUS
    if row.joined:
        return x, _join(painter, look, x, stretch, row)
    return entry, stretch.top + row.height


def _arrives(laid: Laid) -> bool:
    """Whether the stream arrives at something there, and does not just go on inside."""
    if laid.margins is None or laid.shown.closed:
        return True
    if laid.seamless:
        first = laid.rows[0]
        return not first.aside and _arrives(first.places[0].laid)
    return laid.shown.layout not in ("stack", "encoder", "residual") and not laid.forked


def _join(painter: QPainter, look: Look, x: float, stretch: Stretch, row: Row) -> float:
    """What stands beside comes in from the right and is added; where the sum ends."""
    y = stretch.bottom + JOIN
    for area, place in zip(stretch.areas, row.places, strict=True):
        tile = area.left() + place.laid.stream
        if tile == x:
            paint_line(painter, look, x, stretch.bottom, x, y)
        else:
            paint_return(painter, look, tile, stretch.bottom, x + SUM, y)
    paint_sum(painter, look, x, y)
    return y + SUM


def _branch(painter: QPainter, look: Look, laid: Laid, area: QRectF, course: Course) -> None:
    """A residual: the stream passes at the left, the branch leaves at a dot and is added again."""
    x, back, stretches = area.left() + laid.stream, area.bottom() - RETURN, course.stretches
    paint_line(painter, look, x, area.top(), x, area.bottom())
    if not stretches or laid.margins is None:
        return
    branch = area.left() + laid.margins.left + STREAM
    if course.begins:
        paint_fork(painter, look, x, area.top() + FORK, branch, stretches[0].top)
    for above, below in pairwise(stretches):
        paint_line(painter, look, branch, above.bottom, branch, below.top)
    if course.ends:
        paint_return(painter, look, branch, stretches[-1].bottom, x, back)
        paint_sum(painter, look, x, back)


def _branches(painter: QPainter, look: Look, laid: Laid, area: QRectF, course: Course) -> None:
    """A parallel: the stream forks above what stands side by side, and their sum goes on below."""
    stretch = next((each for each in course.stretches if each.row is not None), None)
    if stretch is None or stretch.row is None:
        return
    x, fork = area.left() + laid.stream, stretch.top - FORKS
    join = max(branch.bottom() for branch in stretch.areas) + JOIN
    paint_line(painter, look, x, area.top(), x, fork)
    for branch, place in zip(stretch.areas, stretch.row.places, strict=True):
        entry = branch.left() + place.laid.stream
        if abs(entry - x) <= BENT:
            paint_line(painter, look, x, fork, entry, branch.top())
            paint_head(painter, look, entry, branch.top())
            paint_line(painter, look, entry, branch.bottom(), x, join)
        else:
            paint_fork(painter, look, x, fork, entry, branch.top())
            paint_return(painter, look, entry, branch.bottom(), x + SUM, join)
    paint_sum(painter, look, x, join)
    paint_line(painter, look, x, join + SUM, x, area.bottom())
