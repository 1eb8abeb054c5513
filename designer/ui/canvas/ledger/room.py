"""How a view's width is shared between the stack and the ledger beside it. Qt-free."""

from __future__ import annotations

from itertools import pairwise

ROOM = 500
"""The width of a view below which there is no ledger: the stack needs it all."""
WIDTHS = ((ROOM, 300), (672, 424), (776, 500), (880, 560), (1253, 780))
"""(width of a view, width of the stack in it) at the sizes of windows; between them it grows evenly."""
STEP = 20
"""Widths between those differ by so much, or the stack stays while the window is being resized."""
SIDE, STREAMS_SIDE, SMALL_SIDE = 36, 26, 24
"""What stands left of the stack; less beside two streams, least in a view narrower than a laptop's."""
NEAR = 6
"""Pixels that a view may fall short of one of the widths above: docks have separators."""


def stack_width(view: float) -> int:
    """The width of the stack in a view that has a ledger too, in px that are not zoomed."""
    view += NEAR
    for (narrow, least), (wide, most) in pairwise(WIDTHS):
        if view < wide:
            share = max(view - narrow, 0) / (wide - narrow)
            return least + STEP * int(share * (most - least) / STEP)
    return WIDTHS[-1][1]


def side(view: float, streams: int = 1) -> int:
    """What a view of this width keeps left of a stack of one stream or two."""
    if view + NEAR < WIDTHS[2][0]:
        return SMALL_SIDE
    return SIDE if streams == 1 else STREAMS_SIDE
