"""A row of tabs: words over a line, the chosen one underlined."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QTabBar, QWidget

from designer.ui.appearance import Appearance
from designer.ui.controls.painting import CENTRE, paint_focus, rounded


class Tabs(QTabBar):
    """Painted as the theme has it. A tab may carry a number, as issues do."""

    def __init__(self, appearance: Appearance, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._marks: dict[int, int] = {}
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setAccessibleName(name)

    def mark(self, index: int, number: int) -> None:
        """Show a number beside a tab's word; none for 0."""
        if self._marks.get(index, 0) != number:
            self._marks[index] = number
            self.updateGeometry()
            self.setTabText(index, self.tabText(index))  # Qt measures the tabs anew
            self.update()

    def tabSizeHint(self, index: int) -> QSize:
        fonts = self._appearance.theme.fonts
        return QSize(fonts.name.width(self.tabText(index)) + 24 + self._mark_width(index), fonts.row + 8)

    def _mark_width(self, index: int) -> int:
        number = self._marks.get(index, 0)
        return self._appearance.theme.fonts.group.width(str(number)) + 18 if number else 0

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            for index in range(self.count()):
                self._paint_tab(painter, index)

    def _paint_tab(self, painter: QPainter, index: int) -> None:
        theme, fonts = self._appearance.theme, self._appearance.theme.fonts
        area = QRectF(self.tabRect(index))
        chosen = index == self.currentIndex()
        marked = self._mark_width(index)
        painter.setFont((fonts.name if chosen else fonts.body).font)
        painter.setPen(theme.text if chosen else theme.text2)
        painter.drawText(area.adjusted(0, 0, -marked, 0), CENTRE, self.tabText(index))
        if marked:
            badge = QRectF(area.right() - marked - 4, 0, marked - 6, fonts.group.metrics.height() + 4)
            badge.moveTop(area.center().y() - badge.height() / 2)
            rounded(painter, badge, theme.dangersoft, badge.height() / 2)
            painter.setFont(fonts.group.font)
            painter.setPen(theme.danger)
            painter.drawText(badge, CENTRE, str(self._marks[index]))
        if chosen:
            painter.fillRect(QRectF(area.left() + 10, area.bottom() - 2, area.width() - 20, 2), theme.accent)
            if self.hasFocus():
                paint_focus(painter, area.adjusted(3, 4, -3, -4), theme)
