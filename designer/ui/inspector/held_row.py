"""The row of a field that holds fields of its own, a value or a block; and which rows a form has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from designer.design.layouts import layout_of
from designer.design.making import make
from designer.design.tree import Group, Node, Pattern, Setting
from designer.symbolic.field import Field
from designer.symbolic.registry import Registry
from designer.ui.appearance import Appearance
from designer.ui.controls.pick import Pick
from designer.ui.fonts import Role
from designer.ui.icons import icon
from designer.ui.inspector.by_layer_row import ByLayerRow
from designer.ui.inspector.fields import (
    Differs,
    Way,
    common,
    declared_in,
    default_value,
    inner_setting,
    said_of,
    seldom,
    shared_fields,
)
from designer.ui.inspector.form_row import Row, Target
from designer.ui.inspector.form_rows import ChoiceRow, FlagRow, NumberRow, TextRow
from designer.ui.tr import tr

INDENT = 12
PLAIN: Mapping[str, type[Row]] = {
    "count": NumberRow,
    "real": NumberRow,
    "flag": FlagRow,
    "choice": ChoiceRow,
}


class HeldRow(Row):
    """Which value or block stands in the field, and below, behind a chevron, the rows of its own fields."""

    def __init__(
        self, way: Way, declared: Field, kinds: Sequence[str], target: Target, appearance: Appearance
    ) -> None:
        super().__init__(way, declared, target, appearance)
        self.pick = Pick(appearance)
        self.pick.setAccessibleName(self.name)
        registry = target.session.registry
        if declared.optional:
            self.pick.addItem(tr("none"), None)
        for kind in kinds:
            made = registry.get(kind)
            self.pick.addItem(tr(made.label) if made is not None else kind, kind)
        self._more = QToolButton()
        self._more.setProperty("plain", True)
        self._more.setCheckable(True)
        self._more.setAccessibleName(tr("Fields of {name}", name=self.name))
        self.line.addWidget(self.pick, 1)
        self.line.addWidget(self._more)
        self._inner = QWidget()
        self._rows = QVBoxLayout(self._inner)
        self._rows.setContentsMargins(INDENT, 2, 0, 4)
        self._rows.setSpacing(5)
        self.column.addWidget(self._inner)
        self._kind: str | None = None
        self.rows: list[Row] = []
        self.pick.activated.connect(self._activated)
        self._more.toggled.connect(self._turn)
        appearance.turned.connect(self._paint_more)
        self._turn(False)

    def build(self, rows: list[Row]) -> None:
        """Take the rows of the fields of what is held."""
        self.rows = rows
        for row in rows:
            self._rows.addWidget(row)
        self._more.setVisible(bool(rows))

    def set_label(self, role: Role, width: int, room: int) -> None:
        super().set_label(role, width, room)
        for row in self.rows:
            row.set_label(role, width - INDENT, room - INDENT)

    def refresh(self, nodes: Sequence[Node]) -> None:
        super().refresh(nodes)
        for row in self.rows:
            row.refresh(nodes)

    def show_setting(self, setting: Setting | Differs) -> None:
        several = setting.settings if isinstance(setting, Differs) else (setting,)
        kinds = {inner.kind if isinstance(inner, (Group, Node)) else None for inner in several}
        index = self.pick.findData(next(iter(kinds))) if len(kinds) == 1 else -1
        self._kind = self.pick.itemData(index) if index >= 0 else None
        self.pick.setCurrentIndex(index)
        registry = self._target.session.registry
        if isinstance(setting, Differs):
            self.pick.show_several([said_of(inner, registry) for inner in several])
        elif index < 0:
            self.pick.show_said(setting.kind if isinstance(setting, (Group, Node)) else str(setting))
        else:
            self.pick.show_said(self._summary(setting))

    def _summary(self, setting: Setting) -> str:
        """The value with its first number: `RoPE, base θ 500,000`."""
        registry = self._target.session.registry
        if not isinstance(setting, (Group, Node)):
            return ""
        for name, declared in declared_in(setting, registry).items():
            inner = setting.fields.get(name)
            if declared.kind in ("real", "count") and inner is not None:
                return tr(
                    "{value}, {field} {number}",
                    value=said_of(setting, registry),
                    field=tr(declared.label),
                    number=said_of(inner, registry),
                )
        return ""

    def _turn(self, is_open: bool) -> None:
        self._inner.setVisible(is_open)
        self._paint_more()

    def _paint_more(self) -> None:
        name = "chevron_up" if self._more.isChecked() else "chevron_down"
        self._more.setIcon(icon(name, self._appearance.theme.text2, 12))

    def _activated(self, index: int) -> None:
        kind = self.pick.itemData(index)
        if kind is not None and self._kind == kind:
            return
        self._target.put(self.way, self._of_kind(kind), self.name)

    def _of_kind(self, kind: str | None) -> Setting:
        registry = self._target.session.registry
        if kind is None:
            return None
        return make(registry, kind) if self.declared.kind == "block" else default_value(kind, registry)


def rows_of(nodes: Sequence[Node], target: Target, appearance: Appearance) -> tuple[list[Row], list[Row]]:
    """(the rows of the fields that these blocks share, those that are seldom asked for)."""
    often: list[Row] = []
    rarely: list[Row] = []
    for name, declared in shared_fields(nodes, target.session.registry).items():
        row = _row((name,), declared, nodes, target, appearance)
        (rarely if seldom(declared, common(nodes, (name,), declared)) else often).append(row)
    return (often, rarely) if often else (rarely, [])


def _row(way: Way, declared: Field, nodes: Sequence[Node], target: Target, appearance: Appearance) -> Row:
    registry = target.session.registry
    settings = [inner_setting(node.fields, way, None) for node in nodes]
    picks = declared.structural and layout_of(nodes[0], registry) == "choose"
    if len(nodes) == len(way) == 1 and (picks or isinstance(settings[0], Pattern)):
        return ByLayerRow(way, declared, nodes[0].id, target, appearance)
    if not all(_can_be_set(declared, setting) for setting in settings):
        return TextRow(way, declared, target, appearance)
    if declared.kind not in ("value", "block"):
        return PLAIN[declared.kind](way, declared, target, appearance)
    row = HeldRow(way, declared, _kinds(declared, nodes[0], settings[0], registry), target, appearance)
    kinds = {setting.kind if isinstance(setting, (Group, Node)) else None for setting in settings}
    inner = declared_in(settings[0], registry) if len(kinds) == 1 else {}
    row.build([_row((*way, name), held, nodes, target, appearance) for name, held in inner.items()])
    return row


def _kinds(declared: Field, node: Node, setting: Setting, registry: Registry) -> Sequence[str]:
    """What may stand in the field: for a block, those of its holder's category that hold none themselves."""
    if declared.kind == "value":
        return declared.of
    holder = registry.block(node.kind)
    made = {kind: registry.block(kind) for kind in registry}
    fitting = [
        kind
        for kind, block in made.items()
        if block is not None
        and block is not holder
        and block.layout == "leaf"
        and (holder is None or block.category == holder.category)
    ]
    here = [setting.kind] if isinstance(setting, Node) else []
    return [*fitting, *(kind for kind in here if kind not in fitting)]


def _can_be_set(declared: Field, setting: Setting) -> bool:
    """Whether a form has the means: a flag that follows a variable, say, can only be read."""
    if isinstance(setting, Pattern):
        return False
    fitting = {"flag": bool, "choice": str, "value": (Group, type(None)), "block": (Node, type(None))}
    return isinstance(setting, fitting.get(declared.kind, object))
