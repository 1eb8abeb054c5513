"""All that the inspector says of layers, for the block that is selected."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from designer.ui.appearance import Appearance
from designer.ui.inspector.chosen_section import ChosenSection
from designer.ui.inspector.cut_section import CutSection
from designer.ui.inspector.exception_section import ExceptionSection
from designer.ui.inspector.flat_section import FlatSection
from designer.ui.inspector.pattern_section import PatternSection
from designer.ui.inspector.stands_section import StandsSection
from designer.ui.session import Session
from designer.ui.settings import Settings


class LayerSections(QWidget):
    """Sections that show themselves where they have something to say."""

    def __init__(self, session: Session, appearance: Appearance, settings: Settings) -> None:
        super().__init__()
        self._session = session
        self.chosen = ChosenSection(session, appearance, settings)
        self.apart = ExceptionSection(session, appearance, settings)
        self.pattern = PatternSection(session, appearance, settings)
        self.cut = CutSection(session, appearance, settings)
        self.stands = StandsSection(session, appearance, settings)
        self.flat = FlatSection(session, appearance, settings)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for section in (self.chosen, self.apart, self.pattern, self.cut, self.flat, self.stands):
            column.addWidget(section)

    def refresh(self) -> None:
        """Show what is selected, where that is one block."""
        nodes = self._session.nodes
        self.setVisible(len(nodes) == 1)
        if len(nodes) != 1:
            return
        for section in (self.chosen, self.pattern, self.cut, self.stands):
            section.show_node(nodes[0])
        self.apart.refresh()
        self.flat.refresh()
