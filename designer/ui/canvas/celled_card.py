"""A card with a cell for each of the copies that its rows choose from; those a row goes through filled."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from designer.ui.canvas.copies import Copies
from designer.ui.canvas.laid import CELLS, Laid
from designer.ui.canvas.leaf import Full
from designer.ui.canvas.look import MARGIN, TEXT, Look
from designer.ui.canvas.words import Lines
from designer.ui.theme import mixed

FADED = 0.3
"""How much of the colour the copies that rest have."""
WIDEST = 14
"""Of a cell, with what parts it from the next."""


class Celled(Full):
    """The card of two lines, and below them the cells."""

    def __init__(self, laid: Laid, said: Lines, look: Look, copies: Copies) -> None:
        super().__init__(laid, said, look)
        self._copies, self._met = copies, copies.met

    def paint_texts(self, painter: QPainter, area: QRectF) -> None:
        super().paint_texts(painter, area.adjusted(0, 0, 0, -CELLS))
        left = area.left() + self.laid.stream + TEXT
        self._paint_cells(
            painter, QRectF(left, area.bottom() - CELLS, area.right() - MARGIN - left, CELLS - 10)
        )

    def _paint_cells(self, painter: QPainter, area: QRectF) -> None:
        rows, colour = self._copies.rows, self.look.theme.colour(self.category)
        across = -(-self._copies.all // rows)
        wide, high = min(area.width() / across, WIDEST), area.height() / rows
        gap = 1 if wide * painter.worldTransform().m11() > 2.5 else 0
        faded = mixed(colour, self.look.theme.card, FADED)
        for copy in range(self._copies.all):
            row, column = divmod(copy, across)
            cell = QRectF(area.left() + column * wide, area.top() + row * high, wide - gap, high - 1)
            painter.fillRect(cell, colour if copy in self._met else faded)
