"""Opening a field over what can be written on the canvas."""

from __future__ import annotations

from designer.ui.canvas.frame import Part
from designer.ui.canvas.in_place.field import InPlace
from designer.ui.canvas.in_place.pattern import PatternInPlace
from designer.ui.canvas.in_place.times import TimesInPlace
from designer.ui.canvas.keyboard import Walked


def write(canvas: Walked, id: int, part: Part) -> InPlace:
    """Put the field there and give it the keyboard."""
    card = canvas.board.card(id)
    tile = card.tile() if card is not None and part == "pattern" else None
    field = PatternInPlace(canvas, id, tile) if tile is not None else TimesInPlace(canvas, id)
    field.place()
    field.show()
    field.begin()
    return field
