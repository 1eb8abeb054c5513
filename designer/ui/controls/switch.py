"""Yes or no, as a switch."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from designer.ui.appearance import Appearance
from designer.ui.controls.painting import paint_focus, rounded


class Switch(QAbstractButton):
    """A checkable button drawn as a switch; Space turns it."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._mixed = False
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_mixed(self, mixed: bool) -> None:
        """Stand halfway: on in some places, off in others."""
        if mixed != self._mixed:
            self._mixed = mixed
            self.update()

    def sizeHint(self) -> QSize:
        height = self._appearance.theme.fonts.row
        return QSize(round(height * 0.62) * 2 + 6, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._appearance.theme
        height = round(theme.fonts.row * 0.62)
        track = QRectF(3, (self.height() - height) / 2, height * 1.8, height)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            ground = theme.accent if self.isChecked() else theme.fieldline
            rounded(painter, track, ground, height / 2)
            x = track.right() - height + 2 if self.isChecked() else track.left() + 2
            if self._mixed:
                x = track.center().x() - (height - 4) / 2
            knob = theme.onaccent if self.isChecked() else theme.card
            rounded(painter, QRectF(x, track.top() + 2, height - 4, height - 4), knob, height)
            if self.hasFocus():
                paint_focus(painter, track.adjusted(-3, -3, 3, 3), theme, height / 2 + 3)
