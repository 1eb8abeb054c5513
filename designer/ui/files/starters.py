"""What an empty design offers below the place for its first block: three small models to start from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from designer.analysis.measured import Measured
from designer.design.layouts import layout_of
from designer.design.tree import Node
from designer.formats.opening import opened
from designer.formats.presets import presets
from designer.symbolic.registry import Registry
from designer.ui.appearance import Appearance
from designer.ui.canvas.view import Canvas
from designer.ui.controls.label import label
from designer.ui.files.starter_card import StarterCard
from designer.ui.numbers import plain
from designer.ui.session import Session
from designer.ui.tr import tr

STARTS = (("gpt2", "Decoder"), ("bert-base-uncased", "Encoder"), ("flan-t5-base", "Encoder and decoder"))
"""(preset, what it is called here)."""
HEAVY = ("embedding", "attention", "feed_forward", "output")
"""What a portrait shows."""
ROUNDS = 3
ABOVE = 34
"""Pixels between the stack and the words."""
LEAST = 150
"""Pixels below which cards go without their portraits."""


class Starters(QWidget):
    """Lies on the canvas while the design is empty; `chosen` carries a preset's name."""

    chosen = Signal(object)

    def __init__(self, session: Session, appearance: Appearance, canvas: Canvas) -> None:
        super().__init__(canvas.viewport())
        self._session, self._canvas = session, canvas
        self.cards: list[StarterCard] = []
        fonts = appearance.theme.fonts
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        words = QHBoxLayout()
        words.setSpacing(10)
        words.addWidget(label(tr("Or start from a template"), fonts.name))
        words.addWidget(label(tr("small on purpose; every number can be changed"), fonts.caption, "2"))
        words.addStretch(1)
        column.addLayout(words)
        self._row = QHBoxLayout()
        self._row.setSpacing(12)
        column.addLayout(self._row)
        for name, title in STARTS:
            card = StarterCard(appearance, tr(title), presets()[name].title)
            card.clicked.connect(lambda _=False, name=name: self.chosen.emit(name))
            self._row.addWidget(card, 1)
            self.cards.append(card)
        self._counted = 0
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._count_next)
        canvas.viewport().installEventFilter(self)
        canvas.zoomed.connect(self._place)
        session.changed.connect(self._follow)
        self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisibleTo(self._canvas):
            self._place()
        return False

    def _follow(self, *_: object) -> None:
        empty = not self._session.design.tree.inside
        self.setVisible(empty)
        if empty:
            self._place()
            self._soon.start()

    def _count_next(self) -> None:
        """Count one more model: each is opened apart, so that the window stays at hand."""
        if self._counted >= len(self.cards) or self.isHidden():
            return
        name, _ = STARTS[self._counted]
        registry = self._session.registry
        measured = Measured(opened(name, registry), registry)
        tree = measured.design.tree
        encoders = [node for node in tree.walk() if layout_of(node, registry) == "encoder"]
        streams = [_categories(node, registry, ()) for node in encoders]
        streams.append(_categories(tree, registry, encoders))
        self.cards[self._counted].show_model(plain(measured.total), streams)
        self._counted += 1
        self._soon.start()

    def _place(self, *_: object) -> None:
        laid, canvas = self._canvas.board.laid, self._canvas
        top = canvas.mapFromScene(0, laid.height) + QPoint(0, ABOVE)
        right = canvas.mapFromScene(laid.width, 0)
        room = canvas.viewport().height() - top.y() - 12
        for card in self.cards:
            card.show_portrait(room > card.tall + self._row.spacing() + LEAST / 4)
        self.setGeometry(top.x(), top.y(), max(right.x() - top.x(), 360), self.sizeHint().height())


def _categories(node: Node, registry: Registry, without: Sequence[Node]) -> list[str]:
    """The categories of a stack's heavy blocks, a Repeat for three rounds of it."""
    block = registry.block(node.kind)
    if block is None or node in without:
        return []
    if block.layout == "leaf":
        return [block.category] if block.category in HEAVY else []
    inside = [name for child in node.inside for name in _categories(child, registry, without)]
    return inside * ROUNDS if block.layout == "repeat" else inside
