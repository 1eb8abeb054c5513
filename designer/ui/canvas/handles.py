"""What can be clicked on a card beside the card itself: the + on its lower edge, the ? of an opened one."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QPoint, QPointF, QRectF
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsView, QStyleOptionGraphicsItem, QWidget

from designer.ui.canvas.board import Board
from designer.ui.canvas.card import Card
from designer.ui.canvas.look import Stage
from designer.ui.tr import tr

Handle = Literal["insert", "explain"]
RADIUS = 9.0
"""Of the +, in px of the screen."""
LEAST = 0.6
"""The zoom below which the + would cover what it belongs to."""


class Handles:
    """The handles of the card under the pointer, whose id is `id`."""

    def __init__(self, view: QGraphicsView, board: Board) -> None:
        self._view, self._board = view, board
        self._plus = _Plus(board.stage)
        self.id: int | None = None
        board.addItem(self._plus)
        board.stood.connect(self._plus.hide)

    def follow(self, id: int | None) -> None:
        """Stand on the card that is hovered now."""
        card = self._board.card(id) if id is not None else None
        self.id = id
        shows = card is not None and _is_one(card) and self._view.transform().m11() >= LEAST
        self._plus.setVisible(shows)
        if shows and card is not None:
            area = card.mapRectToScene(card.rect())
            self._plus.setPos(area.center().x(), area.bottom())

    def point(self, point: QPoint) -> Handle | None:
        """The handle at a point of the view, where the pointer is: it is marked."""
        handle = self._at(point)
        self._plus.mark(handle == "insert")
        return handle

    def _at(self, point: QPoint) -> Handle | None:
        if self._plus.isVisible():
            apart = self._view.mapFromScene(self._plus.pos()) - point
            if apart.x() ** 2 + apart.y() ** 2 <= (RADIUS + 1) ** 2:
                return "insert"
        card = self._board.card(self.id) if self.id is not None else None
        asks = card is not None and card.asks_at(self._view.mapToScene(point))
        return "explain" if asks else None


def says(handle: Handle) -> str:
    """What a click on a handle does."""
    return tr("Insert a block below") if handle == "insert" else tr("Why this number")


def _is_one(card: Card) -> bool:
    """Whether it is a block, or a container that does not show what it holds: after it there is a place."""
    return card.laid.margins is None or card.laid.shown.closed


class _Plus(QGraphicsItem):
    """A circle with a +, as large at every zoom."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self._stage, self._marked = stage, False
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)
        self.setZValue(1)
        self.hide()

    def mark(self, marked: bool) -> None:
        """Show whether a click would use it."""
        if marked != self._marked:
            self._marked = marked
            self.update()

    def boundingRect(self) -> QRectF:
        reach = RADIUS + 2
        return QRectF(-reach, -reach, 2 * reach, 2 * reach)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        theme = self._stage.look.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.accent, 1.6))
        painter.setBrush(theme.accentsoft if self._marked else theme.card)
        painter.drawEllipse(QPointF(0, 0), RADIUS, RADIUS)
        painter.drawLine(QPointF(-4, 0), QPointF(4, 0))
        painter.drawLine(QPointF(0, -4), QPointF(0, 4))
