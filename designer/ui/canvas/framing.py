"""Which frame a container has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from designer.ui.canvas.frame import Alternatives, Branches, Frame, Ground, Kept, Seamless
from designer.ui.canvas.laid import Laid
from designer.ui.canvas.look import Look
from designer.ui.canvas.repeat_frame import Deck
from designer.ui.canvas.words import Lines

if TYPE_CHECKING:
    from designer.ui.canvas.tiles import Tile


def frame(laid: Laid, said: Lines, look: Look, tile: Tile | None) -> Frame:
    """The frame for a container of this layout; `tile` is the pattern of a Repeat's layers."""
    if laid.seamless:
        return Seamless(laid, said, look)
    if laid.bare:
        return Kept(laid, said, look)
    match laid.shown.layout:
        case "repeat":
            return Deck(laid, said, look, tile)
        case "residual":
            return Ground(laid, said, look)
        case "parallel":
            return Branches(laid, said, look)
        case "choose":
            return Alternatives(laid, said, look)
        case _:
            return Frame(laid, said, look)
