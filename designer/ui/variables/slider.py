"""A slider from a quarter to four times a variable's opening value, that moves among legal values only."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from math import log2

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from designer.ui.accessible import play
from designer.ui.appearance import Appearance
from designer.ui.controls.painting import paint_focus, rounded

_KNOB = 6.0
_EDGE = 8.0
_OVER = 15
"""Pixels above the track: room for the silhouette, so that nothing moves when it appears."""
_TALL = 13


class VariableSlider(QWidget):
    """`moved` carries the new value; `grasped` begins a gesture: every move until the release is part of it.

    The track is logarithmic, so that the opening value stands in the middle. While it is looked at, what the
    design would count at each value stands above it as a silhouette. `left` says when that ends.
    """

    moved = Signal(object)
    grasped = Signal()
    entered = Signal()
    left = Signal()

    def __init__(self, appearance: Appearance, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.opening = 1
        self.value = 1
        self.legal: Sequence[int] = (1,)
        self.totals: Sequence[int] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        play(self, "slider")
        self.setMouseTracking(True)

    def show_value(self, value: int, opening: int) -> None:
        """Stand at a value."""
        if (value, opening) != (self.value, self.opening):
            self.value, self.opening = value, opening
            self.setAccessibleDescription(f"{value:,}")
            self.update()

    def show_legal(self, legal: Sequence[int], totals: Sequence[int] = ()) -> None:
        """Move among these values only, in order; `totals` are what the design would count at each."""
        self.legal, self.totals = legal, totals
        self.update()

    @property
    def looked_at(self) -> bool:
        """Whether the pointer or the keyboard is here."""
        return self.underMouse() or self.hasFocus()

    def sizeHint(self) -> QSize:
        return QSize(160, _OVER + 11)

    @property
    def ends(self) -> tuple[int, int]:
        """The least and the greatest value of the track."""
        return max(1, self.opening // 4), max(self.opening * 4, 2)

    def x_of(self, value: int) -> float:
        """Where a value stands; those beyond the track stand at its end."""
        low, high = self.ends
        share = (log2(max(value, 1)) - log2(low)) / (log2(high) - log2(low))
        return _EDGE + min(max(share, 0.0), 1.0) * (self.width() - 2 * _EDGE)

    def value_at(self, x: float) -> int:
        """The legal value nearest to a place on the track."""
        return min(self.legal, key=lambda value: abs(self.x_of(value) - x), default=self.value)

    def stepped(self, steps: int) -> int:
        """The legal value so many places further."""
        if not self.legal:
            return self.value
        at = bisect_left(self.legal, self.value)
        there = at < len(self.legal) and self.legal[at] == self.value
        at += steps if there or steps < 0 else steps - 1
        return self.legal[min(max(at, 0), len(self.legal) - 1)]

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.grasped.emit()
            self._go(self.value_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(self.value_at(event.position().x()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_PageDown: -8,
            Qt.Key.Key_PageUp: 8,
        }.get(Qt.Key(event.key()))
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}.get(Qt.Key(event.key()))
        if steps is None and ends is None:
            super().keyPressEvent(event)
            return
        if not event.isAutoRepeat():
            self.grasped.emit()
        self._go(self.legal[ends] if ends is not None else self.stepped(steps or 0))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the panel scrolls

    def enterEvent(self, event: QEnterEvent) -> None:
        self.entered.emit()
        self.update()

    def leaveEvent(self, event: object) -> None:
        if not self.hasFocus():
            self.left.emit()
        self.update()

    def focusInEvent(self, event: object) -> None:
        self.entered.emit()
        self.update()

    def focusOutEvent(self, event: object) -> None:
        if not self.underMouse():
            self.left.emit()
        self.update()

    def _go(self, value: int) -> None:
        if value != self.value:
            self.moved.emit(value)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._appearance.theme
        y = float(_OVER)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.looked_at and len(self.totals) > 1:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.halo(0.18))
                painter.drawPolygon(self.silhouette())
                painter.setPen(QPen(theme.accent, 1))
                painter.drawPolyline(self.silhouette().toList()[1:-1])
            rounded(painter, QRectF(_EDGE, y - 1.5, self.width() - 2 * _EDGE, 3), theme.line2, 1.5)
            middle, x = self.x_of(self.opening), self.x_of(self.value)
            rounded(painter, QRectF(min(middle, x), y - 1.5, abs(x - middle), 3), theme.accent, 1.5)
            self._paint_ticks(painter, y)
            painter.setPen(QPen(theme.accent, 2))
            painter.setBrush(theme.card)
            painter.drawEllipse(QPointF(x, y), _KNOB, _KNOB)
            if self.hasFocus():
                paint_focus(painter, QRectF(x - 10, y - 10, 20, 20), theme, 10)

    def silhouette(self) -> QPolygonF:
        """What the design would count along the track, from the track up: the largest is as high as there is
        room for, and nothing is at the track itself."""
        most = max(*self.totals, 1)
        shown = [
            (value, total)
            for value, total in zip(self.legal, self.totals, strict=True)
            if self.ends[0] <= value <= self.ends[1]
        ]
        curve = [QPointF(self.x_of(value), _OVER - 2 - (_TALL - 2) * total / most) for value, total in shown]
        if not curve:
            return QPolygonF()
        return QPolygonF([QPointF(curve[0].x(), _OVER - 2), *curve, QPointF(curve[-1].x(), _OVER - 2)])

    def _paint_ticks(self, painter: QPainter, y: float) -> None:
        """Legal values while the pointer is here, and always the quarters of the track."""
        theme = self._appearance.theme
        painter.setPen(QPen(theme.fieldline, 1))
        marks = {self.x_of(round(self.opening * factor)) for factor in (0.25, 0.5, 1, 2, 4)}
        if self.looked_at and len(self.legal) <= self.width() / 6:
            marks |= {self.x_of(value) for value in self.legal}
        for x in marks:
            painter.drawLine(QPointF(x, y + 5), QPointF(x, y + 8))
