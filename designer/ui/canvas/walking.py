"""Where the arrow keys lead from a block. Qt-free."""

from __future__ import annotations

from typing import Literal, TypeAlias

from designer.ui.canvas.laid import Laid

Way: TypeAlias = Literal["up", "down", "out", "in", "first", "last"]


def next_block(root: Laid, id: int | None, way: Way) -> int | None:
    """The id of the block that a step leads to; the same where it leads nowhere, None where there is none.

    Up and down go through all that is drawn, in order; out to what holds the block, be it seen or not; in to
    the first that it holds.
    """
    drawn = [place.laid.id for place in root.walk() if place.laid is not root and not place.laid.seamless]
    if not drawn:
        return None
    if way in ("first", "last"):
        return drawn[0] if way == "first" else drawn[-1]
    if id is None:
        return drawn[-1] if way == "up" else drawn[0]
    if way == "out":
        holder = holder_of(root, id)
        return id if holder is None or holder is root else holder.id
    laid = find(root, id)
    if laid is None:
        return drawn[0]
    if laid.seamless or way == "in":
        inner = [place.laid.id for place in laid.walk() if place.laid is not laid and not place.laid.seamless]
        return inner[0] if inner and way != "up" else id
    at = drawn.index(id) + (1 if way == "down" else -1)
    return drawn[min(max(at, 0), len(drawn) - 1)]


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
