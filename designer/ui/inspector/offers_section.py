"""What may differ by layer in the selected block, as two menus."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QMenu, QToolButton

from designer.design.layouts import layout_of
from designer.design.tree import Node, Pattern
from designer.ui.appearance import Appearance
from designer.ui.controls.section import KeptSection
from designer.ui.layers import layering
from designer.ui.session import Session
from designer.ui.settings import Settings
from designer.ui.tr import tr


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

    def _fields(self, node: Node) -> dict[str, str]:
        """The fields of a block that may follow the layers, with what they are called."""
        made = self._session.registry.block(node.kind)
        if made is None or layout_of(node, self._session.registry) == "choose":
            return {}
        fields = {name: tr(field.label) for name, field in made.fields().items()}
        return {
            name: title for name, title in fields.items() if not isinstance(node.fields.get(name), Pattern)
        }

    def _fill_fields(self) -> None:
        self.field_menu.clear()
        for node in self._session.nodes:
            for name, title in self._fields(node).items():
                vary = partial(layering.vary, self._session, node.id, name, title)
                self.field_menu.addAction(title).triggered.connect(lambda _, vary=vary: vary())

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
