"""The ledger: which blocks have a line beside the stack, and at which height. Qt-free.

Only leaves have a share, and a closed container is a leaf, so the column adds up whatever is open. Only
what is in sight is worked out: a design of ten thousand blocks costs as much as the lines that are seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from designer.ui.canvas.laid import Laid, Lane, Slot, is_seamless
from designer.ui.canvas.shown import Shown

LINE = 16
"""Pixels of the screen that a line of the ledger needs; closer ones fold into their container's."""
TALL, SPECK = 400, 2
"""Pixels of the screen from which a container's lines stand without digits, and what such a line needs."""
APART = 20
"""Pixels between the lines of blocks that stand side by side."""
BRACKETED = frozenset({"repeat", "encoder", "stack"})
"""Layouts whose open containers are subtotals; the others only say how what they hold is joined."""


class Line(NamedTuple):
    """A block that counts as one: from `top` to `bottom`, its digits around `middle`, in scene px.

    `crowded`: it stands beside others, so that its icon says which it is. `stream` is its lane.
    """

    laid: Laid
    top: float
    bottom: float
    middle: float
    crowded: bool = False
    stream: int = 0


class Bracket(NamedTuple):
    """The subtotal of an open container, at its header's `middle`. `level` counts those around it."""

    laid: Laid
    top: float
    bottom: float
    middle: float
    level: int
    stream: int = 0


class Sheet(NamedTuple):
    """What is in sight, of one stream or of two. `slot` is the gap that has opened, in the scene."""

    lines: list[Line]
    brackets: list[Bracket]
    slot: Slot | None = None

    def at(self, y: float, stream: int = 0) -> Laid | None:
        """What has its line, or its subtotal, at a height of the scene."""
        near = [line for line in self.lines if line.top <= y < line.bottom and line.stream == stream]
        if near:
            return min(near, key=lambda line: abs(line.middle - y)).laid
        head = (b for b in self.brackets if b.top <= y < 2 * b.middle - b.top and b.stream == stream)
        return next((bracket.laid for bracket in head), None)


def sheet(root: Laid, top: float, bottom: float, scale: float = 1.0) -> Sheet:
    """The part of the ledger from `top` to `bottom` of the scene, whose px take `scale` px of the screen."""
    reading = _Reading(top, bottom, scale)
    for reading.stream, lane in enumerate(root.columns):
        reading.inside(root, 0, 0, lane)
    return Sheet(_spread(reading.lines, scale), reading.brackets, reading.slot)


def leaves(laid: Laid) -> Iterator[Laid]:
    """Everything that has a line when all are shown: what adds up to the whole."""
    for place in laid.places():
        if is_leaf(place.laid):
            yield place.laid
        else:
            yield from leaves(place.laid)


def is_leaf(laid: Laid) -> bool:
    """Whether it counts as one: a block, or a container that does not show what it holds."""
    return laid.margins is None or laid.shown.closed


def folds(laid: Laid, scale: float) -> bool:
    """Whether lines of what it holds would stand too close; what is as high as a view keeps them longer."""
    height = laid.height * scale
    return height < (LINE if height < TALL else SPECK) * laid.leaves


def folded(laid: Laid, scale: float) -> Iterator[Laid]:
    """Everything that has a line at a scale."""
    for row in laid.rows:
        for place in row.places:
            if is_leaf(place.laid) or folds(place.laid, scale):
                yield place.laid
            else:
                yield from folded(place.laid, scale)


def deepest(shown: Shown) -> int:
    """How many brackets stand inside one another in a container, at most."""
    known = shown.read.get(deepest)
    if known is None:
        inside = (deepest(child) + _is_subtotal(child) for child in shown.drawn)
        known = shown.read[deepest] = max(inside, default=0)
    return known


class _Reading:
    """One walk down to what is in sight."""

    def __init__(self, top: float, bottom: float, scale: float) -> None:
        self.top, self.bottom, self.scale = top, bottom, scale
        self.stream = 0
        self.lines: list[Line] = []
        self.brackets: list[Bracket] = []
        self.slot: Slot | None = None

    def inside(self, laid: Laid, y: int, level: int, lane: Lane) -> None:
        """All that a lane of a container at `y` holds."""
        slot = laid.slot
        if slot is not None:
            self.slot = slot._replace(y=y + slot.y)
        first = max(laid.row_at(self.top - y, lane), lane.first)
        for row in laid.rows[first : laid.row_below(self.bottom - y, lane)]:
            crowded = len(row.places) > 1
            for place in row.places:
                self._block(place.laid, y + place.y, level, crowded)

    def _block(self, laid: Laid, y: int, level: int, crowded: bool) -> None:
        if y + laid.height < self.top:
            return
        if is_leaf(laid) or self._folds(laid):
            sheets = laid.margins.sheets if laid.margins is not None and laid.shown.closed else 0
            bottom = y + laid.height - sheets
            self.lines.append(Line(laid, y, bottom, (y + bottom) / 2, crowded, self.stream))
            return
        if _is_bracketed(laid):
            assert laid.margins is not None
            bottom = y + laid.height - laid.margins.sheets
            middle = y + laid.margins.title / 2 + 1
            self.brackets.append(Bracket(laid, y, bottom, middle, level, self.stream))
            level += 1
        self.inside(laid, y, level, laid.columns[0])

    def _folds(self, laid: Laid) -> bool:
        return folds(laid, self.scale)


def _is_bracketed(laid: Laid) -> bool:
    return laid.margins is not None and not laid.bare and _is_subtotal(laid.shown)


def _is_subtotal(shown: Shown) -> bool:
    return shown.layout in BRACKETED and not (shown.closed or is_seamless(shown))


def _spread(lines: list[Line], scale: float) -> list[Line]:
    """The same with the lines of blocks that stand side by side under one another, around their height."""
    spread: list[Line] = []
    group: list[Line] = []
    for line in lines:
        if group and (not line.crowded or line.top >= group[-1].bottom):
            spread += _apart(group, scale)
            group = []
        if line.crowded:
            group.append(line)
        else:
            spread.append(line)
    return spread + _apart(group, scale)


def _apart(group: list[Line], scale: float) -> list[Line]:
    if len(group) < 2:
        return group
    pitch = APART / max(scale, 0.5)
    middle = sum(line.middle for line in group) / len(group)
    first = middle - pitch * (len(group) - 1) / 2
    return [line._replace(middle=first + pitch * index) for index, line in enumerate(group)]
