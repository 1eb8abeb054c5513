"""A mark that a row of a form wears under the pointer: let this field differ by layer."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtWidgets import QToolButton

from designer.design import edits
from designer.design.tree import Pattern
from designer.ui.appearance import Appearance
from designer.ui.icons import icon
from designer.ui.inspector.form_row import Row
from designer.ui.layers import layering
from designer.ui.session import Session
from designer.ui.tr import tr

SIDE = 12


class ByLayerOffer(QObject):
    """Watches a row. The same is offered for the keyboard by the section `By layer`."""

    def __init__(self, row: Row, session: Session, appearance: Appearance) -> None:
        super().__init__(row)
        self._row, self._session, self._appearance = row, session, appearance
        self.button: QToolButton | None = None
        row.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Enter and self._can:
            self._show()
        elif event.type() == QEvent.Type.Leave and self.button is not None:
            self.button.hide()
        return False

    @property
    def _can(self) -> bool:
        """Whether the field is of one block, and the same in all its layers."""
        session, row = self._session, self._row
        if len(row.way) != 1 or row.declared.structural or not layering.can_differ(session):
            return False
        node = edits.find(session.design, session.selection[0])
        return row.way[0] in node.fields and not isinstance(node.fields[row.way[0]], Pattern)

    def _show(self) -> None:
        if self.button is None:
            words = tr("{field} by layer…", field=self._row.name)
            made = self.button = QToolButton(self._row)
            made.setProperty("plain", True)
            made.setAccessibleName(words)
            made.setToolTip(words)
            made.setIconSize(QSize(SIDE, SIDE))
            made.setIcon(icon("choose", self._appearance.theme.accenttext, SIDE))
            made.clicked.connect(self._vary)
        label = self._row.label.geometry()
        self.button.adjustSize()
        self.button.move(
            label.right() - self.button.width() + 1, label.center().y() - self.button.height() // 2
        )
        self.button.raise_()
        self.button.show()

    def _vary(self) -> None:
        row = self._row
        layering.vary(self._session, self._session.selection[0], row.way[0], row.name)
