"""The highest row: menus, undo and redo, which design this is and whether it is saved."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenuBar, QSizePolicy, QWidget

from designer.ui.appearance import Appearance
from designer.ui.controls.painting import CENTRE, LEFT, rounded
from designer.ui.icons import pixmap
from designer.ui.session import Session
from designer.ui.tr import tr


class TitleRow(QWidget):
    """Holds the menu bar; the name stands in the middle of the window where there is room."""

    def __init__(self, session: Session, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.menus = QMenuBar()
        self.menus.setNativeMenuBar(False)
        self.menus.setFont(appearance.theme.fonts.body.font)
        self.menus.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(44, 4, 14, 4)
        self._row.setSpacing(2)
        self._row.addWidget(self.menus)
        self._row.addSpacing(14)
        self._row.addStretch(1)
        self.name = _Name(session, appearance)
        self.name.setParent(self)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.place)
        session.changed.connect(self._follow)
        session.kept.connect(self._follow)

    def add_button(self, button: QAbstractButton, *, at_end: bool = False) -> None:
        """Put a button after the menus, or at the right end."""
        self._row.insertWidget(self._row.count() if at_end else self._row.count() - 1, button)

    def sizeHint(self) -> QSize:
        return QSize(800, self._appearance.theme.fonts.row + 14)

    def place_soon(self) -> None:
        """Put the name in place once the buttons stand."""
        self._soon.start()

    def place(self) -> None:
        """Put the name into the middle, or beside the buttons."""
        wide = self.name.sizeHint().width()
        left = (self.width() - wide) // 2
        taken, free = self._edges()
        left = max(left, taken + 12)
        self.name.setGeometry(left, 0, min(wide, max(free - left, 0)), self.height())

    def _edges(self) -> tuple[int, int]:
        """Where the buttons at the left end, and those at the right begin."""
        spacer = next(i for i in range(self._row.count()) if self._row.stretch(i))
        placed = [item.geometry() for i in range(self._row.count()) if (item := self._row.itemAt(i))]
        before = max((area.right() for area in placed[:spacer]), default=0)
        return before, min((area.left() for area in placed[spacer + 1 :]), default=self.width()) - 8

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._appearance.theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), theme.panel)
            tile = QRectF(12, self.height() / 2 - 11, 22, 22)
            rounded(painter, tile, theme.accent, 5)
            mark = pixmap("logo", theme.onaccent, 16, self.devicePixelRatioF())
            painter.drawPixmap(QPointF(tile.left() + 3, tile.top() + 3), mark)
            x = self.menus.geometry().right() + 7.5
            painter.setPen(theme.line)
            painter.drawLine(QPointF(x, 10), QPointF(x, self.height() - 10))

    def _follow(self, *_: object) -> None:
        self.name.refresh()
        self.place()


class _Name(QWidget):
    def __init__(self, session: Session, appearance: Appearance) -> None:
        super().__init__()
        self._session, self._appearance = session, appearance
        self.title = self.state = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.refresh()

    def refresh(self) -> None:
        """Show the present name and state."""
        session = self._session
        before = self.title, self.state
        self.title = session.design.name or tr("Untitled")
        if session.edited:
            self.state = tr("Edited")
        else:
            self.state = tr("Saved") if session.path is not None else tr("New")
        if (self.title, self.state) == before:
            return
        self.setAccessibleName(tr("{name}: {state}", name=self.title, state=self.state))
        self.update()

    def sizeHint(self) -> QSize:
        fonts = self._appearance.theme.fonts
        return QSize(20 + fonts.name.width(self.title) + 9 + fonts.small.width(self.state) + 8, 30)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, fonts = self._appearance.theme, self._appearance.theme.fonts
        state = fonts.small.width(self.state)
        room = self.width() - 20 - 9 - state - 4
        with QPainter(self) as painter:
            mark = pixmap("document", theme.text2, 14, self.devicePixelRatioF())
            painter.drawPixmap(QPointF(0, self.height() / 2 - 7), mark)
            painter.setFont(fonts.name.font)
            painter.setPen(theme.text)
            shown = fonts.name.metrics.elidedText(self.title, Qt.TextElideMode.ElideRight, max(room, 0))
            painter.drawText(QRectF(20, 0, room + 1, self.height()), LEFT, shown)
            painter.setFont(fonts.small.font)
            painter.setPen(theme.text2)
            left = 20 + fonts.name.width(shown) + 9
            painter.drawText(QRectF(left, 0, state + 2, self.height()), CENTRE, self.state)
