"""Where something that is held over the canvas would land, and what lies under a point. Qt-free."""

from __future__ import annotations

from collections.abc import Collection

from designer.symbolic.frozen import frozen
from designer.symbolic.issue import Said, said
from designer.ui.canvas.laid import GUTTER, Laid, Lane, Place

EDGE = 8
"""So near to a frame's upper or lower edge a block lands outside of it."""
SIDE = 6
"""And so near to the side of one of several branches."""


@frozen
class Spot:
    """A place between blocks: before the `index`-th block of a container."""

    container: int
    index: int


@frozen
class WhyNot:
    """The reason why nothing can land there."""

    reason: Said


def landing(root: Laid, x: float, y: float, moving: Collection[int] = ()) -> Spot | WhyNot:
    """The place for what is held with its upper edge at (x, y).

    Beside the stack the stack's edge counts, above and below it its ends do. `moving` are the blocks that are
    held, where they come from the design: they cannot land inside themselves.
    """
    x = min(max(x, 0), root.width - 1)
    return _landing(root, x, y, frozenset(moving))


def stays(root: Laid, spot: Spot, moving: Collection[int]) -> bool:
    """Whether landing there would leave a single moving block where it stands."""
    if len(moving) != 1:
        return False
    (id,) = moving
    found = next((place.laid for place in root.walk() if place.laid.id == spot.container), None)
    children = [child.node.id for child in found.shown.inside] if found is not None else []
    return id in children and spot.index in (children.index(id), children.index(id) + 1)


def under(root: Laid, x: float, y: float) -> Place | None:
    """The innermost block at a point, with its place on the canvas; None where there is none."""
    here, found = Place(0, 0, root), None
    while True:
        inner = _child_at(here.laid, x - here.x, y - here.y)
        if inner is None:
            return found
        here = Place(here.x + inner.x, here.y + inner.y, inner.laid)
        if not here.laid.seamless:
            found = here


def _landing(laid: Laid, x: float, y: float, moving: frozenset[int]) -> Spot | WhyNot:
    slot = laid.slot
    if slot is not None and slot.y <= y < slot.y + slot.height and slot.x <= x < slot.x + slot.width:
        return Spot(laid.id, slot.before)
    place = _child_at(laid, x, y) or _lane_at(laid, x, y)
    if place is not None and place.laid.open and not (laid.forked and _at_side(place, x)):
        edge = 0 if place.laid.seamless or place.laid.bare else EDGE
        if place.laid.bare or edge <= y - place.y < place.laid.height - edge:
            if place.laid.id in moving:
                return WhyNot(said("A block cannot be put into itself."))
            return _landing(place.laid, x - place.x, y - place.y, moving)
    return Spot(laid.id, _index_at(laid, x, y))


def _lane_at(laid: Laid, x: float, y: float) -> Place | None:
    """What fills a lane that (x, y) is above or below of: there is no other place in it."""
    at = laid.row_at(y, laid.column_at(x))
    for row in laid.rows[max(at, 0) : at + 2] if laid.lanes else ():
        place = row.places[0]
        if place.laid.bare and place.x <= x < place.x + place.laid.width + GUTTER // 2:
            return place
    return None


def _at_side(place: Place, x: float) -> bool:
    """Whether a point is so near to a side of a branch that it is beside it."""
    return min(x - place.x, place.x + place.laid.width - x) < SIDE


def _index_at(laid: Laid, x: float, y: float) -> int:
    if laid.forked:
        return sum(x >= place.x + place.laid.width / 2 for place in laid.rows[0].places)
    lane = laid.column_at(x)
    at = laid.row_at(y, lane)
    if at < lane.first:
        return _first(laid, lane)
    row = laid.rows[at]
    return row.after if y >= row.y + row.height / 2 else row.first


def _first(laid: Laid, lane: Lane) -> int:
    """The index before which a lane begins."""
    return laid.rows[lane.first - 1].after if lane.first else 0


def _child_at(laid: Laid, x: float, y: float) -> Place | None:
    at = laid.row_at(y, laid.column_at(x))
    if at < 0:
        return None
    for place in laid.rows[at].places:
        if place.x <= x < place.x + place.laid.width and place.y <= y < place.y + place.laid.height:
            return place
    return None
