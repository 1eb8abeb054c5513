"""What lies behind the stack: the canvas, with a faint grid of dots that moves and grows with it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap, QPixmapCache

from designer.ui.theme import Theme

PITCH = 20
_LEAST = 12
_TILE = 8


def paint_ground(painter: QPainter, area: QRectF, theme: Theme) -> None:
    """The ground of `area`, in the scene's coordinates."""
    painter.fillRect(area, theme.canvas)
    transform = painter.worldTransform()
    pitch = round(PITCH * transform.m11())
    if pitch < _LEAST:
        return
    shown = transform.mapRect(area)
    origin = transform.map(QPointF(0, 0))
    painter.setWorldMatrixEnabled(False)
    offset = QPointF(shown.x() - origin.x(), shown.y() - origin.y())
    painter.drawTiledPixmap(shown, _dots(theme, pitch, painter.device().devicePixelRatioF()), offset)
    painter.setWorldMatrixEnabled(True)


def _dots(theme: Theme, pitch: int, ratio: float) -> QPixmap:
    """Several dots a side, since each tile costs."""
    side = _TILE * pitch
    key = f"ground {theme.line.name()} {pitch} {ratio}"
    made = QPixmap()
    if not QPixmapCache.find(key, made):
        made = QPixmap(round(side * ratio), round(side * ratio))
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        with QPainter(made) as painter:
            for x in range(pitch // 2, side, pitch):
                for y in range(pitch // 2, side, pitch):
                    painter.fillRect(x, y, 1, 1, theme.line)
        QPixmapCache.insert(key, made)
    return made
