"""The zoom of the canvas: fit, smaller, a slider, larger, and the number."""

from __future__ import annotations

from math import log2

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from designer.ui.accessible import play
from designer.ui.appearance import Appearance
from designer.ui.controls.painting import LEFT, paint_focus, rounded
from designer.ui.icons import icon
from designer.ui.tr import tr

SMALLEST, LARGEST = 0.1, 4.0


class Zoom(QWidget):
    """`asked` carries the factor that is wanted, `fit` asks for all of the design."""

    asked = Signal(float)
    fit = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        self._fit = self._button("fit", tr("Show all of the design"))
        self._smaller = self._button("minus", tr("Smaller"))
        self._track = _Track(appearance)
        self._larger = self._button("plus", tr("Larger"))
        for widget in (self._fit, self._smaller, self._track, self._larger):
            row.addWidget(widget)
        self._said = _Said(appearance)
        row.addWidget(self._said)
        self._fit.clicked.connect(self.fit)
        self._smaller.clicked.connect(lambda: self.asked.emit(self._track.factor / 1.25))
        self._larger.clicked.connect(lambda: self.asked.emit(self._track.factor * 1.25))
        self._track.asked.connect(self.asked)
        appearance.turned.connect(self._paint_icons)

    def show_factor(self, factor: float) -> None:
        """Show the canvas's zoom."""
        self._track.factor = factor
        self._track.setAccessibleDescription(self._said.show_factor(factor))
        self._track.update()

    def _button(self, name: str, words: str) -> QToolButton:
        made = QToolButton()
        made.setProperty("plain", True)
        made.setObjectName(name)
        made.setAccessibleName(words)
        made.setToolTip(words)
        made.setIcon(icon(name, self._appearance.theme.text2, 14))
        return made

    def _paint_icons(self) -> None:
        for button in (self._fit, self._smaller, self._larger):
            button.setIcon(icon(button.objectName(), self._appearance.theme.text2, 14))


class _Track(QWidget):
    asked = Signal(float)

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.factor = 1.0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Zoom"))
        play(self, "slider")

    def sizeHint(self) -> QSize:
        return QSize(84, 20)

    def _x(self, factor: float) -> float:
        share = (log2(factor) - log2(SMALLEST)) / (log2(LARGEST) - log2(SMALLEST))
        return 6 + min(max(share, 0.0), 1.0) * (self.width() - 12)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._go(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event.position().x())

    def _go(self, x: float) -> None:
        share = min(max((x - 6) / (self.width() - 12), 0.0), 1.0)
        factor = 2 ** (log2(SMALLEST) + share * (log2(LARGEST) - log2(SMALLEST)))
        self.asked.emit(1.0 if abs(self._x(1.0) - x) < 4 else factor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: 1 / 1.25, Qt.Key.Key_Right: 1.25}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.asked.emit(self.factor * step)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._appearance.theme
        y = self.height() / 2
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            rounded(painter, QRectF(6, y - 1, self.width() - 12, 2), theme.line2, 1)
            painter.fillRect(QRectF(self._x(1.0) - 0.5, y - 4, 1, 8), theme.line2)
            painter.setPen(QPen(theme.text2, 1.5))
            painter.setBrush(theme.card)
            painter.drawEllipse(QPointF(self._x(self.factor), y), 4.5, 4.5)
            if self.hasFocus():
                paint_focus(painter, QRectF(self.rect()).adjusted(0, 2, 0, -2), theme)


class _Said(QWidget):
    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance, self._words = appearance, ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def show_factor(self, factor: float) -> str:
        """Show it; and what is shown."""
        self._words = tr("{n}\u2009%", n=round(factor * 100))
        self.update()
        return self._words

    def sizeHint(self) -> QSize:
        return QSize(self._appearance.theme.fonts.small.width("400\u2009%") + 8, 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._appearance.theme
        with QPainter(self) as painter:
            painter.setFont(theme.fonts.small.font)
            painter.setPen(theme.text2)
            painter.drawText(QRectF(self.rect()), LEFT, self._words)
