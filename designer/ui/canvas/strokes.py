"""The stream: one line from the tokens to the logits, with its forks, sums and ports."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from designer.ui.canvas.look import LEGIBLE, TEXT, Look, Text

SUM = 7.5
"""The radius of ⊕."""
PORT_RADIUS = 9.0
_TURN = 7.0


def paint_line(painter: QPainter, look: Look, x: float, top: float, end_x: float, bottom: float) -> None:
    """Down from (x, top) to (end_x, bottom); bent where it has to move aside."""
    painter.setPen(look.stream)
    if x == end_x:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.drawLine(QPointF(x, top), QPointF(x, bottom))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        return
    middle = (top + bottom) / 2
    path = QPainterPath(QPointF(x, top))
    path.cubicTo(QPointF(x, middle), QPointF(end_x, middle), QPointF(end_x, bottom))
    _stroke(painter, look, path)


def paint_head(painter: QPainter, look: Look, x: float, y: float) -> None:
    """The point of an arrow that goes down to (x, y)."""
    path = QPainterPath(QPointF(x - 3.5, y - 4.5))
    path.lineTo(x, y - 0.8)
    path.lineTo(x + 3.5, y - 4.5)
    _stroke(painter, look, path)


def paint_fork(painter: QPainter, look: Look, x: float, y: float, branch: float, bottom: float) -> None:
    """A dot where a branch leaves the stream at (x, y), to go down at `branch` as far as `bottom`."""
    path = QPainterPath(QPointF(x, y))
    path.lineTo(branch - _TURN, y)
    path.quadTo(QPointF(branch, y), QPointF(branch, y + _TURN))
    path.lineTo(branch, bottom)
    _stroke(painter, look, path)
    paint_head(painter, look, branch, bottom)
    paint_dot(painter, look, x, y)


def paint_dot(painter: QPainter, look: Look, x: float, y: float) -> None:
    """Where the stream forks, or ends."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.stream_ground)
    painter.drawEllipse(QPointF(x, y), 3.2, 3.2)


def paint_return(painter: QPainter, look: Look, branch: float, top: float, x: float, y: float) -> None:
    """From the end of a branch down and back to the stream at (x, y)."""
    path = QPainterPath(QPointF(branch, top))
    turn = min(_TURN, max(y - top, 0))
    path.lineTo(branch, y - turn)
    path.quadTo(QPointF(branch, y), QPointF(branch - turn, y))
    path.lineTo(x, y)
    _stroke(painter, look, path)


def paint_sum(painter: QPainter, look: Look, x: float, y: float) -> None:
    """⊕, where what returns is added."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.theme.stream, 1.5))
    painter.setBrush(look.theme.card)
    painter.drawEllipse(QPointF(x, y), SUM, SUM)
    painter.drawLine(QPointF(x - 4, y), QPointF(x + 4, y))
    painter.drawLine(QPointF(x, y - 4), QPointF(x, y + 4))


class Port:
    """Where something enters or leaves at `x`: its name, and what flows there."""

    def __init__(self, x: float, words: tuple[str, str], look: Look) -> None:
        theme, fonts = look.theme, look.fonts
        self.x, self._look = x, look
        self._name = Text(words[0], fonts.group, theme.text2)
        self._shape = Text(words[1], fonts.caption, theme.text3)

    def paint(self, painter: QPainter, y: float, *, filled: bool = True) -> None:
        """Around the height `y`; dashed while nothing flows."""
        paint_port(painter, self._look, self.x, y, filled=filled)
        if painter.worldTransform().m11() < LEGIBLE:
            return
        self._name.paint(painter, self.x + TEXT, y)
        self._shape.paint(painter, self.x + TEXT + self._name.width + 8, y)


def paint_port(painter: QPainter, look: Look, x: float, y: float, *, filled: bool = True) -> None:
    """The sign of a port; dashed while nothing flows."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(look.theme.stream, 1.4)
    if not filled:
        pen.setDashPattern([2, 2])
    painter.setPen(pen)
    painter.setBrush(look.theme.canvas if not filled else look.theme.card)
    area = QRectF(x - PORT_RADIUS, y - PORT_RADIUS, 2 * PORT_RADIUS, 2 * PORT_RADIUS)
    painter.drawEllipse(area)
    if filled:
        path = QPainterPath(QPointF(x - 3.2, y - 1.3))
        path.lineTo(x, y + 1.9)
        path.lineTo(x + 3.2, y - 1.3)
        _stroke(painter, look, path)


def paint_output(painter: QPainter, look: Look, x: float, y: float) -> None:
    """The sign of what is kept for others: a port to the right."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.theme.stream, 1.4))
    painter.setBrush(look.theme.card)
    painter.drawEllipse(QPointF(x, y), PORT_RADIUS, PORT_RADIUS)
    path = QPainterPath(QPointF(x - 1.3, y - 3.2))
    path.lineTo(x + 1.9, y)
    path.lineTo(x - 1.3, y + 3.2)
    _stroke(painter, look, path)


def _stroke(painter: QPainter, look: Look, path: QPainterPath) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(look.stream)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)
