"""The palette: everything that can be inserted, to be found by name, dragged, or taken by Enter."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPoint, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QDrag, QKeyEvent, QResizeEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QStackedLayout,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from designer.ui.appearance import Appearance
from designer.ui.controls.label import label
from designer.ui.controls.search_field import SearchField
from designer.ui.icons import icon
from designer.ui.palette.entries import Entry
from designer.ui.palette.rows import ENTRY, HAYSTACK, Rows, ghost
from designer.ui.part import part_data
from designer.ui.tr import tr

HOLD = QPoint(14, -4)
"""Where the pointer has the ghost: it hangs below, and covers nothing of where it would land."""


class Palette(QWidget):
    """`chosen` carries the entry that is to be inserted at the selection.

    `left` asks for the canvas, `widened` for room to search in where only icons are shown.
    """

    chosen = Signal(object)
    left = Signal()
    widened = Signal()

    def __init__(
        self,
        entries: Mapping[str, Sequence[Entry]],
        appearance: Appearance,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._entries = entries
        self.search = SearchField(appearance, tr("Search blocks"), "Ctrl F")
        self._glass = self._glass_button()
        self.list = _List(entries, appearance)
        self.nothing = self._no_result()
        listed = QWidget()
        self._either = QStackedLayout(listed)
        self._either.addWidget(self.list)
        self._either.addWidget(self.nothing)
        self._foot: QWidget | None = None
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(4)
        self._margin = QVBoxLayout()
        self._margin.setContentsMargins(10, 0, 10, 0)
        self._margin.addWidget(self.search)
        self._margin.addWidget(self._glass, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(self._margin)
        column.addWidget(listed, 1)
        self.search.textChanged.connect(self._search)
        self.search.down.connect(self.list.enter)
        self.search.taken.connect(self._take_first)
        self.search.left.connect(self.left)
        self.list.chosen.connect(self.chosen)
        self.list.escaped.connect(self.left)

    def begin_search(self) -> None:
        """Put the keyboard into the search field."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def enter(self) -> None:
        """Take the keyboard."""
        self.list.enter() if self.search.isHidden() else self.begin_search()

    def put_below(self, foot: QWidget) -> None:
        """Put something under the list."""
        self._foot = foot
        self._column.addWidget(foot)
        foot.setHidden(self.search.isHidden())  # among icons alone there is no room for it

    def show_rail(self, rail: bool) -> None:
        """Icons alone, for windows that are narrow."""
        if self._foot is not None:
            self._foot.setHidden(rail)
        self.search.setVisible(not rail)
        self._glass.setVisible(rail)
        self._margin.setContentsMargins(0 if rail else 10, 0, 0 if rail else 10, 0)
        if rail:
            self.search.clear()
        self.list.show_rail(rail)

    def _search(self, text: str) -> None:
        found = self.list.filter(text)
        self._either.setCurrentWidget(self.list if found else self.nothing)
        self.nothing.setText(
            tr("No block called “{text}”. Describe it: experts, window, recurrent.", text=text)
        )

    def _take_first(self) -> None:
        entry = self.list.first()
        if entry is not None:
            self.search.clear()
            self.chosen.emit(entry)

    def _glass_button(self) -> QToolButton:
        made = QToolButton()
        made.setProperty("plain", True)
        made.setAccessibleName(tr("Search blocks"))
        made.setToolTip(tr("Search blocks (Ctrl+F)"))
        made.setIcon(icon("search", self._appearance.theme.text2, 16))
        made.clicked.connect(self.widened)
        made.hide()
        return made

    def _no_result(self) -> QLabel:
        made = label("", self._appearance.theme.fonts.small, "2", wraps=True)
        made.setAlignment(Qt.AlignmentFlag.AlignTop)
        made.setContentsMargins(14, 8, 14, 0)
        return made


