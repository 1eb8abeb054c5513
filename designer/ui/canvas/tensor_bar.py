"""The tensors of a block as one small bar: where in it the weight is, without a word."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from designer.ui.canvas.inside import parts
from designer.ui.canvas.look import Look, faded, paint_rounded
from designer.ui.canvas.shown import Shown

_HIGH, _GAP, _LEAST = 6, 1.5, 1.5


class TensorBar:
    """One piece a tensor, by its share. `tells` whether there is more than one."""

    def __init__(self, shown: Shown, look: Look, width: float) -> None:
        there = [part for part in parts(shown) if part.size]
        total = sum(part.size for part in there)
        room = width - _GAP * (len(there) - 1)
        self.tells = 1 < len(there) <= 12
        self._pieces = [
            (max(room * part.size / total, _LEAST), faded(look.theme, part.category, index, len(there)))
            for index, part in enumerate(there if self.tells else ())
        ]

    def paint(self, painter: QPainter, left: float, middle: float) -> None:
        """From `left`, around the height `middle`."""
        for width, colour in self._pieces:
            paint_rounded(painter, QRectF(left, middle - _HIGH / 2, width, _HIGH), colour, 1.5)
            left += width + _GAP
