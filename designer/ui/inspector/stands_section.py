"""The layers that a selected block runs in, among all there are."""

from __future__ import annotations

from designer.analysis.layers import runs_everywhere
from designer.design.layouts import outermost_repeat
from designer.design.tree import Node
from designer.ui.appearance import Appearance
from designer.ui.controls.label import label
from designer.ui.controls.section import KeptSection
from designer.ui.inspector.layer_rows import StandsStrip
from designer.ui.layers import layering
from designer.ui.layers.words import which
from designer.ui.session import Session
from designer.ui.settings import Settings
from designer.ui.tr import tr


class StandsSection(KeptSection):
    """Which layers of the whole a block runs in. Hidden where it runs in all of them."""

    def __init__(self, session: Session, appearance: Appearance, settings: Settings) -> None:
        super().__init__(appearance, tr("Layers it stands for"), settings, "stands")
        self._session = session
        self.strip = StandsStrip(appearance)
        self.words = label("", appearance.theme.fonts.caption, "2", wraps=True)
        self.body.addWidget(self.strip)
        self.body.addWidget(self.words)

    def show_node(self, node: Node) -> None:
        """Show the layers of a block."""
        session = self._session
        around = outermost_repeat(session.design, node.id, session.registry)
        whole = around is None or runs_everywhere(around, node.id, session.registry)
        known, count = ([], 0) if whole or around is None else layering.run_in(session, around, node.id)
        self.setVisible(len(known) < count)
        if len(known) < count:
            made = session.registry.block(node.kind)
            leaf = made is not None and made.layout == "leaf"
            self.strip.show_layers(count, known, made.category if leaf and made is not None else "")
            words = tr("{n} of {count}: {which}", n=len(known), count=count, which=which(known))
            self.words.setText(words if known else tr("None of {count} layers picks it.", count=count))
