"""Taking blocks off the canvas: what follows the pointer while they are dragged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QDrag, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from designer.ui.canvas.card import Card
from designer.ui.canvas.dropping import held
from designer.ui.canvas.leaf import face
from designer.ui.canvas.look import State
from designer.ui.canvas.slab import MARGIN, paint_slab
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
    """A block as it stands, cut to size, with the ring of what is selected."""
    wide, high = min(card.rect().width(), WIDEST), min(card.rect().height(), HIGHEST)
    made = QPixmap(round((wide + 2 * MARGIN) * ratio), round((high + 2 * MARGIN) * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    laid = replace(card.laid, width=round(wide))
    with QPainter(made) as painter:
        painter.setOpacity(0.95)
        painter.translate(MARGIN, MARGIN)
        area = QRectF(0, 0, wide, high)
        if laid.margins is None:
            said = card.said()
            face(laid, said, card.stage.look).paint(painter, area, State(selected=True))
        else:
            frame = card.stage.look.frame(State(selected=True), card.stage.look.theme.frame, 8, edged=True)
            paint_slab(painter, area, frame)
            inner = area.adjusted(1, 1, -1, -1)
            painter.drawPixmap(inner, _content(card, inner, ratio), QRectF())
    return made


def _content(card: Card, area: QRectF, ratio: float) -> QPixmap:
    """What a container holds, vanishing softly where it goes on beyond the area."""
    made = QPixmap(round(area.width() * ratio), round(area.height() * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    whole = QRectF(0, 0, area.width(), area.height())
    with QPainter(made) as painter:
        card.scene().render(painter, whole, card.mapRectToScene(area))
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
        for cut, start, end in (
            (area.right() < card.rect().right() - 1, whole.topRight() - QPointF(_FADE, 0), whole.topRight()),
            (
                area.bottom() < card.rect().bottom() - 1,
                whole.bottomLeft() - QPointF(0, _FADE),
                whole.bottomLeft(),
            ),
        ):
            if cut:
                from PySide6.QtGui import QLinearGradient

                gradient = QLinearGradient(start, end)
                gradient.setColorAt(0, QColor(0, 0, 0))
                gradient.setColorAt(1, QColor(0, 0, 0, 0))
                painter.fillRect(whole, gradient)
    return made