class _List(QTreeView):
    """The sections, each of which closes."""

    chosen = Signal(object)
    escaped = Signal()

    def __init__(self, entries: Mapping[str, Sequence[Entry]], appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._rows = Rows(appearance, self)
        self._found = QSortFilterProxyModel(self)
        self._model = _model(entries)
        self._found.setSourceModel(self._model)
        self._found.setFilterRole(HAYSTACK)
        self._found.setRecursiveFilteringEnabled(True)
        self._found.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setModel(self._found)
        self.setItemDelegate(self._rows)
        self.setHeaderHidden(True)
        self.header().setMinimumSectionSize(10)
        self.header().setStretchLastSection(False)  # it would keep a hidden header's 100 px
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setMouseTracking(True)
        self.setExpandsOnDoubleClick(False)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(tr("Blocks"))
        self.setStyleSheet("QTreeView { background: transparent; }")
        self.expandAll()
        self.clicked.connect(self._clicked)
        self.doubleClicked.connect(self._taken)

    def filter(self, text: str) -> bool:
        """Show what has the text in its name or description. Whether anything has."""
        self._found.setFilterFixedString(text.strip())
        self.expandAll()
        return self._found.rowCount() > 0

    def first(self) -> Entry | None:
        """The topmost entry; one whose name begins with what is searched comes before."""
        wanted = self._found.filterRegularExpression().pattern().replace("\\", "").lower()
        shown = [entry for index in self._indices() if (entry := index.data(ENTRY)) is not None]
        named = [entry for entry in shown if wanted and wanted in entry.title.lower()]
        begun = [entry for entry in named if entry.title.lower().startswith(wanted)]
        return next(iter([*begun, *named, *shown]), None)

    def enter(self) -> None:
        """Give the list the keyboard, at its first entry."""
        first = next((index for index in self._indices() if index.data(ENTRY) is not None), None)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if first is not None:
            self.setCurrentIndex(first)

    def index_of(self, title: str) -> QModelIndex:
        """Where an entry stands; an invalid index where it is not shown."""
        shown = ((index, index.data(ENTRY)) for index in self._indices())
        return next((index for index, e in shown if e is not None and e.title == title), QModelIndex())

    def entry_at(self, point: QPoint) -> Entry | None:
        """The entry at a point of the viewport."""
        return self.indexAt(point).data(ENTRY)

    def entries(self) -> list[Entry]:
        """All entries that are shown, in their order."""
        found = (index.data(ENTRY) for index in self._indices())
        return [entry for entry in found if entry is not None]

    def show_amounts(self, amounts: Mapping[Entry, str], head: str, unfit: Collection[Entry] = ()) -> None:
        """Show an amount beside each of these entries, and over them what it is of; dim what is `unfit`."""
        self._rows.amounts, self._rows.head, self._rows.unfit = amounts, head, unfit
        self.viewport().update()

    def show_rail(self, rail: bool) -> None:
        """Icons alone."""
        if self._rows.rail != rail:
            self._rows.rail = rail
            self.expandAll()
            self.scheduleDelayedItemsLayout()

    def startDrag(self, actions: Qt.DropAction) -> None:
        entry: Entry | None = self.currentIndex().data(ENTRY)
        if entry is None:
            return
        drag = QDrag(self)
        drag.setMimeData(part_data(entry.node))
        drag.setPixmap(ghost(entry, self._appearance, self))
        drag.setHotSpot(HOLD)
        drag.exec(Qt.DropAction.CopyAction)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setColumnWidth(0, self.viewport().width())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._taken(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def _clicked(self, index: QModelIndex) -> None:
        if index.data(ENTRY) is None:
            self.setExpanded(index, not self.isExpanded(index))

    def _taken(self, index: QModelIndex) -> None:
        entry = index.data(ENTRY)
        if entry is not None:
            self.chosen.emit(entry)
        elif index.isValid():
            self.setExpanded(index, not self.isExpanded(index))

    def _indices(self) -> list[QModelIndex]:
        found = []
        for row in range(self._found.rowCount()):
            section = self._found.index(row, 0)
            found += [self._found.index(i, 0, section) for i in range(self._found.rowCount(section))]
        return found


def _model(entries: Mapping[str, Sequence[Entry]]) -> QStandardItemModel:
    model = QStandardItemModel()
    for section, listed in entries.items():
        heading = QStandardItem(tr(section))
        heading.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        for entry in listed:
            item = QStandardItem(tr(entry.title))
            item.setData(entry, ENTRY)
            words = (tr(entry.title), entry.subtitle, entry.help, section, *entry.aliases)
            item.setData(" ".join(words), HAYSTACK)
            item.setData(tr(entry.title), Qt.ItemDataRole.ToolTipRole)
            if entry.help:
                item.setData(f"{tr(entry.title)}\n{tr(entry.help)}", Qt.ItemDataRole.ToolTipRole)
            heading.appendRow(item)
        model.appendRow(heading)
    return model
