"""One of a few, all of them in sight: words in cells, the chosen one ringed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from designer.ui.appearance import Appearance
from designer.ui.controls.painting import CENTRE, paint_focus, rounded
from designer.ui.theme import mixed

_RADIUS = 5


class Segments(QWidget):
    """`chosen` carries the value of the cell that was taken. The arrow keys go from cell to cell.

    Cells lie on one ground, or stand `apart` as suggestions do; those that are `dashed` may be taken like all
    others, but something is to be said about them.
    """

    chosen = Signal(object)

    def __init__(
        self, appearance: Appearance, name: str, options: Mapping[Any, str], *, apart: bool = False
    ) -> None:
        super().__init__()
        self._appearance, self._name, self.apart = appearance, name, apart
        self.cells = {value: _Cell(appearance, self, words) for value, words in options.items()}
        row = QHBoxLayout(self)
        row.setContentsMargins(0 if apart else 2, 0 if apart else 2, 0 if apart else 2, 0 if apart else 2)
        row.setSpacing(5 if apart else 0)
        for value, cell in self.cells.items():
            row.addWidget(cell, 1)
            cell.clicked.connect(lambda _=False, value=value: self.chosen.emit(value))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        self.show_chosen(None)

    @property
    def value(self) -> Any:
        """What is chosen; None where no cell has it."""
        return next((value for value, cell in self.cells.items() if cell.isChecked()), None)

    def show_chosen(self, value: Any) -> None:
        """Ring a value's cell; none where there is no such cell. Tab comes to that, else to the first."""
        for other, cell in self.cells.items():
            cell.setAutoExclusive(False)
            cell.setChecked(other == value)
            cell.setAutoExclusive(True)
        known = self.value
        for at, (other, cell) in enumerate(self.cells.items()):
            first = other == known if known is not None else at == 0
            cell.setFocusPolicy(Qt.FocusPolicy.StrongFocus if first else Qt.FocusPolicy.ClickFocus)

    def dash(self, values: Collection[Any], why: str) -> None:
        """Mark these, and say why."""
        for value, cell in self.cells.items():
            cell.dashed = value in values
            cell.setToolTip(why if cell.dashed else "")
            cell.setAccessibleDescription(why if cell.dashed else "")
            cell.update()

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """The keyboard goes to the chosen cell."""
        cells = list(self.cells.values())
        next((cell for cell in cells if cell.isChecked()), cells[0]).setFocus(reason)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.apart:
            with QPainter(self) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                rounded(painter, QRectF(self.rect()), self._appearance.theme.sunken, _RADIUS + 1)


class _Cell(QAbstractButton):
    """A cell; in an exclusive group the arrow keys go on to the next, which is thereby taken."""

    def __init__(self, appearance: Appearance, parent: Segments, words: str) -> None:
        super().__init__(parent)
        self._appearance, self._group = appearance, parent
        self.dashed = False
        self.setText(words)
        self.setCheckable(True)
        self.setAccessibleName(words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        fonts = self._appearance.theme.fonts
        height = fonts.small.metrics.height() + (6 if self._group.apart else 8)
        return QSize(fonts.small_value.width(self.text()) + 10, height)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._appearance.theme
        area = QRectF(self.rect()).adjusted(0.8, 0.8, -0.8, -0.8)
        chosen = self.isChecked()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if chosen:
                painter.setPen(QPen(theme.accent, 1.6))
                painter.setBrush(theme.accentsoft if self._group.apart else theme.field)
                painter.drawRoundedRect(area, _RADIUS, _RADIUS)
            elif self._group.apart:
                how = Qt.PenStyle.DashLine if self.dashed else Qt.PenStyle.SolidLine
                edge = theme.fieldline if self.underMouse() or self.dashed else theme.line2
                painter.setPen(QPen(edge, 1, how))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(area, _RADIUS - 1, _RADIUS - 1)
            elif self.underMouse():
                rounded(painter, area, mixed(theme.text, theme.sunken, 0.07), _RADIUS)
            role = theme.fonts.small_value if chosen else theme.fonts.small
            if role.width(self.text()) + 6 > self.width():
                role = theme.fonts.caption
            painter.setFont(role.font)
            painter.setPen(theme.accenttext if chosen else theme.text2)
            painter.drawText(QRectF(self.rect()), CENTRE, self.text())
            if self.hasFocus():
                paint_focus(painter, area, theme, _RADIUS)
