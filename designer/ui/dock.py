"""The panel below the canvas: charts and issues, under tabs; closed it keeps its tabs."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from designer.ui.appearance import Appearance
from designer.ui.charts.breakdown import Breakdown
from designer.ui.charts.loading import Loading
from designer.ui.controls.tabs import Tabs
from designer.ui.icons import icon
from designer.ui.issues.page import IssuesPage
from designer.ui.session import Session
from designer.ui.tr import tr

CHARTS, ISSUES = 0, 1


class Dock(QWidget):
    """Follows the session. `folded` says that only the tabs are to be seen, or no longer."""

    folded = Signal(bool)
    left = Signal()

    def __init__(self, session: Session, appearance: Appearance) -> None:
        super().__init__()
        self._session, self._appearance = session, appearance
        self.tabs = Tabs(appearance, tr("Panel below the canvas"))
        self.tabs.addTab(tr("Charts"))
        self.tabs.addTab(tr("Issues"))
        self._fold = QToolButton()
        self._fold.setProperty("plain", True)
        self._fold.clicked.connect(lambda: self.fold(not self.is_folded))
        self.charts = QWidget()
        self._row = QHBoxLayout(self.charts)
        self._row.setContentsMargins(16, 8, 16, 10)
        self._row.setSpacing(24)
        self.breakdown = Breakdown(session, appearance)
        self._row.addWidget(self.breakdown, 1)
        self.issues = IssuesPage(session, appearance)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.charts)
        self.pages.addWidget(self.issues)
        top = QHBoxLayout()
        top.setContentsMargins(4, 0, 10, 0)
        top.addWidget(self.tabs)
        top.addStretch(1)
        top.addWidget(self._fold)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 1, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.pages, 1)
        self.tabs.currentChanged.connect(self._turn)
        self.tabs.tabBarClicked.connect(lambda _: self.fold(False))
        session.changed.connect(self._follow)
        appearance.turned.connect(self._paint_fold)
        self._paint_fold()
        self._follow()
        self.complete = False
        self._loading = Loading()
        self._loading.done.connect(self._add_curve, Qt.ConnectionType.QueuedConnection)

    @property
    def is_folded(self) -> bool:
        """Whether only the tabs are to be seen."""
        return self.pages.isHidden()

    def load(self) -> None:
        """Fetch what the charts need, beside the window."""
        self._loading.start()

    def enter(self) -> None:
        """Take the keyboard."""
        self.fold(False)
        self.tabs.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def fold(self, fold: bool) -> None:
        """Show the tabs only, or all."""
        if fold != self.is_folded:
            self.pages.setVisible(not fold)
            self._paint_fold()
            self.folded.emit(fold)

    def show_page(self, page: int) -> None:
        """Bring a page to the front."""
        self.tabs.setCurrentIndex(page)
        self.fold(False)

    @property
    def head_height(self) -> int:
        """What the tabs take."""
        return self.tabs.sizeHint().height() + 2

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.head_height if self.is_folded else self.head_height + 110)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._appearance.theme
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.panel)
            painter.setPen(theme.line)
            for y in (0.5, self.head_height - 0.5) if not self.is_folded else (0.5,):
                painter.drawLine(QPointF(0, y), QPointF(self.width(), y))

    def _turn(self, page: int) -> None:
        self.pages.setCurrentIndex(page)
        self._follow()

    def _follow(self, *_: object) -> None:
        self.tabs.mark(ISSUES, sum(issue.severity != "note" for issue in self._session.issues))
        if self.pages.currentIndex() == ISSUES:
            self.issues.refresh()

    def _add_curve(self) -> None:
        from designer.ui.charts.curve import Curve

        self._row.addWidget(Curve(self._session, self._appearance), 1)
        self.complete = True

    def _paint_fold(self) -> None:
        words = tr("Open the panel") if self.is_folded else tr("Close the panel to its tabs")
        self._fold.setToolTip(words)
        self._fold.setAccessibleName(words)
        name = "chevron_up" if self.is_folded else "chevron_down"
        self._fold.setIcon(icon(name, self._appearance.theme.text2, 14))
