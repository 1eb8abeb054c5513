"""The list of issues: what, where and why; Enter or a double click goes there."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from designer.symbolic.issue import Issue
from designer.ui.appearance import Appearance
from designer.ui.controls.label import label
from designer.ui.controls.painting import LEFT, paint_focus, rounded
from designer.ui.icons import pixmap
from designer.ui.session import Session
from designer.ui.tr import spoken, tr

ISSUE = Qt.ItemDataRole.UserRole
ICONS = {"note": "info", "warning": "warning", "unsound": "octagon"}
ORDER = {"unsound": 0, "warning": 1, "note": 2}
Index = QModelIndex | QPersistentModelIndex


class IssuesPage(QWidget):
    """Follows the session while it is shown; `jumped` says that an issue's block was selected."""

    jumped = Signal()

    def __init__(self, session: Session, appearance: Appearance) -> None:
        super().__init__()
        self._session = session
        self.list = QListWidget()
        self.list.setItemDelegate(_Rows(appearance, self.list))
        self.list.setAccessibleName(tr("Issues"))
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setStyleSheet("QListWidget { background: transparent; }")
        self._none = label(tr("Nothing to mend."), appearance.theme.fonts.body, "2")
        self._none.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._none.setContentsMargins(16, 8, 0, 0)
        either = QWidget()
        self._either = QStackedLayout(either)
        self._either.addWidget(self.list)
        self._either.addWidget(self._none)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.addWidget(either)
        self.list.itemActivated.connect(self._jump)
        self.list.itemClicked.connect(self._jump)

    def refresh(self) -> None:
        """Show the present issues, the gravest first."""
        issues = sorted(self._session.issues, key=lambda issue: ORDER[issue.severity])
        shown = [self.list.item(i).data(ISSUE) for i in range(self.list.count())]
        if issues == shown and (issues or self._either.currentWidget() is self._none):
            return
        self.list.clear()
        for issue in issues:
            item = QListWidgetItem(spoken(issue.cause))
            item.setData(ISSUE, issue)
            item.setToolTip(spoken(issue.cause))
            self.list.addItem(item)
        self._either.setCurrentWidget(self.list if issues else self._none)

    def _jump(self, item: QListWidgetItem) -> None:
        issue: Issue = item.data(ISSUE)
        self._session.select(() if issue.node is None else (issue.node,))
        self.jumped.emit()


class _Rows(QStyledItemDelegate):
    def __init__(self, appearance: Appearance, view: QListWidget) -> None:
        super().__init__(view)
        self._appearance, self._view = appearance, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        fonts = self._appearance.theme.fonts
        issue: Issue = index.data(ISSUE)
        wide = max(self._view.viewport().width() - 60, 100)
        area = fonts.small.metrics.boundingRect(
            0, 0, wide, 1000, Qt.TextFlag.TextWordWrap.value, self._words(issue)
        )
        return QSize(100, fonts.value.metrics.height() + area.height() + 12)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, fonts = self._appearance.theme, self._appearance.theme.fonts
        area = QRectF(option.rect)  # pyright: ignore[reportAttributeAccessIssue]
        state = option.state  # pyright: ignore[reportAttributeAccessIssue]
        issue: Issue = index.data(ISSUE)
        colour = {"unsound": theme.danger, "warning": theme.warn}.get(issue.severity, theme.text2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner = area.adjusted(8, 1, -8, -1)
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            rounded(painter, inner, theme.accentsoft, 6)
        if state & QStyle.StateFlag.State_HasFocus and self._view.hasFocus():
            paint_focus(painter, inner, theme, 6)
        mark = pixmap(ICONS[issue.severity], colour, 14, self._view.devicePixelRatioF())
        painter.drawPixmap(QPointF(area.left() + 16, area.top() + 7), mark)
        high = fonts.value.metrics.height()
        painter.setFont(fonts.value.font)
        painter.setPen(theme.text)
        title = issue.where or tr("The design")
        painter.drawText(QRectF(area.left() + 38, area.top() + 5, area.width() - 46, high), LEFT, title)
        painter.setFont(fonts.small.font)
        painter.setPen(theme.text2)
        rest = QRectF(
            area.left() + 38, area.top() + 5 + high, self._view.viewport().width() - 60, area.height()
        )
        painter.drawText(rest, Qt.TextFlag.TextWordWrap.value, self._words(issue))
        painter.restore()

    @staticmethod
    def _words(issue: Issue) -> str:
        cause = spoken(issue.cause)
        return tr("{cause} {fix}", cause=cause, fix=spoken(issue.fix)) if issue.fix is not None else cause
