"""One row of a form for each kind of field: a label, what is set, and what is to be said of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from designer.design.tree import Group, Node, Pattern, Setting
from designer.symbolic.field import Field
from designer.ui.appearance import Appearance
from designer.ui.controls.label import Elided
from designer.ui.controls.pick import Pick
from designer.ui.controls.switch import Switch
from designer.ui.entry import Ask, Entry, Suggestion, value_of
from designer.ui.fields import DIFFERS, Differs, Way, common, declared_in, default_value, said_of, seldom
from designer.ui.fonts import Role
from designer.ui.icons import icon
from designer.ui.number_field import NumberField
from designer.ui.said_box import SaidBox
from designer.ui.session import Session
from designer.ui.tr import tr


class Target(Protocol):
    """Where a form's changes go."""

    @property
    def session(self) -> Session:
        """The session that is edited."""
        ...

    def put(self, way: Way, setting: Setting, name: str, gesture: object | None = None) -> None:
        """Set a field of the selected blocks; `name` is what people call it."""
        ...


LEAST = 0.55
"""A label gives way to its field so far, and no further."""
GAP = 8
INDENT = 12


class Row(QWidget):
    """A field by its way, with its label at the left."""

    def __init__(self, way: Way, declared: Field, target: Target, appearance: Appearance) -> None:
        super().__init__()
        self.way, self.declared = way, declared
        self._target, self._appearance = target, appearance
        self.name = tr(declared.label)
        self.label = Elided(appearance.theme.fonts.body, "2")
        self.label.setText(self.name)
        if declared.help:
            self.setToolTip(tr(declared.help))
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(3)
        self.line = QHBoxLayout()
        self.line.setSpacing(GAP)
        self.line.addWidget(self.label)
        self.column.addLayout(self.line)

    def set_label(self, role: Role, width: int, room: int) -> None:
        """All labels of a form are of one size, and as wide as the widest; `room` is for label and field."""
        self.label.setFont(role.font)
        left = room - GAP - self.needed
        self.label.setFixedWidth(left if width * LEAST <= left < width else width)

    @property
    def needed(self) -> int:
        """What stands beside the label needs so many pixels, or it would be cut: then the label gives way."""
        return 0

    def refresh(self, nodes: Sequence[Node]) -> None:
        """Show what these nodes have."""
        self.show_setting(common(nodes, self.way, self.declared))

    def show_setting(self, setting: Setting | Differs) -> None:
        """Show a setting."""
        raise NotImplementedError


class NumberRow(Row):
    """A count or a real, as a number or an expression."""

    def __init__(self, way: Way, declared: Field, target: Target, appearance: Appearance) -> None:
        super().__init__(way, declared, target, appearance)
        whole = declared.kind == "count"
        ask = Ask(whole, declared.least if whole else None, declared.optional)
        self.field = NumberField(appearance, ask, self.name)
        self.box = SaidBox(appearance)
        self.line.addWidget(self.field, 1)
        self.column.addWidget(self.box)
        self._gesture = object()
        self._stored: Setting = None
        self.field.begun.connect(self._begin)
        self.field.typed.connect(self._typed)
        self.field.entered.connect(self._entered)
        self.field.withdrawn.connect(self._withdrawn)
        self.field.read_anew.connect(self._say)
        self.box.taken.connect(self._take)

    @property
    def needed(self) -> int:
        return self.field.needed

    def show_setting(self, setting: Setting | Differs) -> None:
        numbers = self._target.session.measured.resolved.valued.numbers
        differs = isinstance(setting, Differs)
        self._stored = None if differs else cast(Setting, setting)
        self.field.show_setting(self._stored, numbers, differs)

    def _begin(self) -> None:
        self._gesture = object()

    def _typed(self, entry: Entry) -> None:
        self._target.put(self.way, entry.setting, self.name, self._gesture)

    def _entered(self, entry: Entry) -> None:
        self._typed(entry)
        self._begin()

    def _withdrawn(self) -> None:
        self._target.session.withdraw(self._gesture)

    def _take(self, suggestion: Suggestion) -> None:
        self.field.take(suggestion)

    def _say(self, entry: Entry) -> None:
        self.box.show_entry(
            entry, value_of(self._stored, self._target.session.measured.resolved.valued.numbers)
        )


class FlagRow(Row):
    """Yes or no."""

    def __init__(self, way: Way, declared: Field, target: Target, appearance: Appearance) -> None:
        super().__init__(way, declared, target, appearance)
        self.switch = Switch(appearance)
        self.switch.setAccessibleName(self.name)
        self.switch.setToolTip(self.toolTip())
        self.line.addWidget(self.switch)
        self.line.addStretch(1)
        self.switch.clicked.connect(self._clicked)

    def show_setting(self, setting: Setting | Differs) -> None:
        self.switch.setChecked(setting is True)
        self.label.setText(tr("{name} (several)", name=self.name) if setting is DIFFERS else self.name)

    def _clicked(self, on: bool) -> None:
        self._target.put(self.way, on, self.name)


