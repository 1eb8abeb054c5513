"""Laying out: sizes and places of all nodes, as arithmetic. Qt-free.

What is shown is remembered with what it came to, so that an edit lays out only the way up to the root.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from designer.design import edits
from designer.symbolic.block import Layout
from designer.ui.canvas.copies import copies
from designer.ui.canvas.laid import (
    CELLS,
    CLOSE,
    FORK,
    GAP,
    JOIN,
    OUTPUT,
    PORT,
    SHEET,
    SIDES,
    STREAM,
    TIGHT,
    Gap,
    Laid,
    Lane,
    Margins,
    Measures,
    Place,
    Row,
    Slot,
    is_seamless,
)
from designer.ui.canvas.lanes import abreast, fills_a_lane, lanes, least
from designer.ui.canvas.patterned import follows_a_pattern
from designer.ui.canvas.shown import Shown


def arrange(
    root: Shown, measures: Measures, width: int, gap: Gap | None = None, before: Laid | None = None
) -> Laid:
    """Everything laid out, the outermost stack as wide as asked, or as its nesting needs.

    `before` is how it was laid out last: rows that stand where they stood are the same objects.
    """
    return _Arrangement(measures, gap, _path(root, gap)).root(root, max(width, least(root)), before)


class _Arrangement:
    """One pass over the tree."""

    def __init__(self, measures: Measures, gap: Gap | None, path: frozenset[int]) -> None:
        self.measures, self.gap, self.path = measures, gap, path

    def root(self, shown: Shown, width: int, before: Laid | None) -> Laid:
        ports = Margins(PORT, 0, 0, PORT, GAP, enter=PORT - 12, leave=PORT - 12, empty=62)
        return self._filled(shown, width, STREAM, ports, before, lanes(shown, width))

    def node(
        self,
        shown: Shown,
        width: int,
        stream: int,
        between: int,
        before: Laid | None = None,
        column: bool = False,
    ) -> Laid:
        """A node of this width; `stream` is from its left edge, `between` what its container leaves.

        `column`: it is one of several side by side, or fills one of two streams.
        """
        if shown.node.id in self.path:
            return self._made(shown, width, stream, between, before, column)
        asked = (self.measures, width, stream, between, column)
        known = shown.read.get(_Arrangement)
        if known is not None and known[0] == asked:
            return known[1]
        laid = self._made(shown, width, stream, between, before, column)
        shown.read[_Arrangement] = asked, laid
        return laid

    def _made(
        self, shown: Shown, width: int, stream: int, between: int, before: Laid | None, column: bool
    ) -> Laid:
        if shown.layout == "leaf":
            height = self.measures.row if shown.slim and not column else self.measures.card
            if copies(shown) is not None:
                height += CELLS
            return Laid(shown, width, height, stream, column=column)
        margins = Margins(0, 0, 0, 0, between) if is_seamless(shown) else self._margins(shown, width)
        if shown.closed:
            height = max(margins.head, self.measures.row) + margins.sheets
            return Laid(shown, width, height, stream, margins)
        if column and fills_a_lane(shown):
            return self._filled(shown, width, stream, Margins(0, 0, 0, OUTPUT, GAP, empty=62), before)
        inner = stream if is_seamless(shown) else max(stream, _OWN_STREAM.get(shown.layout, 0))
        if abreast(shown, width - margins.left - margins.right):
            return self._abreast(shown, width, max(inner, STREAM), margins)
        return self._filled(shown, width, inner, margins, before)

    def _margins(self, shown: Shown, width: int) -> Margins:
        row = self.measures.row
        caption = row - 3
        left, right = SIDES[shown.layout]
        match shown.layout:
            case "repeat":
                pattern = row + 6 if not shown.closed and follows_a_pattern(shown) else 0
                head = row + 9 + pattern
                return Margins(head, left, right, 12, CLOSE, _sheets(shown), row + 2, line=row + 9)
            case "residual":
                return Margins(caption, left if width >= 300 else NARROW, right, 22, TIGHT)
            case "encoder":
                return Margins(row + 9, left, right, 20, GAP, leave=9)
            case "stack":
                return Margins(caption, left, right, 12, CLOSE)
            case _:
                return Margins(caption, left, right, 8, TIGHT)

    def _abreast(self, shown: Shown, width: int, stream: int, margins: Margins) -> Laid:
        """Branches side by side, the first of them on the stream, and a slim slot between them where a gap
        has opened."""
        margins = margins._replace(head=margins.head + FORK, foot=2 * JOIN)
        gap = self.gap if self.gap is not None and self.gap.container == shown.node.id else None
        room = width - margins.left - margins.right
        slim = min(SLIM, room // (2 * len(shown.inside)))
        n, pitch = len(shown.inside), room + TIGHT - (slim + TIGHT if gap is not None else 0)
        edges = [margins.left + pitch * i // n for i in range(n + 1)]
        before = gap.before if gap is not None else n
        places: list[Place] = []
        for index, (child, (left, right)) in enumerate(zip(shown.inside, pairwise(edges), strict=True)):
            x = left + (slim + TIGHT if index >= before else 0)
            own = STREAM if index else stream - margins.left
            places.append(
                Place(x, margins.head, self.node(child, right - left - TIGHT, own, TIGHT, column=True))
            )
        height = max(place.laid.height for place in places)
        slot = Slot(before, edges[before], margins.head, slim, height) if gap is not None else None
        row = Row(0, margins.head, height, tuple(places), forked=True)
        return Laid(shown, width, margins.head + height + margins.foot, stream, margins, (row,), slot)

    def _filled(
        self,
        shown: Shown,
        width: int,
        stream: int,
        margins: Margins,
        before: Laid | None,
        lanes: tuple[Lane, ...] = (),
    ) -> Laid:
        """A container with its rows, and with a slot where a gap has opened or nothing is inside.

        `lanes` say which of the blocks inside stand where.
        """
        inner = width - margins.left - margins.right
        below = STREAM if shown.layout in _BRANCHING else stream - margins.left
        asked = (width, stream, margins, tuple(lane.x for lane in lanes))
        rows = _Rows(self, shown, margins, below, _stood(before, asked))
        ends: list[Lane] = []
        for lane in lanes or (Lane(margins.left, inner, 0, len(shown.inside)),):
            first = len(rows.rows)
            rows.fill(lane, among=bool(lanes))
            ends.append(lane._replace(first=first, after=len(rows.rows)))
        height = rows.bottom + margins.foot + margins.sheets
        bare = not margins.head and fills_a_lane(shown)
        placed = tuple(ends) if lanes else ()
        return Laid(
            shown, width, height, stream, margins, tuple(rows.rows), rows.slot, lanes=placed, bare=bare
        )

    def stays(self, row: Row, shown: Shown, first: int, y: int) -> bool:
        """Whether a row stands where it should, for a block as it is now."""
        if row.y != y or row.first != first:
            return False
        child = shown.inside[first]
        stood = row.places[0].laid
        if stood.shown is not child or child.takes_ids or child.node.id in self.path:
            return False
        known = child.read.get(_Arrangement)
        return known is not None and known[1] is stood  # no gap was open in it

    def row(
        self, shown: Shown, area: Slot, stream: int, between: int, last: Row | None, *, among: bool
    ) -> Row:
        """The row that begins with the block before which `area` is; `last` is the one that stood there.

        `among`: it stands in one of two lanes, and a stream that begins below it begins in the other.
        """
        first = area.before
        child = shown.inside[first]
        if child.layout == "leaf":
            group = self._group(shown, first, area.width) if child.takes_ids else []
            if len(group) > 1:
                return self._columns(first, group, area, stream)
            if child.block.stands == "beside":
                return self._aside(first, child, area, stream)
        before = last.places[0].laid if last is not None else None
        if before is not None and before.id != child.node.id:
            before = None
        laid = self.node(child, area.width, stream, between, before, column=among and fills_a_lane(child))
        begins = child.begins and not (among and fills_a_lane(child))
        height = laid.height + (PORT if begins else 0)
        return Row(first, area.y, height, (Place(area.x, area.y, laid),), begins=begins)

    def _aside(self, first: int, child: Shown, area: Slot, stream: int) -> Row:
        """A block beside the stream, and room for the sum where it adds to it."""
        indent = min(stream + 22, area.width // 4)
        laid = self.node(child, area.width - indent, STREAM, 0)
        height = laid.height + (JOIN + 8 if child.merges else 0)
        return Row(first, area.y, height, (Place(area.x + indent, area.y, laid),), True, child.merges)

    def _group(self, shown: Shown, first: int, width: int) -> list[Shown]:
        """Ids that become rows, and the tables added to them, if there is room for all side by side."""
        end = first + 1
        while end < len(shown.inside) and _is_added(shown.inside[end]):
            end += 1
        fits = (width + GAP) // (end - first) >= self.measures.column + GAP
        return list(shown.inside[first : end if fits else first + 1])

    def _columns(self, first: int, group: list[Shown], area: Slot, stream: int) -> Row:
        """Tables side by side, and room for the sum that they enter the stream with."""
        n = len(group)
        edges = [(area.width + GAP) * i // n for i in range(n + 1)]
        places = tuple(
            Place(area.x + left, area.y, self.node(shown, right - left - GAP, stream, 0, column=True))
            for shown, (left, right) in zip(group, pairwise(edges), strict=True)
        )
        return Row(first, area.y, self.measures.card + JOIN + 10, places, joined=True)


class _Rows:
    """The rows of one container, lane by lane; `stood` are those that were there before."""

    def __init__(
        self, made: _Arrangement, shown: Shown, margins: Margins, stream: int, stood: tuple[Row, ...]
    ) -> None:
        self._made, self._shown, self._margins = made, shown, margins
        self._stream, self._stood = stream, stood
        gap = made.gap
        self._gap = gap if gap is not None and gap.container == shown.node.id else None
        self.rows: list[Row] = []
        self.slot: Slot | None = None
        self.bottom = 0

    def fill(self, lane: Lane, *, among: bool) -> None:
        """The blocks of one lane, one under another from the head of the container."""
        shown, gap, margins = self._shown, self._gap, self._margins
        rows, stood, stays = self.rows, self._stood, self._made.stays
        y, first, empty = margins.head, lane.first, lane.first == lane.after
        while first < lane.after:
            if gap is not None and self.slot is None and gap.before <= first:
                self.slot = Slot(gap.before, lane.x, y, lane.width, gap.height)
                y += gap.height + margins.between
            at = len(rows)
            row = stood[at] if at < len(stood) else None
            if row is None or not stays(row, shown, first, y):
                area = Slot(first, lane.x, y, lane.width, 0)
                row = self._made.row(shown, area, self._stream, margins.between, row, among=among)
            rows.append(row)
            y, first = y + row.height + margins.between, row.after
        last_lane = lane.after == len(shown.inside)
        if self.slot is None and last_lane and (gap is not None or empty):
            height = gap.height if gap is not None else margins.empty
            self.slot = Slot(first, lane.x, y, lane.width, height)
            y += height + margins.between
        self.bottom = max(self.bottom, y - margins.between)


def _stood(before: Laid | None, asked: tuple[int, int, Margins, tuple[int, ...]]) -> tuple[Row, ...]:
    """The rows that were there, if their container stands as it did."""
    if before is None:
        return ()
    stands = (before.width, before.stream, before.margins, tuple(lane.x for lane in before.lanes))
    return before.rows if stands == asked else ()


_OWN_STREAM: Mapping[Layout, int] = {"repeat": STREAM, "stack": STREAM, "encoder": STREAM, "residual": 16}
"""Frames whose stream cannot stand further left than this; where it comes in further left, it bends."""

_BRANCHING: frozenset[Layout] = frozenset({"residual", "parallel", "choose"})

SLIM = 64
"""The width of a slot between branches that stand side by side."""
NARROW = 34
"""What a residual that is itself narrow keeps at its left."""


def _sheets(shown: Shown) -> int:
    """What shows of a sheet for each further set of weights, two at most; with one set there is no deck."""
    repeat = shown.repeat
    if repeat is None or repeat.shared:
        return 0
    return SHEET * max(min(repeat.rounds - 1, 2), 0) if isinstance(repeat.rounds, int) else 2 * SHEET


def _is_added(shown: Shown) -> bool:
    return shown.layout == "leaf" and shown.block.stands == "beside" and shown.merges


def _path(root: Shown, gap: Gap | None) -> frozenset[int]:
    """The ids from the root down to the container of the gap."""
    if gap is None or not edits.has(root.node, gap.container):
        return frozenset()
    path = edits.path_to(root.node, gap.container)
    return frozenset(edits.at(root.node, path[:n]).id for n in range(len(path) + 1))
