"""A line for the name of a new variable and one for its value; hidden until asked for."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from designer.design import edits
from designer.design.expression import Expression, why_not_a_name
from designer.symbolic.issue import Said, said
from designer.ui.appearance import Appearance
from designer.ui.controls.entry import Ask, Entry, read
from designer.ui.controls.said_box import SaidBox
from designer.ui.session import Session
from designer.ui.tr import tr


class NewVariable(QWidget):
    """Adds a variable to the design, as one step."""

    def __init__(self, session: Session, appearance: Appearance) -> None:
        super().__init__()
        self._session = session
        self.name = self._line(appearance, tr("name"), tr("Name of the new variable"))
        self.value = self._line(appearance, tr("8k or 4*hidden_size"), tr("Value of the new variable"))
        self.box = SaidBox(appearance)
        row = QHBoxLayout()
        row.addWidget(self.name, 1)
        row.addWidget(self.value, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self.box)
        self.hide()

    def begin(self) -> None:
        """Ask for a name."""
        self.show()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def _line(self, appearance: Appearance, hollow: str, name: str) -> QLineEdit:
        made = QLineEdit()
        made.setFont(appearance.theme.fonts.body.font)
        made.setProperty("boxed", True)
        made.setPlaceholderText(hollow)
        made.setAccessibleName(name)
        made.returnPressed.connect(self._finish)
        return made

    def _finish(self) -> None:
        name, design = self.name.text().strip(), self._session.design
        entry = read(self.value.text(), Ask(least=None), self._session.measured.resolved.valued.numbers)
        cause = self._why_not(name) or entry.cause
        if cause is not None:
            self.box.show_entry(Entry(cause=cause), None)
            return
        assert isinstance(entry.setting, (int, float, Expression))
        self.name.clear()
        self.value.clear()
        self.box.show_entry(Entry(), None)
        self.hide()
        self._session.commit(edits.set_variable(design, name, entry.setting), tr("Add {name}", name=name))

    def _why_not(self, name: str) -> Said | None:
        if name in self._session.design.variables:
            return said("The name is taken.")
        return why_not_a_name(name) if name else said("A name is missing.")
