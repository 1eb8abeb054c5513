"""A part of a panel under a heading that opens and closes it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Signal
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from designer.ui.appearance import Appearance
from designer.ui.controls.label import label
from designer.ui.controls.painting import LEFT, paint_focus
from designer.ui.icons import pixmap
from designer.ui.settings import Settings

LEFT_MARGIN = 15
MARGINS = 23
"""What a section keeps free left and right of its body."""


class Section(QWidget):
    """`body` is where its widgets go; `turned` says that it was opened or closed."""

    turned = Signal(bool)

    def __init__(
        self, appearance: Appearance, title: str, is_open: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.heading = _Heading(appearance, title)
        self.heading.setChecked(is_open)
        self._inside = QWidget(self)
        self._inside.setVisible(is_open)
        self.body = QVBoxLayout(self._inside)
        self.body.setContentsMargins(LEFT_MARGIN, 0, MARGINS - LEFT_MARGIN, 12)
        self.body.setSpacing(5)
        self._top = QHBoxLayout()
        self._top.setContentsMargins(6, 6, 8, 2)
        self._top.addWidget(self.heading, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._top)
        column.addWidget(self._inside)
        self.heading.toggled.connect(self._turn)

    def add_link(self, text: str, name: str) -> QToolButton:
        """A word at the right of the heading that does something."""
        made = link(self._appearance, text, name)
        self._top.addWidget(made)
        return made

    def add_note(self) -> QLabel:
        """Words at the right of the heading; empty at first."""
        made = label("", self._appearance.theme.fonts.small_value, "accent")
        self._top.addWidget(made)
        return made

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setPen(QPen(self._appearance.theme.line, 1))
            painter.drawLine(QPointF(0, 0.5), QPointF(self.width(), 0.5))

    def _turn(self, is_open: bool) -> None:
        self._inside.setVisible(is_open)
        self.turned.emit(is_open)


class KeptSection(Section):
    """A section that stays as it was left, in the next window too; `key` is the name it is remembered by."""

    def __init__(self, appearance: Appearance, title: str, settings: Settings, key: str) -> None:
        super().__init__(appearance, title, settings.is_open(key))
        self.turned.connect(lambda is_open: settings.keep_open(key, is_open))


class _Heading(QAbstractButton):
    def __init__(self, appearance: Appearance, title: str) -> None:
        super().__init__()
        self._appearance = appearance
        self.setText(title)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        fonts = self._appearance.theme.fonts
        return QSize(fonts.name.width(self.text()) + 40, fonts.row + 4)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._appearance.theme
        with QPainter(self) as painter:
            chevron = "chevron_down" if self.isChecked() else "chevron_right"
            tone = theme.text if self.underMouse() else theme.text3
            painter.drawPixmap(
                QPointF(9, self.height() / 2 - 6), pixmap(chevron, tone, 12, self.devicePixelRatioF())
            )
            painter.setFont(theme.fonts.name.font)
            painter.setPen(theme.text)
            painter.drawText(QRectF(self.rect()).adjusted(28, 0, 0, 0), LEFT, self.text())
            if self.hasFocus():
                paint_focus(painter, QRectF(self.rect()).adjusted(2, 1, -2, -1), theme)


def link(appearance: Appearance, text: str, name: str) -> QToolButton:
    """A word that does something: `free`, `Add`. `name` says it whole, for who cannot see where it stands."""
    made = QToolButton()
    made.setText(text)
    made.setFont(appearance.theme.fonts.small_value.font)
    made.setProperty("link", True)
    made.setAccessibleName(name)
    return made
