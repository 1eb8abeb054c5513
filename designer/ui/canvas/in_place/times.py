"""How often a Repeat runs, written over its badge."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QToolButton

from designer.design import edits
from designer.design.expression import Expression
from designer.design.layouts import times_of
from designer.design.tree import Design, Setting
from designer.symbolic.field import Field
from designer.symbolic.issue import Refusal
from designer.ui.canvas.in_place.field import InPlace
from designer.ui.canvas.keyboard import Walked
from designer.ui.controls.entry import Ask, Entry
from designer.ui.controls.number_field import NumberField
from designer.ui.icons import icon
from designer.ui.tr import tr

SIGNS = 76
"""What the signs beside the number take."""


class TimesInPlace(InPlace):
    """A number or an expression, typed, or a step at a time by the signs beside it, the wheel and the arrows.

    All that is done until the field goes is one step.
    """

    def __init__(self, canvas: Walked, id: int) -> None:
        super().__init__(canvas, id, "times")
        session, appearance = canvas.session, canvas.appearance
        self._session, self._appearance, self._gesture = session, appearance, object()
        node = edits.find(session.design, id)
        self._key = times_of(node, session.registry)
        declared = self._declared(node.kind)
        self._name, self._least = tr(declared.label), declared.least or 0
        self.number = NumberField(appearance, Ask(True, self._least), self._name)
        self.less = self._sign("minus", tr("One less"), -1)
        self.more = self._sign("plus", tr("One more"), 1)
        for widget in (self.less, self.number, self.more):
            self._row.addWidget(widget)
        self.number.typed.connect(self._put)
        self.number.entered.connect(self._put)
        self.number.withdrawn.connect(lambda: session.withdraw(self._gesture))
        self.number.walked.connect(self.step)
        self.number.line.entered.connect(self.leave)
        session.changed.connect(self._show)
        self._show()

    @property
    def needed(self) -> int:
        return self.number.needed + SIGNS

    def begin(self) -> None:
        self.number.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.number.line.selectAll()

    def step(self, by: int) -> None:
        """So many layers more. Where a variable says how many, it is the variable that changes."""
        setting, design = self._setting(), self._session.design
        variable = self._variable(setting)
        if variable is not None:
            held = design.variables[variable]
            assert isinstance(held, int)
            changed = edits.set_variable(design, variable, max(held + by, self._least))
            self._commit(changed, tr("Change {field}", field=variable))
        elif isinstance(setting, int):
            self._put(Entry(max(setting + by, self._least)))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.angleDelta().y():
            self.step(1 if event.angleDelta().y() > 0 else -1)
        event.accept()

    def _put(self, entry: Entry) -> None:
        if entry.step is not None and not entry.each:
            return
        setting = entry.each[0] if entry.each else entry.setting
        try:
            changed = edits.configure(self._session.design, (self.id,), {self._key: setting})
        except Refusal:
            return  # the Repeat is gone, and so will this field be
        self._commit(changed, tr("Change {field}", field=self._name))

    def _commit(self, design: Design, title: str) -> None:
        if (design.tree, design.variables) != (self._session.design.tree, self._session.design.variables):
            self._session.commit(design, title, self._gesture)

    def _show(self, *_: object) -> None:
        setting = self._setting()
        if setting is None:
            return
        self.number.show_setting(setting, self._session.measured.resolved.valued.numbers)
        steps = isinstance(setting, int) or self._variable(setting) is not None
        for sign in (self.less, self.more):
            sign.setEnabled(steps)

    def _setting(self) -> Setting:
        tree = self._session.design.tree
        return (
            edits.find(self._session.design, self.id).fields.get(self._key)
            if edits.has(tree, self.id)
            else None
        )

    def _variable(self, setting: Setting) -> str | None:
        """The variable that a setting is, if that holds a whole number."""
        name = setting.text.strip() if isinstance(setting, Expression) else ""
        held = self._session.design.variables.get(name)
        return name if isinstance(held, int) and not isinstance(held, bool) else None

    def _declared(self, kind: str) -> Field:
        made = self._session.registry.block(kind)
        assert made is not None, "what nobody knows has no badge"
        return made.fields()[self._key]

    def _sign(self, name: str, words: str, by: int) -> QToolButton:
        made = QToolButton()
        made.setProperty("plain", True)
        made.setAccessibleName(words)
        made.setToolTip(words)
        made.setAutoRepeat(True)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the number keeps the keyboard
        made.setIcon(icon(name, self._appearance.theme.text2, 14, self._appearance.theme.line2))
        made.clicked.connect(lambda: self.step(by))
        return made
