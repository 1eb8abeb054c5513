"""How a view's width is shared between the stack and the ledger beside it, and how near it opens. Qt-free."""

from __future__ import annotations

from itertools import pairwise

ROOM = 500
"""The width of a view below which there is no ledger: the stack needs it all."""
LEAST, WIDEST = 300, 780
"""The stack is never narrower or wider than this."""
WIDTHS = ((ROOM, LEAST), (672, 424), (776, 500), (880, 560), (1253, WIDEST))
"""(width of a view, width of the stack in it) at the sizes of windows; between them it grows evenly."""
SHARE = 0.64
"""How much of the view's width the stack takes where it stands alone, and of the widest stack's at 100 %."""
STEP = 20
"""Other widths differ by so much, or the stack stays as it is while the window is being resized."""
SIDE, STREAMS_SIDE, SMALL_SIDE = 36, 26, 24
"""What stands left of the stack; less beside two streams, least in a view narrower than a laptop's."""
NEAR = 6
"""Pixels that a view may fall short of one of the widths above: docks have separators."""
OPENING = 1.5
"""A window wider than the widest stack opens larger, up to this."""


def opening_zoom(view: float) -> float:
    """How near the stack stands in a view of this width until someone zooms."""
    return min(max(SHARE * view / WIDEST, 1.0), OPENING)


def width_alone(view: float) -> int:
    """The width of the stack in a view that has no ledger, in px that are not zoomed."""
    return min(max(STEP * round(SHARE * view / STEP), LEAST), WIDEST)


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
