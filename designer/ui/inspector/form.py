"""The form of the selected blocks, derived from the declared fields that they share."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from designer.design.tree import Design, Group, Node, Pattern, Setting
from designer.symbolic.field import Field
from designer.symbolic.issue import Refusal
from designer.ui.appearance import Appearance
from designer.ui.controls.entry import value_of
from designer.ui.controls.section import MARGINS, KeptSection, link
from designer.ui.inspector.by_layer_offer import ByLayerOffer
from designer.ui.inspector.fields import Differs, Way, common, configured, differing, shared_fields
from designer.ui.inspector.form_row import Row
from designer.ui.inspector.held_row import rows_of
from designer.ui.session import Session
from designer.ui.settings import Settings
from designer.ui.tr import counted, tr

WIDEST = 9.2
"""How wide labels may be, in sizes of the system's font; longer ones take two lines."""


NARROW = 26
"""Below so many sizes of the font the labels are smaller."""


class Form(QWidget):
    """Rows for the fields; those seldom asked for wait behind a word."""

    def __init__(self, session: Session, appearance: Appearance, settings: Settings) -> None:
        super().__init__()
        self.session = session
        self._appearance, self._settings = appearance, settings
        self._nodes: Sequence[Node] = ()
        self._shape: tuple[Any, ...] | None = None
        self._needed: list[int] = []
        self.rows: list[Row] = []
        self._note: QLabel | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._holder = QWidget()

    def show_nodes(self, nodes: Sequence[Node]) -> None:
        """Show the fields that these nodes share. Rows are made anew only for other fields."""
        shape = (tuple(node.id for node in nodes), *(_shape(node) for node in nodes))
        self._nodes = nodes
        if shape != self._shape:
            self._shape, self._needed = shape, []
            self._build()
        for row in self.rows:
            row.refresh(nodes)
        self._tell_differing(nodes)
        needed = [row.needed for row in self.rows]
        if needed != self._needed:
            self._needed = needed
            self._align()

    def put(self, way: Way, setting: Setting, name: str, gesture: object | None = None) -> None:
        """Set a field of the shown blocks as one named step."""
        self.put_each(way, [setting] * len(self._nodes), name, gesture)

    def put_each(
        self, way: Way, settings: Sequence[Setting], name: str, gesture: object | None = None
    ) -> None:
        """Set a field of one shown block after another as one named step."""
        try:
            design = self._with(way, settings)
        except Refusal:
            return  # the block is gone, and so will this form be
        if design.tree == self.session.design.tree:
            return
        self.session.commit(design, tr("Change {field}", field=name), gesture)

    def price(self, way: Way, setting: Setting) -> int:
        """How many parameters more the whole design would have with a field of the shown blocks set so."""
        return self.session.price(self._with(way, [setting] * len(self._nodes)))

    def legal(self, way: Way) -> list[int]:
        """What a count may be beside the others; empty where any will do, or where that is not known yet."""
        declared = self._declared(way)
        present = common(self._nodes, way, declared) if declared is not None else None
        if declared is None or declared.structural or isinstance(present, Differs):
            return []
        value = value_of(present, self.session.measured.resolved.valued.numbers)
        if (
            not isinstance(value, int) or value < 1 or "numpy" not in sys.modules
        ):  # loaded after the first frame
            return []
        from designer.ui.inspector.legal_counts import legal_counts

        return legal_counts(self.session.measured, [node.id for node in self._nodes], way, value)

    def focus_first(self) -> bool:
        """Give the first field the keyboard. Whether there is one."""
        for row in self.rows:
            for child in row.findChildren(QWidget):
                if child.focusPolicy().value & 1 and child.isVisible():
                    child.setFocus()
                    return True
        return False

    def resizeEvent(self, event: object) -> None:
        self._align()

    def _with(self, way: Way, settings: Sequence[Setting]) -> Design:
        ids = [node.id for node in self._nodes]
        return configured(self.session.design, ids, way, settings, self.session.registry)

    def _declared(self, way: Way) -> Field | None:
        return shared_fields(self._nodes, self.session.registry).get(way[0]) if len(way) == 1 else None

    def _tell_differing(self, nodes: Sequence[Node]) -> None:
        if self._note is not None:
            number = len(differing(nodes, self.session.registry)) if len(nodes) > 1 else 0
            self._note.setText(counted(number, "{n} differs", "{n} differ") if number else "")

    def _build(self) -> None:
        self._holder.hide()
        self._holder.deleteLater()
        self._holder = QWidget()
        self._column.addWidget(self._holder)
        column = QVBoxLayout(self._holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        often, rarely = rows_of(self._nodes, self, self._appearance)
        self.rows, self._note = [*often, *rarely], None
        for row in self.rows:
            ByLayerOffer(row, self.session, self._appearance)
        if not self.rows:
            return
        section = KeptSection(self._appearance, tr("Fields"), self._settings, "fields")
        self._note = section.add_note()
        for row in often:
            section.body.addWidget(row)
        if rarely:
            self._add_rare(section, rarely)
        column.addWidget(section)

    def _add_rare(self, section: KeptSection, rows: list[Row]) -> None:
        more = QWidget()
        column = QVBoxLayout(more)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        for row in rows:
            column.addWidget(row)
        word = link(self._appearance, "", "")

        def turn(is_open: bool) -> None:
            more.setVisible(is_open)
            word.setText(tr("Fewer fields") if is_open else tr("More fields"))
            word.setAccessibleName(word.text())
            self._settings.keep_open("more fields", is_open)

        word.setCheckable(True)
        word.toggled.connect(turn)
        section.body.addWidget(more)
        section.body.addWidget(word)
        is_open = self._settings.is_open("more fields", False)
        word.setChecked(is_open)
        turn(is_open)

    def _align(self) -> None:
        if not self.rows:
            return
        fonts = self._appearance.theme.fonts
        role = fonts.body if self.width() >= fonts.base * NARROW else fonts.small
        needed = max(role.width(row.name) for row in self.rows) + 2
        width = min(needed, round(self._appearance.theme.fonts.base * WIDEST))
        for row in self.rows:
            row.set_label(role, width, self.width() - MARGINS)


def _shape(node: Node) -> tuple[Any, ...]:
    """What decides which rows there are, and not what stands in them."""
    return (node.kind, *(_kind_of(setting) for setting in node.fields.values()))


def _kind_of(setting: Setting) -> Any:
    if isinstance(setting, (Group, Node)):
        return (setting.kind, *(_kind_of(inner) for inner in setting.fields.values()))
    if isinstance(setting, Pattern):
        return "pattern"
    return type(setting) if isinstance(setting, (bool, str)) else ""
