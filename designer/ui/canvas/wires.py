"""The lines that leave the stream, painted over the cards: ties, and the edge between two streams."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsRectItem, QGraphicsScene, QWidget

from designer.analysis.links import links
from designer.ui.canvas.frame import ground
from designer.ui.canvas.laid import Laid
from designer.ui.canvas.look import DRAWN, Stage, paint_icon
from designer.ui.canvas.routes import RADIUS, Crossing, Route, routes

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionGraphicsItem

TURN = 7.0
EDGE, TIE = 2.2, 1.6
"""How wide the edge into cross-attention and a tie are drawn."""
BREAK = 6
"""Of a stream that an edge passes over."""


class Wires:
    """A line in a scene for each link that a layout has a way for."""

    def __init__(self, scene: QGraphicsScene, stage: Stage) -> None:
        self._scene, self._stage = scene, stage
        self._routes: tuple[Route, ...] = ()
        self._items: list[Wire] = []

    def follow(self, laid: Laid) -> None:
        """Bring the lines in line with how everything is to stand."""
        bodies = laid.shown.bodies
        found = routes(laid, links(bodies[0]), self._stage.look.measures.card) if bodies else ()
        if found == self._routes:
            return
        self._routes = found
        for item in self._items:
            self._scene.removeItem(item)
        self._items = [Wire(self._stage, route) for route in found]
        for item in self._items:
            self._scene.addItem(item)


class Wire(QGraphicsRectItem):
    """One line."""

    def __init__(self, stage: Stage, route: Route) -> None:
        super().__init__()
        self._stage, self.route = stage, route
        self._path = _rounded(route)
        self.setRect(self._path.boundingRect().adjusted(-12, -12, 12, 12))
        self.setZValue(1 if route.tied else 2)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if painter.worldTransform().m11() < DRAWN:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.route.tied:
            self._paint_tie(painter)
        else:
            self._paint_flow(painter)

    def _paint_tie(self, painter: QPainter) -> None:
        theme = self._stage.look.theme
        pen = QPen(theme.accent, TIE)
        pen.setDashPattern([3.2, 2.2])
        self._draw(painter, pen)
        if self.route.disc is not None:
            x, y = self.route.disc
            painter.setPen(QPen(theme.accent, 1.4))
            painter.setBrush(theme.card)
            painter.drawEllipse(QPointF(x, y), RADIUS, RADIUS)
            paint_icon(painter, "link", theme.accent, x, y, 12)

    def _paint_flow(self, painter: QPainter) -> None:
        for crossing in self.route.crossings:
            self._break(painter, crossing)
        pen = QPen(self._stage.look.theme.text2, EDGE)
        self._draw(painter, pen)
        x, y = self.route.corners[-1]
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawPolyline(QPolygonF([QPointF(x - 7, y - 5), QPointF(x - 1.5, y), QPointF(x - 7, y + 5)]))

    def _draw(self, painter: QPainter, pen: QPen) -> None:
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(self._path)

    def _break(self, painter: QPainter, crossing: Crossing) -> None:
        """A stream stops short on either side of what passes over it."""
        x, y, over = crossing
        half = BREAK / 2 + EDGE / 2
        painter.fillRect(QRectF(x - 1.5, y - half, 3, 2 * half), ground(over, self._stage.look.theme))


def _rounded(route: Route) -> QPainterPath:
    """From corner to corner, each of them round as far as there is room."""
    points = [QPointF(*corner) for corner in route.corners]
    path = QPainterPath(points[0])
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        path.lineTo(_towards(corner, before))
        path.quadTo(corner, _towards(corner, after))
    path.lineTo(points[-1])
    return path


def _towards(corner: QPointF, other: QPointF) -> QPointF:
    """A turn's length away from a corner."""
    step = other - corner
    length = abs(step.x()) + abs(step.y())
    return corner + step * (min(TURN, length / 2) / length) if length else corner
