"""Layers as cells: where each stands in a strip, and how kinds are told apart without colour."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from designer.analysis.layers import Layers
from designer.ui.controls.painting import hatch, rounded
from designer.ui.theme import Theme, mixed

BETWEEN_TILES = 6.0
LEAST_APART = 4.0
"""Pixels of a cell's pitch from which cells, and tiles, have gaps between them."""
WIDEST = 26.0
RADIUS = 2.5

Span = tuple[float, float]


def spans(layers: Layers, width: float) -> list[Span]:
    """(left, width) of each layer's cell, in `width` pixels; tiles stand apart where there is room."""
    count = layers.times
    breaks = [
        layer
        for layer in range(1, count)
        if layers.tile > 1 and layer >= layers.first and (layer - layers.first) % layers.tile == 0
    ]
    gap = BETWEEN_TILES if (width - BETWEEN_TILES * len(breaks)) / count >= LEAST_APART else 0.0
    pitch = min((width - gap * len(breaks)) / count, WIDEST)
    apart = 1.5 if pitch >= LEAST_APART else 0.0
    starts, left = set(breaks), 0.0
    found: list[Span] = []
    for layer in range(count):
        left += gap if layer in starts else 0.0
        found.append((left, pitch - apart))
        left += pitch
    return found


def layer_at(cells: list[Span], x: float) -> int:
    """The layer whose cell is nearest to `x`."""
    return min(range(len(cells)), key=lambda layer: abs(cells[layer][0] + cells[layer][1] / 2 - x))


def paint_cell(painter: QPainter, area: QRectF, theme: Theme, category: str, kind: int) -> None:
    """A cell of a kind: solid, hatched, dotted or hollow."""
    colour = theme.colour(category)
    radius = min(RADIUS, area.width() / 3)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    fill = kind % 4
    if fill == 0:
        rounded(painter, area, colour, radius)
        return
    rounded(painter, area, mixed(colour, theme.panel, 0.28 if fill < 3 else 0.0), radius)
    if fill == 1:
        hatch(painter, area, colour, 5)
    elif fill == 2:
        _dots(painter, area, colour)
    else:
        painter.setPen(QPen(colour, 1.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(area.adjusted(0.6, 0.6, -0.6, -0.6), radius, radius)


def _dots(painter: QPainter, area: QRectF, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    across, down = max(1, int(area.width() // 5)), max(1, int(area.height() // 5))
    for column in range(across):
        for row in range(down):
            x = area.left() + (column + 0.5) * area.width() / across
            y = area.top() + (row + 0.5) * area.height() / down
            painter.drawEllipse(QPointF(x, y), 1.2, 1.2)


def paint_ring(painter: QPainter, area: QRectF, colour: QColor, width: float) -> None:
    """A ring around one or several cells."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(area.adjusted(-1.5, -1.5, 1.5, 1.5), RADIUS + 1, RADIUS + 1)
