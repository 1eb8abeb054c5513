"""One of a few words, in a field that looks like every other field."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from designer.ui.appearance import Appearance
from designer.ui.controls.painting import LEFT, paint_field
from designer.ui.icons import pixmap


class Pick(QComboBox):
    """A combo box that paints itself. `said` stands for the current entry where that says too little.

    What several blocks have, where they do not agree, is said in italics.
    """

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.said = ""
        self._several = False
        self.setFont(appearance.theme.fonts.body.font)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_said(self, words: str) -> None:
        """Say this in place of the current entry; nothing lets the entry stand."""
        self._say(words, several=False)

    def show_several(self, words: Sequence[str]) -> None:
        """Say what several blocks have."""
        self._say("; ".join(dict.fromkeys(words)), several=True)

    def _say(self, words: str, *, several: bool) -> None:
        if (words, several) != (self.said, self._several):
            self.said, self._several = words, several
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._appearance.theme.fonts.row + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._appearance.theme
        ratio = self.devicePixelRatioF()
        with QPainter(self) as painter:
            paint_field(painter, QRectF(self.rect()), theme, self.hasFocus())
            side = 12
            text = QRect(9, 0, self.width() - 28, self.height())
            words = self.said or self.currentText()
            roles = (theme.fonts.body, theme.fonts.small, theme.fonts.caption)
            role = next((role for role in roles if role.width(words) <= text.width()), roles[-1])
            font = QFont(role.font)
            font.setItalic(self._several)
            painter.setFont(font)
            painter.setPen(theme.text2 if self._several else theme.text)
            shown = role.metrics.elidedText(words, Qt.TextElideMode.ElideRight, text.width())
            painter.drawText(text, LEFT, shown)
            corner = QPoint(self.width() - side - 9, (self.height() - side) // 2)
            painter.drawPixmap(corner, pixmap("chevron_down", theme.text3, side, ratio))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # a scrolled panel must not change what stands under the pointer
