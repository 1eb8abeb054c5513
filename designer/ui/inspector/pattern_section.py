"""The patterns that the layers of a Repeat, or one block in it, follow: written, and what they come to."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from designer.analysis.layers import Layers
from designer.design import edits
from designer.design.layouts import layout_of, patterns_in, pick_of, repeat_around
from designer.design.patterns import flat
from designer.design.tree import Node, Pattern
from designer.ui.appearance import Appearance
from designer.ui.controls.emptying import empty
from designer.ui.controls.label import label
from designer.ui.controls.section import KeptSection, link
from designer.ui.inspector.layer_rows import KindRow
from designer.ui.inspector.pattern_field import PatternField
from designer.ui.layers import layering
from designer.ui.layers.words import lane_name
from designer.ui.session import Session
from designer.ui.settings import Settings
from designer.ui.tr import counted, tr

Source = tuple[int, str]
"""A block's id, and its field that follows a pattern."""
MOST = 8
"""Patterns that are shown at once."""


class PatternSection(KeptSection):
    """Follows what it is shown; hidden where nothing follows a pattern."""

    def __init__(self, session: Session, appearance: Appearance, settings: Settings) -> None:
        super().__init__(appearance, tr("Pattern"), settings, "pattern")
        self._session = session
        self._sources: list[Source] = []
        self.fields: list[PatternField] = []
        self._editors = _column()
        self.tiles = label("", appearance.theme.fonts.caption, "2", wraps=True)
        self.kinds = _column()
        self.body.addLayout(self._editors)
        self.body.addWidget(self.tiles)
        self.body.addLayout(self.kinds)
        self._shown: object = None

    def show_node(self, node: Node) -> None:
        """Show the patterns of a block, or those that the layers of a Repeat follow."""
        sources = self._of(node)
        own = any(isinstance(setting, Pattern) for setting in node.fields.values())
        self.setVisible(bool(sources) or own)
        if sources != self._sources:
            self._sources = sources
            self._build()
        for field in self.fields:
            field.refresh()
            setting = edits.find(self._session.design, field.id).fields.get(field.field)
            parts = flat(setting) if isinstance(setting, Pattern) else None
            field.show_length(len(parts[1]) if parts is not None else 0)
        if sources or own:
            self._tell(node)

    def _of(self, node: Node) -> list[Source]:
        session = self._session
        if layout_of(node, session.registry) == "repeat":
            found = [(inner.id, name) for inner, name, _ in patterns_in(node, session.registry)]
            return found[:MOST]
        return []  # a block's own patterns stand in its form

    def _build(self) -> None:
        empty(self._editors)
        self.fields = []
        for id, name in self._sources:
            self._editors.addWidget(self._editor(id, name))

    def _editor(self, id: int, name: str) -> QWidget:
        session, appearance = self._session, self._appearance
        node = edits.find(session.design, id)
        made = session.registry.block(node.kind)
        picks = layout_of(node, session.registry) == "choose" and name == pick_of(node, session.registry)
        words = tr("Repeats") if picks or made is None else tr(made.fields()[name].label)
        field = PatternField(session, appearance, id, name, words)
        self.fields.append(field)
        head = QHBoxLayout()
        caption = label(words, appearance.theme.fonts.small, "2")
        caption.setBuddy(field)
        head.addWidget(caption, 1)
        if not picks:
            same = link(appearance, tr("the same in all"), tr("{field}: the same in all layers", field=words))
            same.clicked.connect(lambda: layering.level(session, id, name, words))
            head.addWidget(same)
        editor = QWidget()
        column = QVBoxLayout(editor)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(1)
        column.addLayout(head)
        column.addWidget(field)
        return editor

    def _tell(self, node: Node) -> None:
        """How the pattern fits the layers, and a line for each kind."""
        session = self._session
        around = node if layout_of(node, session.registry) == "repeat" else None
        around = around or repeat_around(session.design, node.id, session.registry)
        layers = layering.layers_of(session, around) if around is not None else None
        self.tiles.setText(_fit(layers) if layers is not None else "")
        self.tiles.setVisible(layers is not None)
        if layers == self._shown:
            return
        self._shown = layers
        empty(self.kinds)
        lanes = layers.lanes if layers is not None else ()
        for lane in lanes:
            if len(lanes) > 1:
                self.kinds.addWidget(label(lane_name(lane), self._appearance.theme.fonts.caption, "3"))
            for index in range(len(lane.kinds)):
                self.kinds.addWidget(KindRow(self._appearance, lane, index))


def _fit(layers: Layers) -> str:
    """`12 whole tiles in 48 layers`."""
    if layers.tile == 1:
        return counted(layers.times, "{n} layer", "{n} layers")
    tiles = counted(layers.whole_tiles, "{n} whole tile", "{n} whole tiles")
    first = counted(layers.first, "{n} layer first", "{n} layers first") if layers.first else ""
    said = tr("{tiles} in {times} layers", tiles=tiles, times=layers.times)
    return tr("{first}, then {tiles}", first=first, tiles=said) if first else said


def _column() -> QVBoxLayout:
    made = QVBoxLayout()
    made.setSpacing(2)
    return made
