"""How the palette's rows are painted: headings, ready parts in two lines, blocks in one; or icons alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from designer.ui.appearance import Appearance
from designer.ui.controls.painting import LEFT, RIGHT, paint_focus, paint_tile, rounded
from designer.ui.fonts import Role
from designer.ui.icons import pixmap
from designer.ui.palette.entries import Entry
from designer.ui.theme import mixed
from designer.ui.tr import tr

ENTRY = Qt.ItemDataRole.UserRole
HAYSTACK = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex
State = QStyle.StateFlag
DIM = 0.5
"""How much is seen of what does not fit where it would be inserted."""


class Rows(QStyledItemDelegate):
    """Paints entries; `rail` leaves their icons alone.

    `amounts` stand at the right of entries, `head` over the first of them; what is `unfit` is dim.
    """

    def __init__(self, appearance: Appearance, view: QTreeView) -> None:
        super().__init__(view)
        self._appearance, self._view = appearance, view
        self.rail = False
        self.amounts: Mapping[Entry, str] = {}
        self.head = ""
        self.unfit: Collection[Entry] = ()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        fonts = self._appearance.theme.fonts
        entry = index.data(ENTRY)
        if entry is None:
            return QSize(10, 9 if self.rail else fonts.row + 4)
        if self.rail:
            return QSize(10, 36)
        if entry.subtitle:
            return QSize(10, fonts.body.metrics.height() + fonts.caption.metrics.height() + 10)
        return QSize(10, fonts.row + 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        area = QRectF(option.rect)  # pyright: ignore[reportAttributeAccessIssue]
        state = option.state  # pyright: ignore[reportAttributeAccessIssue]
        entry: Entry | None = index.data(ENTRY)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, area, state, entry is not None)
        if entry is None:
            self._heading(painter, area, index)
        else:
            painter.setOpacity(DIM if entry in self.unfit else 1)
            self._entry(painter, area, entry)
        painter.restore()

    def _ground(self, painter: QPainter, area: QRectF, state: State, entered: bool) -> None:
        theme = self._appearance.theme
        inner = area.adjusted(6, 0.5, -6, -0.5)
        if entered and state & State.State_Selected and self._view.hasFocus():
            rounded(painter, inner, theme.accentsoft, 6)
        elif entered and state & State.State_MouseOver:
            rounded(painter, inner, mixed(theme.text, theme.panel, 0.06), 6)
        if state & State.State_HasFocus and self._view.hasFocus():
            paint_focus(painter, inner, theme, 6)

    def _heading(self, painter: QPainter, area: QRectF, index: Index) -> None:
        theme, fonts = self._appearance.theme, self._appearance.theme.fonts
        if self.rail:
            painter.fillRect(QRectF(area.left() + 10, area.center().y(), area.width() - 20, 1), theme.line)
            return
        chevron = "chevron_down" if self._view.isExpanded(index) else "chevron_right"
        mark = pixmap(chevron, theme.text3, 10, self._view.devicePixelRatioF())
        painter.drawPixmap(QPointF(area.left() + 13, area.center().y() - 5), mark)
        painter.setFont(fonts.group.font)
        painter.setPen(theme.text2)
        painter.drawText(area.adjusted(28, 0, -8, 0), LEFT, index.data(Qt.ItemDataRole.DisplayRole))
        if index.row() == 0 and self.head:
            painter.setFont(fonts.caption.font)
            painter.drawText(area.adjusted(28, 0, -12, 0), RIGHT, self.head)

    def _entry(self, painter: QPainter, area: QRectF, entry: Entry) -> None:
        theme, fonts = self._appearance.theme, self._appearance.theme.fonts
        side = 24 if entry.subtitle or self.rail else 20
        left = area.center().x() - side / 2 if self.rail else area.left() + 13
        tile = QRectF(left, area.center().y() - side / 2, side, side)
        paint_tile(painter, tile, theme, entry.icon, entry.category, self._view.devicePixelRatioF())
        if self.rail:
            return
        words = area.adjusted(13 + side + 8, 0, -8, 0)
        if not entry.subtitle:
            self._line(painter, words, entry.title, fonts.body, theme.text, entry)
            return
        high, low = fonts.body.metrics.height(), fonts.caption.metrics.height()
        words.setTop(area.center().y() - (high + low) / 2)
        words.setHeight(high)
        roles = (fonts.value, fonts.small_value, fonts.caption)
        title, room = tr(entry.title), words.width() - 2
        role = next((role for role in roles if role.width(title) < room), fonts.caption)
        self._line(painter, words, entry.title, role, theme.text)
        words.translate(0, high)
        words.setHeight(low)
        self._line(painter, words, entry.subtitle, fonts.caption, theme.text3, entry)

    def _line(
        self,
        painter: QPainter,
        area: QRectF,
        words: str,
        role: Role,
        ink: QColor,
        priced: Entry | None = None,
    ) -> None:
        """A line of an entry, and at its right the amount of one that is `priced`."""
        theme, small = self._appearance.theme, self._appearance.theme.fonts.small
        amount = self.amounts.get(priced, "") if priced is not None else ""
        room = area.width()
        if amount:
            painter.setFont(small.font)
            painter.setPen(theme.text2)
            painter.drawText(area.adjusted(0, 0, -4, 0), RIGHT, amount)
            room -= small.width(amount) + 10
        painter.setFont(role.font)
        painter.setPen(ink)
        painter.drawText(area, LEFT, _elided(role, tr(words), room))


def _elided(role: Role, words: str, room: float) -> str:
    return role.metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(room))


def ghost(entry: Entry, appearance: Appearance, widget: QWidget) -> QPixmap:
    """What follows the pointer while an entry is dragged: the card it will be."""
    theme, fonts = appearance.theme, appearance.theme.fonts
    ratio = widget.devicePixelRatioF()
    wide = fonts.name.width(tr(entry.title)) + 70
    made = QPixmap(round(wide * ratio), round(fonts.card * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    with QPainter(made) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(0, 0, wide, fonts.card)
        painter.setPen(theme.accent)
        painter.setBrush(theme.card)
        painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 8, 8)
        tile = QRectF(12, fonts.card / 2 - 14, 28, 28)
        paint_tile(painter, tile, theme, entry.icon, entry.category, ratio)
        painter.setFont(fonts.name.font)
        painter.setPen(theme.text)
        painter.drawText(area.adjusted(50, 0, -8, 0), LEFT, tr(entry.title))
    return made
