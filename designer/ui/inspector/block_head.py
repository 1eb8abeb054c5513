"""The head of the inspector: which block, and where it stands. F2 gives it another name."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from designer.analysis.issues import path_of
from designer.design import edits
from designer.ui.appearance import Appearance
from designer.ui.controls.label import Elided
from designer.ui.controls.painting import paint_tile
from designer.ui.icons import glyph
from designer.ui.session import Session
from designer.ui.tr import counted, tr

MOST_NAMED = 12
"""So many selected blocks are called by their names."""


class BlockHead(QWidget):
    """Icon, title and path of what is selected."""

    def __init__(self, session: Session, appearance: Appearance) -> None:
        super().__init__()
        self._session = session
        fonts = appearance.theme.fonts
        self.tile = _Tile(appearance)
        self.title = Elided(fonts.title)
        self.path = Elided(fonts.caption, "3")
        self.line = _Name(self)
        self.line.setFont(fonts.title.font)
        words = QVBoxLayout()
        words.setSpacing(1)
        for widget in (self.title, self.line, self.path):
            words.addWidget(widget)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 12, 14, 10)
        row.setSpacing(10)
        row.addWidget(self.tile)
        row.addLayout(words, 1)
        self.line.hide()
        self.line.editingFinished.connect(self._named)

    def refresh(self) -> None:
        """Show what is selected."""
        session = self._session
        ids = session.selection
        self.line.hide()
        self.title.show()
        if len(ids) == 1:
            block = session.block(ids[0])
            self.title.setText(session.title(ids[0]))
            self.path.setText(_above(path_of(session.design, ids[0], session.registry)) or tr("the design"))
            self.tile.show_icon(glyph(block), block.category)
            return
        self.tile.show_icon("stack" if ids else "document", "")
        if ids:
            self.title.setText(counted(len(ids), "{n} block selected", "{n} blocks selected"))
            titles = dict.fromkeys(session.title(node.id) for node in session.nodes[:MOST_NAMED])
            self.path.setText(
                ", ".join(titles) if len(ids) <= MOST_NAMED else tr("a change goes to all of them")
            )
        else:
            self.title.setText(session.design.name or tr("Untitled"))
            self.path.setText(tr("the design; nothing is selected"))

    def rename(self) -> None:
        """Ask for another name of the selected block."""
        if len(self._session.selection) != 1:
            return
        self.line.setText(edits.find(self._session.design, self._session.selection[0]).label)
        self.line.setPlaceholderText(self.title.text())
        self.line.setAccessibleName(tr("Name of {block}", block=self.title.text()))
        self.title.hide()
        self.line.show()
        self.line.selectAll()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def mouseDoubleClickEvent(self, event: object) -> None:
        self.rename()

    def _named(self) -> None:
        if not self.line.isVisible():
            return
        wanted, ids = self.line.text().strip(), self._session.selection
        self.line.hide()
        self.title.show()
        if len(ids) == 1 and wanted != edits.find(self._session.design, ids[0]).label:
            design = edits.relabel(self._session.design, ids[0], wanted)
            self._session.commit(design, tr("Rename {block}", block=self.title.text()))


class _Name(QLineEdit):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("boxed", True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            head = self.parent()
            assert isinstance(head, BlockHead)
            head.title.show()
        else:
            super().keyPressEvent(event)


class _Tile(QWidget):
    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._icon, self._category = "document", ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(32, 32)

    def show_icon(self, icon: str, category: str) -> None:
        """Show an icon on its category's ground."""
        if (icon, category) != (self._icon, self._category):
            self._icon, self._category = icon, category
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._appearance.theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_tile(
                painter, QRectF(self.rect()), theme, self._icon, self._category, self.devicePixelRatioF()
            )


def _above(path: str) -> str:
    """The path without its last station, which the title says."""
    return path.rpartition(" › ")[0]
