"""Rows that answer to what is typed: a heading where a section begins, an icon, a name, words, an amount."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from designer.symbolic.frozen import frozen
from designer.ui.appearance import Appearance
from designer.ui.controls.painting import LEFT, RIGHT, paint_key, paint_tile, rounded
from designer.ui.theme import mixed

ROW = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


@frozen
class Row:
    """What one row shows. `heading` begins a section, `keys` are painted as caps, `why` is why it is grey."""

    title: str
    subtitle: str = ""
    heading: str = ""
    icon: str = ""
    category: str = ""
    amount: str = ""
    keys: str = ""
    why: str = ""

    @property
    def spoken(self) -> str:
        """The row for who cannot see it."""
        return ", ".join(
            part for part in (self.title, self.why or self.subtitle, self.amount, self.keys) if part
        )

    @property
    def caps(self) -> list[str]:
        """The keys one by one; those that end with + as they are."""
        if not self.keys:
            return []
        return [self.keys] if self.keys.endswith("+") else self.keys.split("+")


class Rows(QAbstractListModel):
    """The rows of one answer."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show others; where only amounts differ, nothing is scrolled."""
        if len(rows) == len(self.rows):
            self.rows = list(rows)
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken
        return row.why if role == Qt.ItemDataRole.ToolTipRole else None


class RowList(QListView):
    """The rows; the keyboard stays in the line above. `taken` carries a row's number.

    `amounts` says over their column what the amounts are of.
    """

    taken = Signal(object)

    def __init__(self, appearance: Appearance, name: str) -> None:
        super().__init__()
        self.model_ = Rows()
        self.amounts = ""
        self.setModel(self.model_)
        self._painted = _Painted(appearance, self)
        self.setItemDelegate(self._painted)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setStyleSheet("QListView { background: transparent; }")

    @property
    def at(self) -> int:
        """The number of the current row; -1 where there is none."""
        return self.currentIndex().row()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        self.model_.show_rows(rows)
        self.scheduleDelayedItemsLayout()

    def go_to(self, row: int) -> None:
        """Make a row the current one, in sight with its heading."""
        index = self.model_.index(row)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def step(self, by: int) -> None:
        """The next row (1) or the one before (-1)."""
        if self.model_.rows:
            self.go_to(min(max(self.at + by, 0), len(self.model_.rows) - 1))

    def in_sight(self) -> list[int]:
        """The numbers of the rows that can be seen."""
        area, model = self.viewport().rect(), self.model_
        return [row for row in range(len(model.rows)) if self.visualRect(model.index(row)).intersects(area)]

    def height_of(self, most: int) -> int:
        """Pixels that the rows take, `most` of them at most."""
        rows = self.model_.rows
        return sum(self._painted.height(rows, at) for at in range(min(len(rows), most)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self.go_to(index.row())
            self.taken.emit(index.row())


class _Painted(QStyledItemDelegate):
    def __init__(self, appearance: Appearance, view: RowList) -> None:
        super().__init__(view)
        self._appearance, self._view = appearance, view

    def height(self, rows: Sequence[Row], at: int) -> int:
        """Pixels of a row, with the heading that stands over it."""
        fonts = self._appearance.theme.fonts
        low = fonts.body.metrics.height() + fonts.small.metrics.height() + 10
        high = low if rows[at].subtitle or rows[at].why else fonts.row + 2
        return high + (self._heading(rows, at) and fonts.row)

    def _heading(self, rows: Sequence[Row], at: int) -> bool:
        return bool(rows[at].heading) and (at == 0 or rows[at - 1].heading != rows[at].heading)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(10, self.height(self._view.model_.rows, index.row()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        area = QRectF(option.rect)  # pyright: ignore[reportAttributeAccessIssue]
        state = option.state  # pyright: ignore[reportAttributeAccessIssue]
        theme, fonts = self._appearance.theme, self._appearance.theme.fonts
        rows, at = self._view.model_.rows, index.row()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._heading(rows, at):
            painter.setFont(fonts.group.font)
            painter.setPen(theme.text2)
            head = QRectF(area.left() + 15, area.top(), area.width() - 34, fonts.row)
            painter.drawText(head, LEFT, rows[at].heading)
            if at == 0:
                painter.setFont(fonts.caption.font)
                painter.drawText(head, RIGHT, self._view.amounts)
            area.setTop(area.top() + fonts.row)
        inner = area.adjusted(7, 0.5, -7, -0.5)
        if state & QStyle.StateFlag.State_Selected:
            rounded(painter, inner, theme.accentsoft, 6)
            rounded(painter, QRectF(inner.left(), inner.top() + 5, 3, inner.height() - 10), theme.accent, 1.5)
        elif state & QStyle.StateFlag.State_MouseOver:
            rounded(painter, inner, mixed(theme.text, theme.raised, 0.06), 6)
        self._row(painter, inner, rows[at])
        painter.restore()

    def _row(self, painter: QPainter, area: QRectF, row: Row) -> None:
        theme, fonts = self._appearance.theme, self._appearance.theme.fonts
        left, right = area.left() + 10, area.right() - 12
        more = row.subtitle or row.why
        if row.icon:
            side = 26 if more else 20
            tile = QRectF(left + (26 - side) / 2, area.center().y() - side / 2, side, side)
            paint_tile(painter, tile, theme, row.icon, row.category, self._view.devicePixelRatioF())
            left += 36
        right = self._amount(painter, area, right, row)
        painter.setPen(theme.text3 if row.why else theme.text)
        title = fonts.name if more and not row.why else fonts.body
        painter.setFont(title.font)
        room = int(right - left - 10)
        words = title.metrics.elidedText(row.title, Qt.TextElideMode.ElideRight, room)
        if not more:
            painter.drawText(QRectF(left, area.top(), room, area.height()), LEFT, words)
            return
        high, low = fonts.body.metrics.height(), fonts.small.metrics.height()
        top = area.center().y() - (high + low) / 2
        painter.drawText(QRectF(left, top, room, high), LEFT, words)
        painter.setFont(fonts.small.font)
        painter.setPen(theme.text3 if row.why else theme.text2)
        words = fonts.small.metrics.elidedText(more, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(left, top + high, room, low), LEFT, words)

    def _amount(self, painter: QPainter, area: QRectF, right: float, row: Row) -> float:
        """What stands at the right: an amount, or key caps. Where it begins."""
        theme, fonts = self._appearance.theme, self._appearance.theme.fonts
        if row.amount:
            painter.setFont(fonts.small_value.font)
            painter.setPen(theme.text)
            painter.drawText(
                QRectF(area.left(), area.top(), right - area.left(), area.height()), RIGHT, row.amount
            )
            return right - fonts.small_value.width(row.amount)
        for key in reversed(row.caps):
            wide = fonts.caption.width(key) + 12
            paint_key(painter, QRectF(right - wide, area.center().y() - 9, wide, 18), theme, key)
            right -= wide + 4
        return right
