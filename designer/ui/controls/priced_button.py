"""A button that says at its right what pressing it would cost."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from designer.ui.appearance import Appearance
from designer.ui.controls.painting import LEFT, RIGHT, paint_focus
from designer.ui.tr import tr

PADDING = 10


class PricedButton(QAbstractButton):
    """The words at the left, the price at the right."""

    def __init__(self, appearance: Appearance, words: str, price: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance, self.price = appearance, price
        self.setText(words)
        self.setAccessibleName(tr("{action}, {price}", action=words, price=price) if price else words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        fonts = self._appearance.theme.fonts
        wide = fonts.body.width(self.text()) + fonts.value.width(self.price) + 3 * PADDING
        return QSize(wide, fonts.row + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, fonts = self._appearance.theme, self._appearance.theme.fonts
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.fieldline if self.underMouse() else theme.line2, 1))
            painter.setBrush(theme.accentsoft if self.isDown() else theme.card)
            painter.drawRoundedRect(area, 6, 6)
            if self.hasFocus():
                paint_focus(painter, QRectF(self.rect()), theme, 6)
            inner = area.adjusted(PADDING, 0, -PADDING, 0)
            painter.setFont(fonts.value.font)
            painter.setPen(theme.accenttext)
            painter.drawText(inner, RIGHT, self.price)
            left = inner.adjusted(0, 0, -fonts.value.width(self.price) - PADDING, 0)
            roles = (fonts.body, fonts.small, fonts.caption)
            role = next((role for role in roles if role.width(self.text()) <= left.width()), roles[-1])
            painter.setFont(role.font)
            painter.setPen(theme.text)
            painter.drawText(left, LEFT, self.text())
