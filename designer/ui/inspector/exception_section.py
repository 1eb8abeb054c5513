"""What differs in layers that are set apart: the pattern's value beside the one here."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from designer.design.exceptions import layers_of, merge, replaced_by
from designer.design.tree import Node
from designer.symbolic.registry import Registry
from designer.ui.appearance import Appearance
from designer.ui.controls.emptying import empty
from designer.ui.controls.label import label
from designer.ui.controls.section import KeptSection
from designer.ui.inspector.fields import said_of
from designer.ui.layers import layering
from designer.ui.layers.words import layers_named
from designer.ui.numbers import MINUS
from designer.ui.session import Session
from designer.ui.settings import Settings
from designer.ui.tr import counted, tr

MOST = 10
"""Differences that are listed."""


class ExceptionSection(KeptSection):
    """Hidden unless the selection is, or stands in, an exception."""

    def __init__(self, session: Session, appearance: Appearance, settings: Settings) -> None:
        super().__init__(appearance, tr("What differs"), settings, "exception")
        self._session = session
        fonts = appearance.theme.fonts
        self.where = label("", fonts.small, "2", wraps=True)
        self.count = label("", fonts.small_value, "accent")
        self._holder = QWidget()
        self.table = QGridLayout(self._holder)
        self.table.setContentsMargins(0, 4, 0, 4)
        self.table.setHorizontalSpacing(12)
        self.table.setColumnStretch(0, 1)
        self.merge = QPushButton(tr("Merge back"))
        self.merge.clicked.connect(lambda: layering.merge(session))
        for widget in (self.where, self.count, self._holder, self.merge):
            self.body.addWidget(widget)
        self._shown: object = None

    def refresh(self) -> None:
        """Show the exception at hand."""
        session = self._session
        node = layering.exception(session)
        self.setVisible(node is not None)
        if node is None:
            return
        other = replaced_by(session.design, node.id, session.registry)
        layers = layers_of(session.design, node.id, session.registry)
        self.where.setText(tr("{layers}, an exception from the pattern", layers=layers_named(layers)))
        found = list(differences(other, node, session.registry)) if other is not None else []
        self._tell_count(node, len(layers))
        if found != self._shown:
            self._shown = found
            self._fill(found)

    def _tell_count(self, node: Node, layers: int) -> None:
        """What a layer counts more than it would by the pattern."""
        session = self._session
        merged = merge(session.design, node.id, session.registry)
        more = -session.price(merged) // layers
        sign = MINUS if more < 0 else "+"
        text = tr("{difference} against its neighbours", difference=f"{sign}{abs(more):,}")
        self.count.setText(text if more else tr("the same count as its neighbours"))

    def _fill(self, found: list[tuple[str, str, str]]) -> None:
        empty(self.table)
        fonts = self._appearance.theme.fonts
        if not found:
            nothing = label(
                tr("Nothing yet: select a block in it and change a field."), fonts.small, "2", wraps=True
            )
            self.table.addWidget(nothing, 0, 0, 1, 3)
            return
        for column, words in ((1, tr("pattern")), (2, tr("here"))):
            self.table.addWidget(label(words, fonts.caption, "3"), 0, column)
        for row, (name, there, here) in enumerate(found[:MOST], 1):
            self.table.addWidget(label(name, fonts.small, "2", wraps=True), row, 0)
            self.table.addWidget(label(there, fonts.small, "2", wraps=True), row, 1)
            self.table.addWidget(label(here, fonts.small_value, "accent", wraps=True), row, 2)
        if len(found) > MOST:
            more = counted(len(found) - MOST, "and {n} more", "and {n} more")
            self.table.addWidget(label(more, fonts.caption, "3"), MOST + 1, 0)


def differences(node: Node, other: Node, registry: Registry) -> Iterator[tuple[str, str, str]]:
    """(the field's name, its value in one block, in the other), through all that they hold."""
    made, another = registry.block(node.kind), registry.block(other.kind)
    if node.kind != other.kind or made is None:
        yield tr("Block"), tr(made.label if made else node.kind), tr(another.label if another else other.kind)
        return
    for name, field in made.fields().items():
        here, there = node.fields.get(name), other.fields.get(name)
        if here != there:
            yield tr(field.label), said_of(here, registry), said_of(there, registry)
    if len(node.inside) != len(other.inside):
        yield tr("Blocks inside"), str(len(node.inside)), str(len(other.inside))
        return
    for inner, outer in zip(node.inside, other.inside, strict=True):
        yield from differences(inner, outer, registry)
