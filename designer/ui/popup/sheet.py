"""The sheet: a line to type in, the rows that answer, and the keys that hold meanwhile."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from designer.ui.appearance import Appearance
from designer.ui.controls.label import label
from designer.ui.controls.painting import LEFT, RIGHT, SHADOW, paint_key, paint_shadow
from designer.ui.icons import pixmap
from designer.ui.popup.rows import Row, RowList
from designer.ui.tr import tr

WIDE = 430
RADIUS = 12
MOST = 8
"""Rows that are shown at once."""

Keys = Sequence[tuple[str, str]]
Key = Qt.Key


class Sheet(QWidget):
    """Lies over a window and closes when the keyboard goes elsewhere.

    `typed` carries the text, `taken` the number of the row that is wanted; `moved` says that another row is
    the current one, `closed` that the sheet is gone and whether Esc did it. `had_keyboard` says whether it
    had the keyboard when it closed.
    """

    typed = Signal(object)
    taken = Signal(object)
    moved = Signal()
    closed = Signal(object)

    def __init__(self, window: QWidget, appearance: Appearance, name: str, hollow: str, keys: Keys) -> None:
        super().__init__(window)
        self._appearance, self._keys = appearance, keys
        self._hint = ""
        self._open = False
        self.had_keyboard = False
        fonts = appearance.theme.fonts
        self._head, self._foot = fonts.row + 16, fonts.row + 4
        self.setAccessibleName(name)
        self.line = _Line(appearance, name, hollow)
        self.list = RowList(appearance, name)
        self.nothing = label("", fonts.small, "2", wraps=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(SHADOW + 1, SHADOW, SHADOW + 1, SHADOW + self._foot)
        column.setSpacing(0)
        column.addWidget(self.line)
        column.addWidget(self.nothing)
        column.addWidget(self.list, 1)
        self.line.setFixedHeight(self._head)
        self.line.setTextMargins(38, 0, 12, 0)
        self.nothing.setContentsMargins(15, 10, 15, 10)
        self.line.textChanged.connect(lambda text: self.typed.emit(text))
        self.list.taken.connect(self.taken)
        self.list.selectionModel().currentChanged.connect(self._step)
        self.line.installEventFilter(self)
        self.hide()

    def open_at(self, area: QRect) -> None:
        """Show it in a part of the window, and give it the keyboard."""
        self._open = True
        self.stand_at(area)
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)

    def stand_at(self, area: QRect) -> None:
        """Stand in a part of the window, its shadow around that."""
        self.setGeometry(area.adjusted(-SHADOW, -SHADOW, SHADOW, SHADOW))

    def close_it(self, *, by_escape: bool = False) -> None:
        """Go away."""
        if self._open:
            self._open = False
            self.had_keyboard = self.line.hasFocus()
            self.hide()
            self.closed.emit(by_escape)

    @property
    def is_open(self) -> bool:
        """Whether it is to be seen."""
        return self._open

    def wanted_height(self) -> int:
        """Pixels for what it shows now."""
        inner = self.list.height_of(MOST)
        if not self.list.model_.rows:
            self.nothing.setFixedWidth(WIDE - 2)
            inner = self.nothing.heightForWidth(WIDE - 2)
        return self._head + inner + self._foot + 8

    def show_rows(self, rows: Sequence[Row], nothing: str, *, anew: bool) -> None:
        """Show other rows, the first current if they are `anew`; `nothing` is said where there are none."""
        self.list.show_rows(rows)
        self.nothing.setText(nothing)
        self.nothing.setVisible(not rows)
        self.list.setVisible(bool(rows))
        if anew and rows:
            self.list.go_to(0)
        self._announce()

    def show_hint(self, words: str) -> None:
        """Say at the right of the line where it is about."""
        self._hint = words
        wide = self._appearance.theme.fonts.small.width(words)
        self.line.setTextMargins(38, 0, 22 + wide if words else 12, 0)
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and event.type() == QEvent.Type.FocusOut:
            self._left()
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self.pressed(event)
        return super().eventFilter(watched, event)

    def pressed(self, event: QKeyEvent) -> bool:
        """Whether a key was for the sheet; else it is for the line."""
        key = event.key()
        if key == Key.Key_Escape:
            self.close_it(by_escape=True)
        elif key in (Key.Key_Down, Key.Key_Up):
            self.list.step(1 if key == Key.Key_Down else -1)
        elif key in (Key.Key_PageDown, Key.Key_PageUp):
            self.list.step(MOST if key == Key.Key_PageDown else -MOST)
        elif key in (Key.Key_Return, Key.Key_Enter):
            if self.list.at >= 0:
                self.taken.emit(self.list.at)
        else:
            return False
        return True

    def _left(self) -> None:
        """The keyboard went elsewhere in this window: not to a menu or another program."""
        focus = QApplication.focusWidget()
        if self._open and focus is not None and focus is not self.line and self.window().isActiveWindow():
            self.close_it()

    def _step(self, *_: object) -> None:
        self._announce()
        self.moved.emit()

    def _announce(self) -> None:
        """The current row is said with the line, which keeps the keyboard."""
        rows, at = self.list.model_.rows, self.list.at
        said = rows[at].spoken if 0 <= at < len(rows) else self.nothing.text()
        self.line.setAccessibleDescription(said)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, fonts = self._appearance.theme, self._appearance.theme.fonts
        area = QRectF(self.rect()).adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_shadow(painter, area, theme, RADIUS)
            painter.setPen(QPen(theme.line2, 1))
            painter.setBrush(theme.raised)
            painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
            glass = pixmap("search", theme.accent, 16, self.devicePixelRatioF())
            painter.drawPixmap(QPointF(area.left() + 15, area.top() + self._head / 2 - 8), glass)
            painter.setFont(fonts.small.font)
            painter.setPen(theme.text2)
            right = QRectF(area.left(), area.top(), area.width() - 14, self._head)
            painter.drawText(right, RIGHT, self._hint)
            painter.setPen(QPen(theme.line2, 1))
            for y in (area.top() + self._head - 0.5, area.bottom() - self._foot - 0.5):
                painter.drawLine(QPointF(area.left() + 1, y), QPointF(area.right() - 1, y))
            self._paint_keys(painter, area)

    def _paint_keys(self, painter: QPainter, area: QRectF) -> None:
        theme, caption = self._appearance.theme, self._appearance.theme.fonts.caption
        left, middle = area.left() + 14, area.bottom() - self._foot / 2
        for key, words in self._keys:
            cap = caption.width(key) + 12
            needed = cap + 6 + caption.width(tr(words))
            if left + needed > area.right() - 6:
                return
            paint_key(painter, QRectF(left, middle - 9, cap, 18), theme, key)
            painter.setPen(theme.text2)
            painter.drawText(QRectF(left + cap + 6, middle - 12, 200, 24), LEFT, tr(words))
            left += needed + 11


class _Line(QLineEdit):
    """The line without a frame of its own: the sheet is its frame."""

    def __init__(self, appearance: Appearance, name: str, hollow: str) -> None:
        super().__init__()
        self.setFont(appearance.theme.fonts.title.font)
        font = self.font()
        font.setWeight(font.Weight.Normal)
        self.setFont(font)
        self.setFrame(False)
        self.setStyleSheet("background: transparent; border: none")
        self.setPlaceholderText(hollow)
        self.setAccessibleName(name)

    def focusNextPrevChild(self, _next: bool) -> bool:
        return False  # Tab belongs to the sheet
