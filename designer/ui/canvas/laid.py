"""What stands where on the canvas: blocks with their sizes, and the rows they stand in. Qt-free.

Every place is relative to the container, so that a change moves whole subtrees for free.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from designer.symbolic.block import Layout
from designer.symbolic.frozen import frozen
from designer.ui.canvas.shown import Shown

STREAM = 28
"""From a frame's left edge to its stream."""
GAP, CLOSE, TIGHT = 10, 8, 6
"""Between rows on the stream, inside a Repeat, and inside a branch."""
CELLS = 32
"""Of a card, what the cells of its copies take below its two lines."""
SHEET = 4
"""What each sheet of a deck shows below it."""
SLOT = 52
"""The height of the gap that opens where something would land."""
JOIN = 14
"""From tables that are added at the entrance down to the sign of their sum."""
FORK = 24
"""From the head of a Parallel down to its branches."""
PORT = 30
"""A port of the stream with its arrow."""
OUTPUT, RING = 46, 22
"""Below an encoder's rows: its output, to be read from elsewhere; and how far down its ring is."""
SIDES: Mapping[Layout, tuple[int, int]] = {
    "repeat": (12, 12),
    "residual": (50, 10),
    "encoder": (12, 12),
    "stack": (12, 12),
    "parallel": (8, 8),
    "choose": (8, 8),
}
"""What a frame keeps left and right of what it holds, at most."""
LANE, GUTTER = 250, 40
"""The least width of each of two streams side by side, and what stands between them."""


class Measures(NamedTuple):
    """What follows from the type: the heights of a slim card and of one of two lines, and the least width of
    a column where tables stand side by side."""

    row: int = 28
    card: int = 46
    column: int = 210


class Margins(NamedTuple):
    """What a container keeps around its rows: above, left, right and below them, and between them.

    `sheets` show below it. The stream comes in `enter` below its top and goes out `leave` above its bottom.
    `empty` is the height of the place that it shows while it holds nothing. `line` is how high the first line
    of the head is, where another stands below it.
    """

    head: int
    left: int
    right: int
    foot: int
    between: int
    sheets: int = 0
    enter: int = 0
    leave: int = 0
    empty: int = 34
    line: int = 0

    @property
    def title(self) -> int:
        """The height of the line at the head that names it."""
        return self.line or self.head


class Gap(NamedTuple):
    """A slot opened in a container, before the block of this index."""

    container: int
    before: int
    height: int = SLOT


class Slot(NamedTuple):
    """Where a gap has opened: the index it stands for, and its place in the container."""

    before: int
    x: int
    y: int
    width: int
    height: int


class Place(NamedTuple):
    """Where something stands in its container."""

    x: int
    y: int
    laid: Laid


class Row(NamedTuple):
    """One or, side by side, several blocks. `first` is the index of the leftmost in its container.

    `aside`: it stands beside the stream, which passes. `joined`: their sum goes on below them; `begins`:
    another stream begins below. Both take part of the height. `forked`: each is given the stream that enters
    above them.
    """

    first: int
    y: int
    height: int
    places: tuple[Place, ...]
    aside: bool = False
    joined: bool = False
    begins: bool = False
    forked: bool = False

    @property
    def after(self) -> int:
        """The index of what follows."""
        return self.first + len(self.places)


class Lane(NamedTuple):
    """One of two streams side by side: where it stands, and its rows, from `first` to before `after`."""

    x: int
    width: int
    first: int
    after: int


@frozen(eq=False)
class Laid:
    """A node with its size and the rows inside it. `stream` is where the stream enters, from the left.

    `margins` surround the rows; None for a leaf. `column` says that the node is one of several side by
    side. `slot` is the gap that has opened, or the empty place of an empty container.

    `lanes` are none, or two in the outermost: an encoder's stream, and beside it the one that begins after
    it. Rows stand in the order of the tree, those of the first lane before those of the second, and whatever
    stands at or right of `lanes[1].x` belongs to the second stream. `bare`: an encoder that fills its lane
    and needs no frame.
    """

    shown: Shown
    width: int
    height: int
    stream: int
    margins: Margins | None = None
    rows: tuple[Row, ...] = ()
    slot: Slot | None = None
    column: bool = False
    lanes: tuple[Lane, ...] = ()
    bare: bool = False

    @property
    def id(self) -> int:
        """The id of the node."""
        return self.shown.node.id

    @property
    def open(self) -> bool:
        """Whether blocks can be put into it where it is drawn."""
        return self.margins is not None and not self.shown.closed

    @property
    def opens(self) -> bool:
        """Whether it holds something that can be shown or hidden."""
        return self.margins is not None and bool(self.shown.inside)

    @property
    def seamless(self) -> bool:
        """Whether its rows stand as if they were its container's own."""
        return self.margins is not None and is_seamless(self.shown)

    @property
    def columns(self) -> tuple[Lane, ...]:
        """Its lanes; where there are none, all rows as one."""
        return self.lanes or (Lane(0, self.width, 0, len(self.rows)),)

    def stream_at(self, x: float) -> int:
        """Which of its lanes a point at `x` belongs to: 1 for the second of two."""
        return int(bool(self.lanes) and x >= self.lanes[1].x - GUTTER // 2)

    def column_at(self, x: float) -> Lane:
        """The lane that a point at `x` belongs to."""
        return self.columns[self.stream_at(x)]

    def row_at(self, y: float, lane: Lane) -> int:
        """The last row of a lane that begins at `y` or above; one before the lane's first where none does."""
        return bisect_right(self.rows, y, lane.first, lane.after, key=_top) - 1

    def row_below(self, y: float, lane: Lane) -> int:
        """The first row of a lane that begins at `y` or below; the lane's end where none does."""
        return bisect_left(self.rows, y, lane.first, lane.after, key=_top)

    @property
    def forked(self) -> bool:
        """Whether its branches stand side by side."""
        return bool(self.rows) and self.rows[0].forked

    @cached_property
    def leaves(self) -> int:
        """How many cards are drawn in it, itself if it holds none."""
        return sum(place.laid.leaves for place in self.places()) or 1

    def places(self) -> Iterator[Place]:
        """All that stands directly inside."""
        for row in self.rows:
            yield from row.places

    def walk(self, x: int = 0, y: int = 0) -> Iterator[Place]:
        """This and all below it, each with its place in the outermost, parents first."""
        yield Place(x, y, self)
        for place in self.places():
            yield from place.laid.walk(x + place.x, y + place.y)


def is_seamless(shown: Shown) -> bool:
    """A stack that only lends its name to the tensors inside is no thing of its own to look at."""
    node = shown.node
    return shown.layout == "stack" and bool(node.name and node.inside) and not node.label


def _top(row: Row) -> int:
    return row.y
