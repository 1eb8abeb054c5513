"""What a panel is taken by, to be put on another side of the window."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from designer.ui.appearance import Appearance
from designer.ui.tr import tr

THICK = 9
DOT, APART, DOTS = 1.4, 6, 5


class Grip(QWidget):
    """Lies along an edge of its panel. The dock below it takes the mouse, since this leaves it alone."""

    def __init__(self, appearance: Appearance, upright: bool = False) -> None:
        super().__init__()
        self._appearance, self._upright = appearance, upright
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.SizeAllCursor)
        self.setToolTip(tr("Drag the panel to another side"))
        self.setAccessibleName(self.toolTip())

    def sizeHint(self) -> QSize:
        return QSize(THICK, THICK)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._appearance.theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), theme.panel)
            middle = QPointF(self.rect().center()) + QPointF(0.5, 0.5)
            for n in range(DOTS):
                along = (n - DOTS // 2) * APART
                at = middle + (QPointF(0, along) if self._upright else QPointF(along, 0))
                colour = theme.text2 if self.underMouse() else theme.line2
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colour)
                painter.drawEllipse(at, DOT, DOT)
