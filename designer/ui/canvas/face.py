"""How a block's card is painted, from a line of colour far away to its texts at hand."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from designer.ui.canvas.laid import Laid, Measures
from designer.ui.canvas.look import Look, State, paint_icon, paint_rounded, paint_tile
from designer.ui.canvas.slab import paint_hatch, paint_ring, paint_slab
from designer.ui.canvas.words import Lines
from designer.ui.controls.painting import LEFT, RIGHT
from designer.ui.icons import glyph
from designer.ui.theme import mixed

if TYPE_CHECKING:
    from designer.ui.canvas.opened_card import OpenedCard

FAR, MIDDLE, NEAR, OPEN = 5, 16, 30, 80
"""Heights of a card on the screen, in px of letters of the usual size: below them a line of colour, a bar,
one line of text; above the last, what is inside."""
_BAR = 6
"""Pixels of the screen that the coloured edge of a small card takes."""
LEGIBLE = 12
"""The height that one line of text needs."""


class Face(ABC):
    """A card of one size with what it says. Made when one of them changes, painted whenever it is seen.

    `asks` is where the ? stands while the card is open.
    """

    tile = 30

    def __init__(self, laid: Laid, said: Lines, look: Look) -> None:
        block = laid.shown.block
        self.laid, self.said, self.look = laid, said, look
        self.category, self.icon = block.category, glyph(block)
        self.side = min(self.tile, 2 * laid.stream - 8)
        self._opened: OpenedCard | None = None
        self.asks: QRectF | None = None

    def paint(self, painter: QPainter, area: QRectF, state: State) -> None:
        """As much of the card as there is room for on the screen."""
        self.asks = None
        scale = painter.worldTransform().m11()
        height = Measures().card * scale  # of a full card: its neighbours change with it
        colour = self.look.theme.colour(self.category)
        if height < FAR:
            painter.fillRect(area, colour)
            return
        paint_slab(painter, area, self.look.card(state))
        if state.unsound:
            paint_hatch(painter, area, self.look.hatching)
        if height < MIDDLE or area.height() * scale < LEGIBLE:
            self._paint_bar(painter, area, _BAR / scale, state.share)
        elif height > OPEN:
            self._paint_opened(painter, area)
            if state.hovered:
                self._paint_grip(painter, area)
        elif height < NEAR:
            self._paint_line(painter, area)
        else:
            self.paint_texts(painter, area)
            if state.hovered:
                self._paint_grip(painter, area)
        if state.focused and not state.selected:
            paint_ring(painter, area, self.look.theme.accent, 8)

    def _paint_bar(self, painter: QPainter, area: QRectF, edge: float, share: float) -> None:
        """The edge in the category's colour, and how much of the design it is."""
        colour = self.look.theme.colour(self.category)
        paint_rounded(painter, QRectF(area.left(), area.top(), edge, area.height()), colour, 2)
        room = area.adjusted(2 * edge, area.height() * 0.3, -edge, -area.height() * 0.3)
        if room.width() > 0 and share > 0:
            room.setWidth(room.width() * share)
            painter.fillRect(room, mixed(colour, self.look.theme.card, 0.7))

    def _paint_opened(self, painter: QPainter, area: QRectF) -> None:
        """What is inside: a window that opens does without."""
        if self._opened is None:
            from designer.ui.canvas.opened_card import OpenedCard

            self._opened = OpenedCard(self.laid, self.said, self.look, self.icon)
        self.asks = self._opened.paint(painter, area)

    @abstractmethod
    def paint_texts(self, painter: QPainter, area: QRectF) -> None:
        """The card at hand."""

    def paint_tile(self, painter: QPainter, area: QRectF) -> None:
        """The icon on the ground of its category, on the stream."""
        x, y = area.left() + self.laid.stream, area.center().y()
        paint_tile(painter, self.look, self.category, self.icon, x, y, self.side)

    def _paint_line(self, painter: QPainter, area: QRectF) -> None:
        """Icon, name and count in letters that can be read, however small the card is."""
        role, theme = self.look.fonts.group, self.look.theme
        shown = painter.worldTransform().mapRect(area)
        painter.setWorldMatrixEnabled(False)
        paint_icon(painter, self.icon, theme.colour(self.category), shown.left() + 12, shown.center().y(), 12)
        inner = shown.adjusted(23, 0, -8, 0)
        painter.setFont(role.font)
        painter.setPen(theme.text)
        painter.drawText(inner, RIGHT, self.said.number)
        room = int(inner.width()) - role.width(self.said.number) - 8
        painter.drawText(inner, LEFT, role.cut(self.said.title, room))
        painter.setWorldMatrixEnabled(True)

    def _paint_grip(self, painter: QPainter, area: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.look.theme.text3)
        for row in (-4, 0, 4):
            for column in (4.0, 7.6):
                painter.drawEllipse(QPointF(area.left() + column, area.center().y() + row), 1.0, 1.0)
