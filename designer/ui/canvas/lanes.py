"""Whether two streams stand side by side, and how wide anything must be. Qt-free."""

from __future__ import annotations

from designer.ui.canvas.laid import GUTTER, LANE, SIDES, TIGHT, Lane, is_seamless
from designer.ui.canvas.shown import Shown

BRANCH = 160
"""The least width of each of several branches side by side."""
LEAST = 140
"""The width of a card below which its name has no room."""


def lanes(root: Shown, width: int) -> tuple[Lane, ...]:
    """Two lanes where one of the blocks of the outermost stack ends a stream and begins another, if there is
    room for both; else none. `first` and `after` count the blocks."""
    split = max((index + 1 for index, child in enumerate(root.inside) if fills_a_lane(child)), default=0)
    if not split:
        return ()
    each = (width - GUTTER) // 2
    if each < max(LANE, *(_least_in_lane(child) for child in root.inside)):
        return ()
    return Lane(0, each, 0, split), Lane(width - each, each, split, len(root.inside))


def abreast(shown: Shown, inner: int) -> bool:
    """Whether the branches of a Parallel have room side by side in this width."""
    if shown.layout != "parallel" or not shown.inside:
        return False
    each = (inner + TIGHT) // len(shown.inside) - TIGHT
    return each >= max(BRANCH, *(least(child) for child in shown.inside))


def fills_a_lane(shown: Shown) -> bool:
    """Whether another stream begins after this, so that it can stand beside what follows."""
    return shown.layout == "encoder" and shown.begins


def least(shown: Shown) -> int:
    """The width below which something in here would have no room for its name."""
    known = shown.read.get(least)
    if known is None:
        inner = max((least(child) for child in shown.inside), default=0)
        kept = () if is_seamless(shown) else SIDES.get(shown.layout, ())
        known = shown.read[least] = max(LEAST, inner + sum(kept))
    return known


def _least_in_lane(shown: Shown) -> int:
    """What fills a lane has no frame that takes of its width."""
    return least(shown) - (sum(SIDES[shown.layout]) if fills_a_lane(shown) else 0)
