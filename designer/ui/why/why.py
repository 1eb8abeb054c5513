"""Why this number: a popover under the row that it explains."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QToolButton, QWidget

from designer.ui.appearance import Appearance
from designer.ui.canvas.view import Canvas
from designer.ui.controls.label import Elided, label
from designer.ui.icons import icon
from designer.ui.popup.popover import Popover
from designer.ui.session import Session
from designer.ui.totals.totals import Totals
from designer.ui.tr import tr
from designer.ui.why.sum import Sum
from designer.ui.why.tensors import Tensors
from designer.ui.why.words import About, Told, told

WIDE = 47
"""The popover's width, in heights of the system's font."""


class Why(QObject):
    """Opens the popover, one at a time, and keeps it up to date."""

    def __init__(
        self, window: QWidget, session: Session, appearance: Appearance, canvas: Canvas, totals: Totals
    ) -> None:
        super().__init__(window)
        self._window, self._session, self._appearance = window, session, appearance
        self._canvas, self._totals = canvas, totals
        self._about: About = None
        self.popover: Popover | None = None
        self.said: Told | None = None
        session.changed.connect(self._follow)

    def open(self, about: About) -> bool:
        """Explain a block, a category or the design; whether there is something to explain."""
        if self.popover is not None:
            self.popover.close()
        said = told(self._session, about)
        if said is None:
            return False
        self._about, self.said = about, said
        made = Popover(self._window, self._appearance, said.title, self._wide(), self._place)
        made.closed.connect(self._forget)
        self.popover = made
        if isinstance(about, int):
            self._canvas.reveal(about)
        self._fill(made, said)
        if isinstance(about, int):
            bar = self._canvas.verticalScrollBar()
            bar.setValue(bar.value() + made.lacks())
        made.open()
        return True

    def copy(self) -> None:
        """Put all of it on the clipboard, as text."""
        if self.said is not None:
            QApplication.clipboard().setText(self.said.text())

    def _wide(self) -> int:
        return round(self._appearance.theme.fonts.base * WIDE)

    def _forget(self) -> None:
        self.popover = self.said = None

    def _follow(self, *_: object) -> None:
        if self.popover is None:
            return
        said = told(self._session, self._about)
        if said is None:
            self.popover.close()
            return
        self.said = said
        self._fill(self.popover, said)
        self.popover.place()

    # --- what it says -------------------------------------------------------------------------------------

    def _fill(self, popover: Popover, said: Told) -> None:
        popover.empty()
        popover.setAccessibleName(said.title)
        fonts, body = self._appearance.theme.fonts, popover.body
        head = QHBoxLayout()
        title = Elided(fonts.title)
        title.setText(said.title)
        head.addWidget(title, 1)
        head.addWidget(self._cross(popover))
        body.addLayout(head)
        body.addWidget(Sum(self._appearance, said))
        if said.paragraph:
            body.addWidget(label(said.paragraph, fonts.small, wraps=True))
        if said.tensors or said.times:
            body.addWidget(Tensors(self._appearance, said))
        foot = QHBoxLayout()
        foot.addWidget(label(said.source, fonts.caption, "2", wraps=True), 1)
        foot.addWidget(self._copy_button(), 0, Qt.AlignmentFlag.AlignBottom)
        body.addLayout(foot)

    def _cross(self, popover: Popover) -> QToolButton:
        made = QToolButton()
        made.setProperty("plain", True)
        made.setIcon(icon("close", self._appearance.theme.text2, 14))
        made.setAccessibleName(tr("Close"))
        made.clicked.connect(popover.close)
        return made

    def _copy_button(self) -> QPushButton:
        made = QPushButton(tr("Copy"))
        made.setIcon(icon("copy", self._appearance.theme.text2, 14))
        made.setToolTip(tr("Copy all of this as text"))
        made.setAccessibleName(tr("Copy as text"))
        made.setAutoDefault(False)
        made.clicked.connect(self.copy)
        return made

    # --- where it stands ----------------------------------------------------------------------------------

    def _place(self) -> tuple[QRect, int] | None:
        """The row that is explained, and where its count is: the block's card, else in the totals."""
        if isinstance(self._about, str):
            strip = self._totals.strip
            entry = strip.area_of(self._about).translated(strip.mapTo(self._window, QPoint()))
            return entry, entry.center().x()
        seen = QRect(self._canvas.viewport().mapTo(self._window, QPoint()), self._canvas.viewport().size())
        if self._about is None:
            count = self._totals.count
            area = QRect(count.mapTo(self._window, QPoint()), count.size())
            return area, area.left() + 40
        shown = self._row_of(self._about).intersected(seen)
        return (shown, shown.right() - 34) if not shown.isEmpty() else (seen, seen.center().x())

    def _row_of(self, id: int) -> QRect:
        """A block's row on the canvas, in the window's pixels: its card, of a container its header."""
        card = self._canvas.board.card(id)
        if card is None:
            return QRect()
        area = card.sceneBoundingRect()
        if card.laid.margins is not None:
            area.setHeight(min(area.height(), card.laid.margins.head))
        shown = self._canvas.mapFromScene(area).boundingRect()
        return shown.translated(self._canvas.viewport().mapTo(self._window, QPoint()))
