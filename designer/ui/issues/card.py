"""One issue: what it means, where and why, and a button that mends it, with its price."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from designer.analysis.mending import Mending
from designer.symbolic.issue import Issue
from designer.ui.accessible import play
from designer.ui.appearance import Appearance
from designer.ui.controls.label import label
from designer.ui.controls.painting import paint_focus, rounded
from designer.ui.icons import icon, pixmap
from designer.ui.numbers import difference
from designer.ui.tr import spoken, tr

ICONS = {"note": "info", "warning": "warning", "unsound": "octagon"}
LEFT = 38
SIDE = 14


class IssueCard(QWidget):
    """`opened` asks for its block, by a click or Enter; `mended` carries the `Mending` that was chosen.

    `walked` asks for the next card (1) or the one before (-1).
    """

    opened = Signal()
    walked = Signal(object)
    mended = Signal(object)

    def __init__(self, appearance: Appearance, issue: Issue, title: str) -> None:
        super().__init__()
        self._appearance, self.issue = appearance, issue
        self.sentence = _sentence(issue)
        fonts = appearance.theme.fonts
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(LEFT, 8, 12, 8)
        self._column.setSpacing(3)
        self._column.addWidget(label(title, fonts.name, wraps=True))
        self._column.addWidget(label(self.sentence, fonts.small, "2", wraps=True))
        self._column.addStretch(1)
        self.button: QPushButton | None = None
        self._mending: Mending | None = None
        self.price = label("", fonts.small, "2")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        play(self, "button")
        self.setAccessibleName(tr("{title}: {sentence}", title=title, sentence=self.sentence))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.MinimumExpanding)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        if issue.node is not None:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        appearance.turned.connect(self._paint_button)

    def offer(self, mending: Mending, more: int) -> None:
        """Show what mends it, and how many parameters more the design would have."""
        self._mending = mending
        if self.button is None:
            self.button = self._made_button()
        words = spoken(mending.words)
        price = difference(more) if more else tr("no difference")
        self.button.setText(words)
        self.button.setAccessibleName(tr("{action}, {price}", action=words, price=price))
        self.price.setText(price)

    def _made_button(self) -> QPushButton:
        made = QPushButton()
        made.setProperty("soft", True)
        made.setFont(self._appearance.theme.fonts.small_value.font)
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        made.setIcon(icon("mend", self._appearance.theme.accenttext, SIDE))
        made.clicked.connect(lambda: self.mended.emit(self._mending))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(made)
        row.addWidget(self.price)
        row.addStretch(1)
        self._column.insertLayout(2, row)
        return made

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Left):
            self.walked.emit(1 if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Right) else -1)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._appearance.theme
        colours = {"unsound": theme.danger, "warning": theme.warn}
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            area = QRectF(self.rect()).adjusted(4, 1, -4, -1)
            if self.underMouse():
                rounded(painter, area, theme.sunken, 6)
            if self.hasFocus():
                paint_focus(painter, area, theme, 6)
            mark = pixmap(
                ICONS[self.issue.severity],
                colours.get(self.issue.severity, theme.text2),
                SIDE,
                self.devicePixelRatioF(),
            )
            high = theme.fonts.name.metrics.height()
            painter.drawPixmap(QPointF(16, 8 + (high - SIDE) / 2), mark)

    def _paint_button(self) -> None:
        if self.button is not None:
            self.button.setIcon(icon("mend", self._appearance.theme.accenttext, SIDE))


def _sentence(issue: Issue) -> str:
    """Place and cause; what would help in words, where an importer or a reading knows it."""
    cause, where = spoken(issue.cause), issue.where
    said = tr("In {place}: {cause}", place=where, cause=cause) if where and issue.node is not None else cause
    return tr("{cause} {fix}", cause=said, fix=spoken(issue.fix)) if issue.fix is not None else said
