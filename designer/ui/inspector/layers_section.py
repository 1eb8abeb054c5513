"""Layers at hand: those that are selected, those that a block stands for, and the same design folded flat."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPushButton

from designer.analysis.layers import runs_everywhere
from designer.design.layouts import outermost_repeat
from designer.design.tree import Node
from designer.symbolic.issue import Refusal
from designer.ui.appearance import Appearance
from designer.ui.controls.label import label
from designer.ui.controls.section import KeptSection
from designer.ui.inspector.layer_rows import StandsStrip
from designer.ui.layers import layering
from designer.ui.layers.words import kind_name, layers_named, which
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


class FlatSection(KeptSection):
    """The same layers as one Repeat with a pattern, or as a Repeat of tiles: a step that changes nothing."""

    def __init__(self, session: Session, appearance: Appearance, settings: Settings) -> None:
        super().__init__(appearance, tr("The same, flat"), settings, "flat")
        self._session = session
        fonts = appearance.theme.fonts
        self.words = label("", fonts.small, "2", wraps=True)
        self.button = QPushButton()
        self.button.clicked.connect(self._turn_over)
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addWidget(label(tr("changes 0"), fonts.small, "2"), 1)
        self.body.addWidget(self.words)
        self.body.addLayout(row)

    def refresh(self) -> None:
        """Show what can be done with the selection."""
        session = self._session
        nested = layering.foldable(session)
        can = nested is not None or layering.can_unfold(session)
        self.setVisible(can)
        if nested is not None:
            _, count = layering.run_in(session, nested, nested.id)
            words = (
                "One Repeat of {n} layers with a pattern: same counts, same names, {name}.0 to {name}.{last}."
            )
            self.heading.setText(tr("The same, flat"))
            self.words.setText(tr(words, n=count, name=nested.name, last=count - 1))
            self.button.setText(tr("Fold into one Repeat"))
        elif can:
            self.heading.setText(tr("The same, nested"))
            self.words.setText(
                tr("A Repeat of its tile, layers that are alike in Repeats of their own: the same names.")
            )
            self.button.setText(tr("Unfold into tiles"))

    def _turn_over(self) -> None:
        if layering.can_fold(self._session):
            layering.fold(self._session)
        elif layering.can_unfold(self._session):
            layering.unfold(self._session)


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
