"""The layers that are selected in the strip, and the button that splits them off."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from designer.design.tree import Node
from designer.symbolic.issue import Refusal
from designer.ui.appearance import Appearance
from designer.ui.controls.label import label
from designer.ui.controls.section import KeptSection
from designer.ui.layers import layering
from designer.ui.layers.words import kind_name, layers_named
from designer.ui.session import Session
from designer.ui.settings import Settings
from designer.ui.tr import spoken, tr


class ChosenSection(KeptSection):
    """Layers that are selected in the strip, to be split off. Hidden where none are."""

    def __init__(self, session: Session, appearance: Appearance, settings: Settings) -> None:
        super().__init__(appearance, tr("Selected layers"), settings, "chosen layers")
        self._session = session
        self.words = label("", appearance.theme.fonts.small, "2", wraps=True)
        self.refused = label("", appearance.theme.fonts.small, "warn", wraps=True)
        self.split = QPushButton(tr("Split off as an exception"))
        self.split.clicked.connect(self._split)
        for widget in (self.words, self.split, self.refused):
            self.body.addWidget(widget)

    def show_node(self, node: Node) -> None:
        """Show the selected layers of a Repeat."""
        chosen = self._session.layers
        self.setVisible(bool(chosen))
        self.refused.hide()
        if chosen:
            layers = layering.layers_of(self._session, node)
            kinds = dict.fromkeys(
                kind_name(lane.kinds[lane.order[layer]])
                for layer in chosen
                for lane in (layers.lanes if layers is not None else ())
            )
            self.words.setText(tr("{layers}: {kinds}", layers=layers_named(chosen), kinds=", ".join(kinds)))

    def _split(self) -> None:
        try:
            layering.split(self._session)
        except Refusal as refused:
            self.refused.setText(spoken(refused.cause))
            self.refused.show()
