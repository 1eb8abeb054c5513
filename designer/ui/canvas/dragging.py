"""Taking blocks off the canvas: what follows the pointer while they are dragged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QPoint, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QDrag, QLinearGradient, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from designer.ui.canvas.card import Card
from designer.ui.canvas.dropping import held
from designer.ui.canvas.leaf import face
from designer.ui.canvas.look import State
from designer.ui.canvas.slab import MARGIN
from designer.ui.canvas.words import lines
from designer.ui.session import Session

WIDEST, HIGHEST = 300, 96
"""A ghost shows as much of a block as this holds."""
HOLD = QPoint(14, -4)
"""Where the pointer has the ghost: at its grip, so that it hangs below and covers nothing above."""
_FADE = 36


def drag(source: QWidget, session: Session, cards: Sequence[Card]) -> None:
    """Let the user drag these blocks; returns when they have let go."""
    moved = QDrag(source)
    moved.setMimeData(held(session, [card.id for card in cards]))
    moved.setPixmap(ghost(cards[0], source.devicePixelRatioF()))
    moved.setHotSpot(HOLD)
    moved.exec(Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, Qt.DropAction.MoveAction)


def ghost(card: Card, ratio: float) -> QPixmap:
    """A block as it stands, cut to size; a container fades where it goes on."""
    size = QSizeF(min(card.rect().width(), WIDEST), min(card.rect().height(), HIGHEST))
    made = QPixmap(round((size.width() + 2 * MARGIN) * ratio), round((size.height() + 2 * MARGIN) * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    with QPainter(made) as painter:
        painter.setOpacity(0.94)
        painter.translate(MARGIN, MARGIN)
        if card.laid.frame is None:
            laid = replace(card.laid, width=round(size.width()))
            said = lines(laid.shown, card.stage.faults.get(card.id))
            face(laid, said, card.stage.look).paint(
                painter, QRectF(0, 0, size.width(), size.height()), State()
            )
        else:
            area = QRectF(-MARGIN, -MARGIN, size.width() + 2 * MARGIN, size.height() + 2 * MARGIN)
            card.scene().render(painter, area, card.mapRectToScene(area))
            _fade(painter, area, size.width() < card.rect().width(), size.height() < card.rect().height())
    return made


def _fade(painter: QPainter, area: QRectF, right: bool, below: bool) -> None:
    """Let what is cut off vanish softly."""
    painter.setOpacity(1.0)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
    for cut, start, end in (
        (right, area.topRight() - QPoint(_FADE, 0), area.topRight()),
        (below, area.bottomLeft() - QPoint(0, _FADE), area.bottomLeft()),
    ):
        if cut:
            gradient = QLinearGradient(start, end)
            gradient.setColorAt(0, QColor(0, 0, 0))
            gradient.setColorAt(1, QColor(0, 0, 0, 0))
            painter.fillRect(area, gradient)
