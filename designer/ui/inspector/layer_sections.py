"""All that the inspector says of layers, for the block that is selected."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QMenu, QToolButton, QVBoxLayout, QWidget

from designer.design.alternatives import by_layer
from designer.design.layouts import layout_of
from designer.design.tree import Node, Pattern
from designer.ui.appearance import Appearance
from designer.ui.controls.section import KeptSection
from designer.ui.inspector.cut_section import CutSection
from designer.ui.inspector.exception_section import ExceptionSection
from designer.ui.inspector.layers_section import ChosenSection, FlatSection, StandsSection
from designer.ui.inspector.pattern_section import PatternSection
from designer.ui.layers import layering
from designer.ui.session import Session
from designer.ui.settings import Settings
from designer.ui.tr import tr


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


class OffersSection(KeptSection):
    """What may differ by layer in a block inside a Repeat: the block itself, or one of its fields."""

    def __init__(self, session: Session, appearance: Appearance, settings: Settings) -> None:
        super().__init__(appearance, tr("By layer"), settings, "by layer")
        self._session = session
        self.block = self._button(tr("One of these, by layer"))
        self.field = self._button(tr("A field, by layer"))
        self.block_menu, self.field_menu = QMenu(self.block), QMenu(self.field)
        self.block.setMenu(self.block_menu)
        self.field.setMenu(self.field_menu)
        self.block_menu.aboutToShow.connect(self._fill_blocks)
        self.field_menu.aboutToShow.connect(self._fill_fields)

    def show_nodes(self, nodes: Sequence[Node]) -> None:
        """Show what is offered for a block."""
        self.setVisible(layering.can_differ(self._session))
        self.field.setVisible(len(nodes) == 1 and bool(self._fields(nodes[0])))

    def _button(self, words: str) -> QToolButton:
        made = QToolButton()
        made.setText(words)
        made.setAccessibleName(words)
        made.setProperty("boxed", True)
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.body.addWidget(made)
        return made

    def _fields(self, node: Node) -> list[str]:
        made = self._session.registry.block(node.kind)
        if made is None or layout_of(node, self._session.registry) == "choose":
            return []
        return [name for name in made.fields() if not isinstance(node.fields.get(name), Pattern)]

    def _fill_fields(self) -> None:
        self.field_menu.clear()
        for node in self._session.nodes:
            made = self._session.registry.block(node.kind)
            for name in self._fields(node) if made is not None else ():
                title = tr(made.fields()[name].label) if made is not None else name
                action = self.field_menu.addAction(title)
                action.triggered.connect(
                    lambda _, id=node.id, name=name, title=title: self._vary(id, name, title)
                )

    def _vary(self, id: int, name: str, title: str) -> None:
        design = by_layer(self._session.design, id, name)
        self._session.commit(design, tr("{field} by layer", field=title))

    def _fill_blocks(self) -> None:
        self.block_menu.clear()
        copy = self.block_menu.addAction(tr("A copy of it"))
        copy.triggered.connect(lambda: layering.add_copy(self._session))
        self.block_menu.addSeparator()
        for title, node in layering.alternatives(self._session):
            action = self.block_menu.addAction(tr(title))
            action.triggered.connect(
                lambda _, node=node, title=title: layering.add_alternative(self._session, node, tr(title))
            )
