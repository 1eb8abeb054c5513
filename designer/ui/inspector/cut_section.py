"""Where the number of layers cuts the tile: what breaks, and the whole tiles beside it with their price."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from designer.analysis.layers import Layers
from designer.design import edits
from designer.design.expression import Expression
from designer.design.layouts import layout_of, times_of
from designer.design.tree import Design, Node
from designer.ui.appearance import Appearance
from designer.ui.controls.label import label
from designer.ui.controls.section import KeptSection
from designer.ui.inspector.layer_rows import TailStrip
from designer.ui.layers import layering
from designer.ui.layers.words import kind_name, which
from designer.ui.numbers import difference, plain
from designer.ui.session import Session
from designer.ui.settings import Settings
from designer.ui.tr import counted, tr


class CutSection(KeptSection):
    """Hidden while tiles are whole."""

    def __init__(self, session: Session, appearance: Appearance, settings: Settings) -> None:
        super().__init__(appearance, tr("The last tile is cut"), settings, "cut")
        self._session = session
        fonts = appearance.theme.fonts
        self.strip = TailStrip(appearance)
        self._shown = label("", fonts.caption, "3")
        self.cut_after = label("", fonts.caption, "warn")
        self.sentence = label("", fonts.small, "2", wraps=True)
        under = QHBoxLayout()
        under.addWidget(self._shown, 1)
        under.addWidget(self.cut_after)
        self._offers = QWidget()
        self._column = QVBoxLayout(self._offers)
        self._column.setContentsMargins(0, 4, 0, 0)
        self._column.setSpacing(4)
        self.offers: list[QPushButton] = []
        self.body.addWidget(self.strip)
        self.body.addLayout(under)
        self.body.addWidget(self.sentence)
        self.body.addWidget(self._offers)

    def show_node(self, node: Node) -> None:
        """Show where the layers of a Repeat cut its tile."""
        session = self._session
        repeats = layout_of(node, session.registry) == "repeat"
        layers = layering.layers_of(session, node) if repeats else None
        cut = layers is not None and layers.tile > 1 and layers.cut > 0
        self.setVisible(cut)
        if layers is None or not cut:
            return
        self.strip.show_layers(layers)
        self._shown.setText(tr("… layers {first} to {last}", first=self.strip.first, last=layers.times - 1))
        self.cut_after.setText(tr("cut after {n} of {tile}", n=layers.cut, tile=layers.tile))
        self.sentence.setText(_what_breaks(layers))
        self._offer(node, layers)

    def _offer(self, node: Node, layers: Layers) -> None:
        for button in self.offers:
            button.hide()
            button.deleteLater()
        self.offers = []
        fewer = layers.times - layers.cut
        for wanted in (fewer, fewer + layers.tile):
            design = self._with(node, wanted)
            if wanted < 1 or design is None:
                continue
            measured = self._session.measured
            more = plain(measured.of(design).total) - plain(measured.total)
            words = tr("Use {n}, whole tiles   {price}", n=wanted, price=difference(more))
            button = QPushButton(words)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(lambda _, design=design, wanted=wanted: self._use(design, wanted))
            self.offers.append(button)
            self._column.addWidget(button)

    def _with(self, node: Node, wanted: int) -> Design | None:
        """The design with so many layers; None where an expression says how many."""
        name = times_of(node, self._session.registry)
        setting, design = node.fields.get(name), self._session.design
        if isinstance(setting, int):
            return edits.configure(design, (node.id,), {name: wanted})
        if isinstance(setting, Expression) and setting.is_plain:
            held = design.variables.get(setting.text)
            if isinstance(held, int):
                return edits.set_variable(design, setting.text, wanted)
        return None

    def _use(self, design: Design, wanted: int) -> None:
        self._session.commit(design, counted(wanted, "Use {n} layer", "Use {n} layers"))


def _what_breaks(layers: Layers) -> str:
    """One sentence: which layers are left over, and what they no longer end on."""
    lane = layers.lanes[0]
    left = list(range(layers.times - layers.cut, layers.times))
    last = kind_name(lane.kinds[lane.order[layers.times - layers.cut - 1]])
    now = kind_name(lane.kinds[lane.order[layers.times - 1]])
    shares = tr(" to ").join(str(len(lane.layers(index))) for index in range(len(lane.kinds)))
    if last == now and len(left) == 1:
        words = "Layer {which} begins a tile, so its kinds stand {shares}."
    elif last == now:
        words = "Layers {which} begin a tile, so its kinds stand {shares}."
    elif len(left) == 1:
        words = (
            "Layer {which} begins a tile: the design ends on {now}, not {last}, and its kinds stand {shares}."
        )
    else:
        words = (
            "Layers {which} begin a tile: the design ends on {now}, not {last}, and its kinds stand {shares}."
        )
    return tr(words, which=which(left), now=now, last=last, shares=shares)
