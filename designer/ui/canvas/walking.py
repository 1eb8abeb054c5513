"""Where the arrow keys lead from a block. Qt-free."""

from __future__ import annotations

from typing import Literal, TypeAlias

from designer.ui.canvas.laid import Laid

Way: TypeAlias = Literal["up", "down", "out", "in", "first", "last"]


def next_block(root: Laid, id: int | None, way: Way) -> int | None:
    """The id of the block that a step leads to; the same where it leads nowhere, None where there is none.

    Up and down go through all that is drawn, in order; out to what stands at the block's left, else to what
    holds it, be it seen or not; in to the first that it holds, else to what stands at its right. Both lead
    from one stream to the other, to what is nearest in height.
    """
    drawn = [place.laid.id for place in root.walk() if place.laid is not root and not place.laid.seamless]
    if not drawn:
        return None
    if way in ("first", "last"):
        return drawn[0] if way == "first" else drawn[-1]
    if id is None:
        return drawn[-1] if way == "up" else drawn[0]
    laid = find(root, id)
    if way == "out":
        holder = holder_of(root, id)
        outer = holder.id if holder is not None and holder is not root else None
        return _next_to(holder, id, -1) or outer or _across(root, id, 0) or id
    if laid is None:
        return drawn[0]
    if laid.seamless or way == "in":
        inner = [place.laid.id for place in laid.walk() if place.laid is not laid and not place.laid.seamless]
        if inner and way != "up":
            return inner[0]
        return (_next_to(holder_of(root, id), id, 1) or _across(root, id, 1) or id) if way == "in" else id
    at = drawn.index(id) + (1 if way == "down" else -1)
    return drawn[min(max(at, 0), len(drawn) - 1)]


def _next_to(holder: Laid | None, id: int, step: int) -> int | None:
    """What stands in the same row, so many places further right."""
    for row in holder.rows if holder is not None else ():
        ids = [place.laid.id for place in row.places]
        if id in ids:
            at = ids.index(id) + step
            return ids[at] if 0 <= at < len(ids) else None
    return None


def _across(root: Laid, id: int, lane: int) -> int | None:
    """What stands nearest in height in the other of two streams, which is this one."""
    if not root.lanes:
        return None
    here = next(place for place in root.walk() if place.laid.id == id)
    if root.stream_at(here.x) == lane:
        return None
    others = (
        place
        for place in root.walk()
        if place.laid is not root and not (place.laid.seamless or place.laid.bare)
        if root.stream_at(place.x) == lane
    )
    nearest = min(others, key=lambda place: abs(place.y - here.y), default=None)
    return nearest.laid.id if nearest is not None else None


def between(root: Laid, anchor: int, id: int) -> tuple[int, ...]:
    """The neighbours from one block to another in the same container; else the second alone."""
    holder = holder_of(root, id)
    ids = [place.laid.id for place in holder.places()] if holder is not None else []
    if anchor not in ids:
        return (id,)
    first, last = sorted((ids.index(anchor), ids.index(id)))
    return tuple(ids[first : last + 1])


def find(root: Laid, id: int) -> Laid | None:
    """What is laid out under an id."""
    return next((place.laid for place in root.walk() if place.laid.id == id), None)


def holder_of(root: Laid, id: int) -> Laid | None:
    """The container that a block stands in."""
    for place in root.walk():
        if any(inner.laid.id == id for inner in place.laid.places()):
            return place.laid
    return None
