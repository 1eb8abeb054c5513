"""The rows of a form for what stands in one field: a number, yes or no, a word, and what can only be read."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QLabel, QWidget

from designer.design.tree import Setting
from designer.symbolic.field import Field
from designer.ui.appearance import Appearance
from designer.ui.controls.entry import Ask, Entry, value_of
from designer.ui.controls.label import label
from designer.ui.controls.number_field import NumberField
from designer.ui.controls.pick import Pick
from designer.ui.controls.relative import distinct
from designer.ui.controls.said_box import SaidBox
from designer.ui.controls.switch import Switch
from designer.ui.inspector.fields import Differs, Way, said_of
from designer.ui.inspector.form_row import Row, Target
from designer.ui.inspector.legal_cells import LegalCells
from designer.ui.numbers import difference
from designer.ui.tr import tr


class NumberRow(Row):
    """A count or a real, as a number or an expression; while it is edited, what it may be."""

    def __init__(self, way: Way, declared: Field, target: Target, appearance: Appearance) -> None:
        super().__init__(way, declared, target, appearance)
        whole = declared.kind == "count"
        ask = Ask(whole, declared.least if whole else None, declared.optional)
        self.field = NumberField(appearance, ask, self.name)
        self.box = SaidBox(appearance, points_at=lambda: self.field.x() + self.field.broken_at)
        self.cells: LegalCells | None = None
        self.line.addWidget(self.field, 1)
        self.column.addWidget(self.box)
        self._gesture = object()
        self._stored: Setting | Differs = None
        self._looked = QTimer(self, singleShot=True, interval=0)
        self._looked.timeout.connect(self._show_legal)
        self.field.begun.connect(self._begin)
        self.field.typed.connect(self._put)
        self.field.entered.connect(self._entered)
        self.field.withdrawn.connect(self._withdrawn)
        self.field.read_anew.connect(self._say)
        self.field.focused.connect(self._focused)
        self.field.walked.connect(self._walk)
        self.box.taken.connect(self.field.take)

    @property
    def needed(self) -> int:
        return self.field.needed

    def show_setting(self, setting: Setting | Differs) -> None:
        numbers = self._target.session.measured.resolved.valued.numbers
        self._stored = setting
        if isinstance(setting, Differs):
            self.field.show_setting(None, numbers, setting.settings)
        else:
            self.field.show_setting(setting, numbers)
        if self.cells is not None and self.cells.isVisible():
            self.cells.show_present(self._value)

    def _begin(self) -> None:
        self._gesture = object()

    def _put(self, entry: Entry) -> None:
        if entry.each:
            settings = entry.each
            if not isinstance(self._stored, Differs) and len(settings) == 1:
                self._target.put(self.way, settings[0], self.name, self._gesture)
            else:
                self._target.put_each(self.way, settings, self.name, self._gesture)
        elif entry.step is None:
            self._target.put(self.way, entry.setting, self.name, self._gesture)

    def _entered(self, entry: Entry) -> None:
        self._put(entry)
        self._begin()

    def _withdrawn(self) -> None:
        self._target.session.withdraw(self._gesture)

    def _say(self, entry: Entry) -> None:
        self.box.show_entry(entry, self._value)

    @property
    def _value(self) -> int | float | None:
        """What stands there comes to; None where several blocks have several."""
        if isinstance(self._stored, Differs):
            return None
        return value_of(self._stored, self._target.session.measured.resolved.valued.numbers)

    def _focused(self, has: bool) -> None:
        """While several values are edited, how they stay several; and what a count may be."""
        differs = has and isinstance(self._stored, Differs)
        self.tell(tr("*2 or +4 keeps them different") if differs else "")
        if has:
            self._looked.start()
        elif self.cells is not None:
            self._looked.stop()
            self.cells.hide()

    def _show_legal(self) -> None:
        legal = self._target.legal(self.way) if self.declared.kind == "count" else []
        if not legal or not self.field.line.hasFocus():
            return
        if self.cells is None:
            self.cells = LegalCells(self._appearance, self.name)
            self.cells.picked.connect(self._pick)
            self.column.insertWidget(1, self.cells)
        self.cells.show_legal(legal, self._value)

    def _pick(self, value: int) -> None:
        self._begin()
        self._target.put(self.way, value, self.name, self._gesture)

    def _walk(self, step: int) -> None:
        if self.cells is not None and self.cells.isVisible() and not self.field.editing:
            self.cells.walk(step)


class FlagRow(Row):
    """Yes or no; what turning it would cost is said while the pointer or the keyboard is there."""

    def __init__(self, way: Way, declared: Field, target: Target, appearance: Appearance) -> None:
        super().__init__(way, declared, target, appearance)
        self.switch = Switch(appearance)
        self.switch.setAccessibleName(self.name)
        self.switch.setToolTip(self.toolTip())
        self.switch.installEventFilter(self)
        self.price = label("", appearance.theme.fonts.small, "accent")
        self.line.addWidget(self.switch)
        self.line.addWidget(self.price)
        self.line.addStretch(1)
        self._differs = False
        self.switch.clicked.connect(self._clicked)

    def show_setting(self, setting: Setting | Differs) -> None:
        self._differs = isinstance(setting, Differs)
        self.switch.show_mixed(self._differs)
        self.switch.setChecked(setting is True)
        words = tr("{name} (several)", name=self.name) if self._differs else self.name
        self.switch.setAccessibleName(words)
        self._say_price()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._say_price()

    def leaveEvent(self, event: QEvent) -> None:
        self._say_price()

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:  # pyright: ignore[reportIncompatibleMethodOverride]
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._say_price()
        return False

    def _say_price(self) -> None:
        if not (self.underMouse() or self.switch.hasFocus()):
            self.price.setText(tr("several") if self._differs else "")
            return
        more = self._target.price(self.way, not self.switch.isChecked())
        self.price.setText(difference(more) if more else tr("no parameters"))

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
        if isinstance(setting, Differs):
            self.pick.show_several([tr(self.declared.options.get(str(s), str(s))) for s in setting.settings])
        else:
            self.pick.show_said("" if index >= 0 else str(setting))

    def _activated(self, index: int) -> None:
        self._target.put(self.way, self.pick.itemData(index), self.name)


class TextRow(Row):
    """What can only be read here: a pattern over the layers, a flag that follows a variable."""

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
            words = [said_of(inner, registry) for inner in distinct(setting.settings)]
            self.text.setText("; ".join(words))
        else:
            self.text.setText(said_of(setting, registry))
