"""Rounded frames with their shadow and rings: painted once for each zoom, then stretched over any size.

A card's frame and shadow painted anew cost 145 µs; nine pieces of a kept picture cost a tenth of that.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPixmapCache

MIDDLE = 2
"""Of the pieces of a length, the one between the ends."""
MARGIN = 5
"""What a frame needs around itself for its shadow and its halo."""


class Slab(NamedTuple):
    """How a frame looks; `shadow` is the strength of what falls below it, `halo` glows around it."""

    fill: QColor
    edge: QColor
    weight: float = 1.0
    radius: float = 8.0
    shadow: float = 0.0
    halo: QColor | None = None

    @property
    def key(self) -> str:
        """What tells it from others in Qt's pixmap cache."""
        colours = (self.fill, self.edge, self.halo)
        names = [c.name(QColor.NameFormat.HexArgb) if c is not None else "" for c in colours]
        return f"slab {' '.join(names)} {self.weight} {self.radius} {self.shadow}"


def paint_slab(painter: QPainter, area: QRectF, slab: Slab) -> None:
    """A frame around `area`, in the painter's coordinates, on whole pixels at every zoom."""
    transform = painter.worldTransform()
    scale = transform.m11()
    outer = transform.mapRect(area.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)).toRect()
    corner = min(round((slab.radius + MARGIN + 2) * scale), outer.width() // 2, outer.height() // 2)
    if corner < 2:
        painter.fillRect(area, slab.fill)
        return
    picture = _picture(slab, scale, painter.device().devicePixelRatioF(), corner)
    painter.setWorldMatrixEnabled(False)
    _stretch(painter, outer, picture, corner)
    painter.fillRect(outer.adjusted(corner, corner, -corner, -corner), slab.fill)
    painter.setWorldMatrixEnabled(True)


def paint_ring(painter: QPainter, area: QRectF, colour: QColor, radius: float) -> None:
    """The dashed ring around what has the keyboard, apart from what it surrounds."""
    _dashed(painter, area.adjusted(-3, -3, 3, 3), QPen(colour, 2), radius + 3)


def paint_dashed(painter: QPainter, area: QRectF, fill: QColor, edge: QColor, weight: float) -> None:
    """A place that is not filled yet, or not for certain."""
    painter.setBrush(fill)
    half = weight / 2
    _dashed(painter, area.adjusted(half, half, -half, -half), QPen(edge, weight), 8, filled=True)


def paint_hatch(painter: QPainter, area: QRectF, colour: QColor, gap: float = 7) -> None:
    """Slanted lines over a frame: what is not certain."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRect(area.adjusted(2, 2, -2, -2), Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(colour, 1.4))
    x = area.left() - area.height()
    while x < area.right():
        painter.drawLine(QPointF(x, area.bottom()), QPointF(x + area.height(), area.top()))
        x += gap
    painter.restore()


def _picture(slab: Slab, scale: float, ratio: float, corner: int) -> QPixmap:
    """The smallest frame of this kind: its corners, and two pixels between them."""
    key = f"{slab.key} {scale:.3f} {ratio} {corner}"
    made = QPixmap()
    if not QPixmapCache.find(key, made):
        side = 2 * corner + 2
        made = QPixmap(round(side * ratio), round(side * ratio))
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        with QPainter(made) as painter:
            painter.scale(scale, scale)
            inner = side / scale - 2 * MARGIN
            _paint(painter, QRectF(MARGIN, MARGIN, inner, inner), slab)
        QPixmapCache.insert(key, made)
    return made


def _stretch(painter: QPainter, outer: QRect, picture: QPixmap, corner: int) -> None:
    """Corners as they are, edges stretched between them."""
    ratio = picture.devicePixelRatio()
    for column, (x, width, from_x, from_width) in enumerate(_pieces(outer.x(), outer.width(), corner)):
        for row, (y, height, from_y, from_height) in enumerate(_pieces(outer.y(), outer.height(), corner)):
            if column < MIDDLE or row < MIDDLE:
                source = QRectF(from_x * ratio, from_y * ratio, from_width * ratio, from_height * ratio)
                painter.drawPixmap(QRectF(x, y, width, height), picture, source)


def _pieces(start: int, length: int, corner: int) -> list[tuple[int, int, int, int]]:
    """(where to, how long, where from, how long there) of both ends and of what lies between."""
    middle = length - 2 * corner
    pieces = [(start, corner, 0, corner), (start + corner + middle, corner, corner + 2, corner)]
    return [*pieces, (start + corner, middle, corner, 2)] if middle else pieces


def _paint(painter: QPainter, area: QRectF, slab: Slab) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for depth in (2, 1) if slab.shadow else ():
        painter.setBrush(QColor(0, 0, 0, round(255 * slab.shadow / depth)))
        painter.drawRoundedRect(
            area.adjusted(0.25, 0.75, -0.25, 0.5 + depth * 0.75), slab.radius, slab.radius
        )
    if slab.halo is not None:
        painter.setBrush(slab.halo)
        painter.drawRoundedRect(area.adjusted(-3, -3, 3, 3), slab.radius + 3, slab.radius + 3)
    painter.setBrush(slab.fill)
    half = slab.weight / 2
    if slab.weight:
        painter.setPen(QPen(slab.edge, slab.weight))
    painter.drawRoundedRect(area.adjusted(half, half, -half, -half), slab.radius - half, slab.radius - half)


def _dashed(painter: QPainter, area: QRectF, pen: QPen, radius: float, *, filled: bool = False) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen.setDashPattern([3.5, 2.5] if filled else [2.5, 1.75])
    painter.setPen(pen)
    if not filled:
        painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(area, radius, radius)
