"""Strokes that several controls share: fields, focus, shadows, hatching, key caps, icons."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from designer.ui.icons import pixmap
from designer.ui.theme import Theme

RADIUS = 5
SHADOW = 20
"""Pixels around what lies over the window that its shadow takes."""
_WHOLE = Qt.AlignmentFlag.AlignVCenter.value | Qt.TextFlag.TextDontClip.value
LEFT = Qt.AlignmentFlag.AlignLeft.value | _WHOLE
RIGHT = Qt.AlignmentFlag.AlignRight.value | _WHOLE
CENTRE = Qt.AlignmentFlag.AlignHCenter.value | _WHOLE
"""Where a line of text stands in its area; a descender may stick out of it."""


def paint_field(painter: QPainter, area: QRectF, theme: Theme, focused: bool, broken: bool = False) -> None:
    """An input's ground with its edge; while focused a ring and a halo around it."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    mark = theme.danger if broken else theme.accent
    if focused:
        halo = QColor(mark)
        halo.setAlphaF(0.25)
        rounded(painter, area, halo, RADIUS + 1)
    inner = area.adjusted(2.5, 2.5, -2.5, -2.5)
    edge = mark if focused or broken else theme.line2
    painter.setPen(QPen(edge, 1.6 if focused or broken else 1))
    painter.setBrush(theme.field)
    painter.drawRoundedRect(inner, RADIUS, RADIUS)
    if not (focused or broken):
        painter.setPen(QPen(theme.fieldline, 1))
        y = inner.bottom()
        painter.drawLine(QPointF(inner.left() + RADIUS, y), QPointF(inner.right() - RADIUS, y))


def paint_focus(painter: QPainter, area: QRectF, theme: Theme, radius: float = RADIUS) -> None:
    """The dashed ring around what has the keyboard."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(theme.accent, 2, Qt.PenStyle.CustomDashLine)
    pen.setDashPattern([2, 1.5])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), radius, radius)


def rounded(painter: QPainter, area: QRectF, colour: QColor | QBrush, radius: float) -> None:
    """A filled area without an edge."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(area, radius, radius)


def paint_shadow(painter: QPainter, area: QRectF, theme: Theme, radius: float) -> None:
    """The shadow of what lies over the window, around its area."""
    shade = QColor(0, 0, 0, 9 if theme.dark else 5)
    for spread in range(SHADOW - 4, 0, -2):
        soft = area.adjusted(-spread, -spread + 5, spread, spread + 3)
        rounded(painter, soft, shade, radius + spread)


def hatch(painter: QPainter, area: QRectF, colour: QColor, gap: float = 6) -> None:
    """Slanted lines: what is not certain."""
    painter.save()
    painter.setClipRect(area, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(colour, 1.4))
    x = area.left() - area.height()
    while x < area.right():
        painter.drawLine(QPointF(x, area.bottom()), QPointF(x + area.height(), area.top()))
        x += gap
    painter.restore()


def paint_key(painter: QPainter, area: QRectF, theme: Theme, key: str) -> None:
    """A key cap."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.line2, 1))
    painter.setBrush(theme.raised)
    painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setPen(theme.text2)
    painter.setFont(theme.fonts.caption.font)
    painter.drawText(area, CENTRE, key)


def paint_tile(painter: QPainter, tile: QRectF, theme: Theme, icon: str, category: str, ratio: float) -> None:
    """An icon on the ground of its category; of no category, on neutral ground."""
    coloured = category in theme.categories and category not in ("other", "normalization")
    rounded(painter, tile, theme.tint(category) if coloured else theme.sunken, 5)
    side = round(tile.width() * 0.68)
    mark = pixmap(icon, theme.colour(category) if coloured else theme.text2, side, ratio)
    painter.drawPixmap(QPointF(tile.center().x() - side / 2, tile.center().y() - side / 2), mark)
