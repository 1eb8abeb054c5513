"""The design itself: its name, its notes, and under which scenario its costs are asked."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from designer.design import edits
from designer.ui.appearance import Appearance
from designer.ui.controls.label import label
from designer.ui.controls.section import KeptSection
from designer.ui.scenario.form import ScenarioForm
from designer.ui.session import Session
from designer.ui.settings import Settings
from designer.ui.tr import tr


class DesignForm(QWidget):
    """Follows the session while it is shown."""

    def __init__(self, session: Session, appearance: Appearance, settings: Settings) -> None:
        super().__init__()
        self._session = session
        fonts = appearance.theme.fonts
        self.name = QLineEdit()
        self.name.setProperty("boxed", True)
        self.name.setFont(fonts.body.font)
        self.name.setAccessibleName(tr("Name of the design"))
        self.notes = Notes()
        self.notes.setFont(fonts.body.font)
        self.notes.setPlaceholderText(tr("What is it for?"))
        self.notes.setAccessibleName(tr("Notes"))
        self.notes.setTabChangesFocus(True)
        self.notes.setFixedHeight(fonts.body.metrics.height() * 4 + 14)
        self._gesture = object()
        about = KeptSection(appearance, tr("Design"), settings, "design")
        for words, widget in ((tr("Name"), self.name), (tr("Notes"), self.notes)):
            caption = label(words, fonts.caption, "2")
            caption.setBuddy(widget)
            about.body.addWidget(caption)
            about.body.addWidget(widget)
        self.scenario = ScenarioForm(session, appearance)
        costs = KeptSection(appearance, tr("Scenario"), settings, "scenario")
        costs.body.addWidget(self.scenario)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(about)
        column.addWidget(costs)
        self.name.textEdited.connect(self._put)
        self.name.editingFinished.connect(self._begin)
        self.notes.textChanged.connect(self._put)
        self.notes.left.connect(self._begin)
        self.refresh()

    def refresh(self) -> None:
        """Show the present design."""
        design = self._session.design
        if self.name.text() != design.name:
            self.name.setText(design.name)
        if self.notes.toPlainText() != design.notes:
            self.notes.blockSignals(True)
            self.notes.setPlainText(design.notes)
            self.notes.blockSignals(False)
        self.scenario.refresh()

    def _begin(self) -> None:
        self._gesture = object()

    def _put(self) -> None:
        name, notes = self.name.text(), self.notes.toPlainText()
        if (name, notes) != (self._session.design.name, self._session.design.notes):
            design = edits.describe(self._session.design, name, notes)
            self._session.commit(design, tr("Describe the design"), self._gesture)


class Notes(QPlainTextEdit):
    """Text that says when it is left."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()
