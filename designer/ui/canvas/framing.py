"""Which frame a container has."""

from __future__ import annotations

from designer.ui.canvas.frame import Alternatives, Branches, Frame, Ground, Kept, Seamless
from designer.ui.canvas.laid import Laid
from designer.ui.canvas.look import Look
from designer.ui.canvas.repeat_frame import Deck
from designer.ui.canvas.words import Lines


def frame(laid: Laid, said: Lines, look: Look) -> Frame:
    """The frame for a container of this layout."""
    if laid.seamless:
        return Seamless(laid, said, look)
    if laid.bare:
        return Kept(laid, said, look)
    match laid.shown.layout:
        case "repeat":
            return Deck(laid, said, look)
        case "residual":
            return Ground(laid, said, look)
        case "parallel":
            return Branches(laid, said, look)
        case "choose":
            return Alternatives(laid, said, look)
        case _:
            return Frame(laid, said, look)