class ChoiceRow(Row):
    """One of a few words."""

    def __init__(self, way: Way, declared: Field, target: Target, appearance: Appearance) -> None:
        super().__init__(way, declared, target, appearance)
        self.pick = Pick(appearance)
        self.pick.setAccessibleName(self.name)
        for word, shown in declared.options.items():
            self.pick.addItem(tr(shown), word)
        self.line.addWidget(self.pick, 1)
        self.pick.activated.connect(self._activated)

    def show_setting(self, setting: Setting | Differs) -> None:
        index = self.pick.findData(setting) if isinstance(setting, str) else -1
        self.pick.setCurrentIndex(index)
        self.pick.said = "" if index >= 0 else _unlisted(setting)
        self.pick.update()

    def _activated(self, index: int) -> None:
        self._target.put(self.way, self.pick.itemData(index), self.name)


class TextRow(Row):
    """What can only be read here: a pattern over the layers, a block within a block."""

    def __init__(self, way: Way, declared: Field, target: Target, appearance: Appearance) -> None:
        super().__init__(way, declared, target, appearance)
        self.text = QLabel()
        self.text.setFont(appearance.theme.fonts.small.font)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setWordWrap(True)
        self.text.setAccessibleName(self.name)
        self.text.setContentsMargins(4, 4, 0, 4)
        self.line.addWidget(self.text, 1)
        self.line.setAlignment(self.label, Qt.AlignmentFlag.AlignTop)
        self.label.setContentsMargins(0, 4, 0, 0)

    def show_setting(self, setting: Setting | Differs) -> None:
        registry = self._target.session.registry
        if isinstance(setting, Differs):
            self.text.setText(tr("several values"))
        elif setting is None and self.declared.help:
            self.text.setText(tr(self.declared.help))
        else:
            self.text.setText(said_of(setting, registry))


class ValueRow(Row):
    """A small group of fields, such as rotary positions: which one, and its own rows below."""

    def __init__(self, way: Way, declared: Field, target: Target, appearance: Appearance) -> None:
        super().__init__(way, declared, target, appearance)
        self.pick = Pick(appearance)
        self.pick.setAccessibleName(self.name)
        registry = target.session.registry
        if declared.optional:
            self.pick.addItem(tr("none"), None)
        for kind in declared.of:
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
        self._shown: Setting | Differs = None
        self.rows: list[Row] = []
        self.pick.activated.connect(self._activated)
        self._more.toggled.connect(self._turn)
        self._turn(False)

    def build(self, rows: list[Row]) -> None:
        """Take the rows of the value's own fields."""
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
        self._shown = setting
        kind = setting.kind if isinstance(setting, Group) else None
        index = -1 if isinstance(setting, Differs) else self.pick.findData(kind)
        self.pick.setCurrentIndex(index)
        self.pick.said = _unlisted(setting) if index < 0 else self._summary(setting)
        self.pick.update()

    def _summary(self, setting: Setting | Differs) -> str:
        """The value with its first number: `RoPE, base θ 500,000`."""
        registry = self._target.session.registry
        if not isinstance(setting, Group):
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
        theme = self._appearance.theme
        self._more.setIcon(icon("chevron_up" if is_open else "chevron_down", theme.text2, 12))

    def _activated(self, index: int) -> None:
        kind = self.pick.itemData(index)
        if isinstance(self._shown, Group) and self._shown.kind == kind:
            return
        value = None if kind is None else default_value(kind, self._target.session.registry)
        self._target.put(self.way, value, self.name)


def rows_of(nodes: Sequence[Node], target: Target, appearance: Appearance) -> tuple[list[Row], list[Row]]:
    """(the rows of these blocks' fields, those that are seldom asked for). The blocks are of one kind."""
    registry = target.session.registry
    made = registry.get(nodes[0].kind)
    if made is None:
        return [], []
    often: list[Row] = []
    rarely: list[Row] = []
    for name, declared in made.fields().items():
        setting = common(nodes, (name,), declared)
        row = _row((name,), declared, setting, target, appearance)
        (rarely if seldom(declared, setting) else often).append(row)
    return (often, rarely) if often else (rarely, [])


def _row(
    way: Way, declared: Field, setting: Setting | Differs, target: Target, appearance: Appearance
) -> Row:
    if isinstance(setting, Pattern) or not _can_be_set(declared, setting):
        return TextRow(way, declared, target, appearance)
    if declared.kind == "value":
        row = ValueRow(way, declared, target, appearance)
        inner = declared_in(setting, target.session.registry) if isinstance(setting, Group) else {}
        fields = setting.fields if isinstance(setting, Group) else {}
        row.build(
            [_row((*way, n), d, fields.get(n, d.default), target, appearance) for n, d in inner.items()]
        )
        return row
    kinds = {"count": NumberRow, "real": NumberRow, "flag": FlagRow, "choice": ChoiceRow}
    return kinds.get(declared.kind, TextRow)(way, declared, target, appearance)


def _can_be_set(declared: Field, setting: Setting | Differs) -> bool:
    """Whether a form has the means: a flag that follows a variable, say, can only be read."""
    fitting = {"flag": bool, "choice": str, "value": (Group, type(None))}.get(declared.kind)
    return fitting is None or isinstance(
        setting, (Differs, *(fitting if isinstance(fitting, tuple) else (fitting,)))
    )


def _unlisted(setting: Setting | Differs) -> str:
    if isinstance(setting, Differs):
        return tr("several values")
    return setting.kind if isinstance(setting, (Group, Node)) else str(setting)
