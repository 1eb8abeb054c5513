"""Shows on the canvas where something would be inserted, what it would replace, and what a sheet is about."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from designer.design import edits
from designer.ui.appearance import Appearance
from designer.ui.canvas.gap import LINE
from designer.ui.canvas.laid import SLOT, Gap, Place
from designer.ui.canvas.look import Preview
from designer.ui.canvas.view import Canvas
from designer.ui.placing import Slot

LEAST = 210
"""The height that a sheet should have."""
AWAY = 22
"""The lead leaves the line by so much before it turns to the sheet."""


class Pointing(QWidget):
    """Lies over the canvas and lets the mouse through: a dashed ring, and the lead from line to sheet."""

    def __init__(self, canvas: Canvas, appearance: Appearance) -> None:
        super().__init__(canvas)
        self._canvas, self._appearance = canvas, appearance
        self._slot: Slot | None = None
        self._instead: int | None = None
        self._sheet = QRect()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def point_at(self, slot: Slot, instead: int | None, preview: Preview | None = None) -> None:
        """Open the line at a slot, or as much as what is previewed needs, and ring what would be replaced."""
        self._slot, self._instead = slot, instead
        board, session = self._canvas.board, self._canvas.session
        if not edits.find(session.design, slot[0]).inside:
            board.open_gap(None)  # its empty place is shown already
        else:
            board.open_gap(Gap(*slot, height=LINE if preview is None else SLOT), preview)
        self.setGeometry(self._canvas.viewport().geometry())
        self.show()
        self.raise_()
        self.update()

    def lead_to(self, sheet: QRect) -> None:
        """Join the line to a sheet, given in the window's coordinates."""
        self._sheet = sheet.translated(-self.mapTo(self.window(), QPoint(0, 0)))
        self.update()

    def stop(self) -> None:
        """Point at nothing."""
        self._slot = self._instead = None
        self._canvas.board.open_gap(None)
        self.hide()

    @property
    def line(self) -> QRect:
        """The line, or the place that is filled, in the canvas's coordinates; empty where it is not shown."""
        place = self._place(self._slot[0]) if self._slot is not None else None
        if place is None:
            return QRect()
        slot = place.laid.slot
        if slot is None:
            return self._seen(place.x, place.y, place.laid.width, place.laid.height)
        return self._seen(place.x + slot.x, place.y + slot.y, slot.width, slot.height)

    @property
    def ring(self) -> QRect:
        """What would be replaced, in the canvas's coordinates; empty where nothing is."""
        return self._card(self._instead)

    @property
    def about(self) -> QRect:
        """What the sheet must not cover, in the canvas's coordinates: line, ring, and what is selected.

        Where these lie so far apart that they leave no room: what would be replaced, else the line.
        """
        session = self._canvas.session
        chosen = self._card(session.selection[-1]) if session.selection else QRect()
        for areas in ((self.line, self.ring, chosen), (self.line, self.ring), (self.ring,)):
            whole = QRect()
            for area in areas:
                whole = whole.united(area)
            if not whole.isEmpty() and whole.height() + LEAST <= self._canvas.viewport().height():
                return whole
        return self.line

    def _card(self, id: int | None) -> QRect:
        place = self._place(id) if id is not None else None
        if place is None:
            return QRect()
        return self._seen(place.x, place.y, place.laid.width, place.laid.height)

    def _place(self, id: int) -> Place | None:
        return next((place for place in self._canvas.board.laid.walk() if place.laid.id == id), None)

    def _seen(self, x: float, y: float, width: float, height: float) -> QRect:
        corner = self._canvas.mapFromScene(x, y)
        return QRect(corner, self._canvas.mapFromScene(x + width, y + height))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._appearance.theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            pen = QPen(theme.accent, 2, Qt.PenStyle.CustomDashLine)
            pen.setDashPattern([3, 1.8])
            painter.setPen(pen)
            if self._instead is not None and not self.ring.isEmpty():
                painter.drawRoundedRect(self.ring.adjusted(-4, -4, 4, 4), 11, 11)
            painter.setPen(QPen(theme.accent, 1.6))
            if not self._sheet.isEmpty() and not self.about.isEmpty():
                painter.drawPath(self._lead())

    def _lead(self) -> QPainterPath:
        """From the left end of the line, around the corner, to the sheet's edge."""
        about, sheet = self.about, self._sheet
        line = self.line if about.contains(self.line) else about
        start = QPointF(line.left(), line.center().y() + 0.5)
        below = sheet.center().y() > start.y()
        end = sheet.top() + 22 if below else sheet.bottom() - 22
        end = min(max(end, 2), self.height() - 3)
        side = max(min(start.x(), sheet.left()) - AWAY, 3.0)
        path = QPainterPath(start)
        turn = 5 if below else -5
        path.lineTo(side + 5, start.y())
        path.quadTo(side, start.y(), side, start.y() + turn)
        path.lineTo(side, end - turn)
        path.quadTo(side, end, side + 5, end)
        path.lineTo(sheet.left(), end)
        return path
