"""One variable: its value, a slider where it is a whole number, its expression where it is one."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from designer.design import edits
from designer.design.expression import Expression
from designer.design.holding import Users, users_of
from designer.design.tree import Design, Number
from designer.symbolic.issue import Refusal, Said, said
from designer.ui.appearance import Appearance
from designer.ui.controls.entry import Ask, Entry, value_of
from designer.ui.controls.label import label
from designer.ui.controls.number_field import NumberField
from designer.ui.controls.said_box import SaidBox
from designer.ui.controls.section import link
from designer.ui.controls.switch import Switch
from designer.ui.numbers import exact, real
from designer.ui.session import Session
from designer.ui.tr import tr
from designer.ui.variables.legal import divided, step_of, steps, track
from designer.ui.variables.moves import VariableMoves
from designer.ui.variables.name import VariableName
from designer.ui.variables.slider import VariableSlider


class VariableRow(QWidget):
    """Edits one variable of the session's design; a drag of the slider is one step."""

    def __init__(self, name: str, session: Session, appearance: Appearance) -> None:
        super().__init__()
        self.name = name
        self._session, self._appearance = session, appearance
        self._gesture = object()
        value = session.design.variables[name]
        self._opening = _opening(session, name, value)
        self._legal_of: Design | None = None
        fonts = appearance.theme.fonts
        self.title = self._titled()
        ask = Ask(isinstance(value, (int, Expression)), least=None)
        self.field = NumberField(appearance, ask, name, flat=True, tells=False)
        self.box = SaidBox(appearance)
        self.switch = Switch(appearance)
        self.switch.setAccessibleName(name)
        self.slider = VariableSlider(appearance, tr("Slider of {name}", name=name))
        self.legal_says = label("", fonts.caption, "3")
        self.ends = _Ends(appearance)
        self.moves = VariableMoves(session, appearance, name)
        self.comes_to = label("", fonts.value)
        self.free = link(appearance, tr("free"), tr("Free {name} of its expression", name=name))
        self.free.setToolTip(tr("Make it a number of its own, at this value."))
        self._lay_out(value)
        self._connect()

    def refresh(self) -> None:
        """Show the variable's present value."""
        value = self._session.design.variables[self.name]
        numbers = self._session.measured.resolved.valued.numbers
        if isinstance(value, bool):
            self.switch.setChecked(value)
            return
        self.field.show_setting(value, {n: v for n, v in numbers.items() if n != self.name})
        if isinstance(value, Expression):
            self.comes_to.setText(tr("= {value}", value=_written(numbers.get(self.name))))
        elif isinstance(value, int):
            self.slider.show_value(value, self._opening)
            if self.moves.isVisible():
                self._say_moves()

    def _lay_out(self, value: Number | Expression) -> None:
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(self.title)
        top.addStretch(1)
        for widget in (self.legal_says, self.comes_to, self.free, self.switch):
            top.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        if isinstance(value, Expression):
            column.addWidget(self.field)
        else:
            self.field.setMaximumWidth(round(self._appearance.theme.fonts.base * 10.5))
            top.addWidget(self.field, 2)
        for widget in (self.box, self.slider, self.ends, self.moves):
            column.addWidget(widget)
        is_flag, is_expression = isinstance(value, bool), isinstance(value, Expression)
        self.comes_to.setVisible(is_expression)
        self.free.setVisible(is_expression)
        self.switch.setVisible(is_flag)
        self.field.setVisible(not is_flag)
        self.slider.setVisible(isinstance(value, int) and not is_flag)
        self.slider.show_legal(steps(self._opening))
        self._look(False)

    def _titled(self) -> VariableName:
        """The name; a click opens what can be done to the variable, F2 and a double click rename it."""
        made = VariableName(self.name, self._appearance)
        made.clicked.connect(self.open_menu)
        made.rename_asked.connect(self.rename)
        return made

    def _connect(self) -> None:
        self.field.begun.connect(self._begin)
        self.field.typed.connect(self._typed)
        self.field.entered.connect(self._entered)
        self.field.withdrawn.connect(lambda: self._session.withdraw(self._gesture))
        self.field.read_anew.connect(self._say)
        self.box.taken.connect(self.field.take)
        self.slider.grasped.connect(self._begin)
        self.slider.moved.connect(self._put)
        self.slider.entered.connect(self._tell)
        self.slider.left.connect(lambda: self._look(False))
        self.moves.swapped.connect(self._tell)
        self.switch.clicked.connect(self._switch)
        self.free.clicked.connect(self._be_free)

    def _begin(self) -> None:
        self._gesture = object()

    def _typed(self, entry: Entry) -> None:
        if isinstance(entry.setting, (int, float, Expression)):
            self._put(entry.setting)

    def _entered(self, entry: Entry) -> None:
        self._typed(entry)
        self._begin()

    def _switch(self, on: bool) -> None:
        self._begin()
        self._put(on)

    def _put(self, value: Number | Expression) -> None:
        design = self._session.design
        if self.name in design.variables and design.variables[self.name] != value:
            design = edits.set_variable(design, self.name, value)
            self._session.commit(design, tr("Change {name}", name=self.name), self._gesture)

    def _be_free(self) -> None:
        self._begin()
        self._put(self._session.measured.resolved.valued.numbers[self.name])

    def _say(self, entry: Entry) -> None:
        self.box.show_entry(entry, self._session.measured.resolved.valued.numbers.get(self.name))

    def _tell(self) -> None:
        """What is legal, and what else moves: said once the slider is looked at."""
        design, tried = self._session.design, steps(self._opening)
        if self._legal_of is not design and "numpy" in sys.modules:  # loaded after the first frame
            self._legal_of = design
            found = track(self._session.measured, self.name, tried)
            self.slider.show_legal(found.legal, found.totals)
        number = divided(self._session.measured, self.name, self.slider.legal, tried)
        step = step_of(self.slider.legal)
        self.legal_says.setText("")
        if number is not None:
            self.legal_says.setText(tr("divides {number}", number=exact(number)))
        elif step > 1:
            self.legal_says.setText(tr("steps of {step}", step=exact(step)))
        self.ends.show_ends(*self.slider.ends)
        self._say_moves()
        self._look(True)

    def _say_moves(self) -> None:
        self.moves.show_moves(len(self.slider.totals) > 1 and len(set(self.slider.totals)) == 1)

    def _look(self, on: bool) -> None:
        """Show or hide what is said only while the slider is looked at."""
        for widget in (self.legal_says, self.ends, self.moves):
            widget.setVisible(on)

    def open_menu(self) -> None:
        """What can be done to the variable."""
        menu = QMenu(self)
        menu.addAction(tr("Rename the variable")).triggered.connect(self.rename)
        menu.addAction(tr("Remove the variable")).triggered.connect(self.remove)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.title.mapToGlobal(QPoint(0, self.title.height())))

    def remove(self) -> None:
        """Take the variable away, or say who uses it."""
        users = users_of(self._session.design, self.name)
        if users:
            self.box.show_entry(Entry(cause=_used_by(self._session, users)), None)
            return
        self._try(
            lambda design: edits.remove_variable(design, self.name), tr("Remove {name}", name=self.name)
        )

    def rename(self) -> None:
        """Ask for another name."""
        self.title.ask(self._renamed)

    def _renamed(self, new: str) -> None:
        if new and new != self.name:
            title = tr("Rename {old} to {new}", old=self.name, new=new)
            self._try(lambda design: edits.rename_variable(design, self.name, new), title)

    def _try(self, edit: Callable[[Design], Design], title: str) -> None:
        try:
            self._session.commit(edit(self._session.design), title)
        except Refusal as refusal:
            self.box.show_entry(Entry(cause=refusal.cause), None)


def _opening(session: Session, name: str, present: Number | Expression) -> int:
    """The value a variable had when the design was opened; what it is now, where it was no number then."""
    first = session.opening.variables.get(name)
    known = first if isinstance(first, int) and not isinstance(first, bool) else present
    value = value_of(known, session.measured.resolved.valued.numbers)
    return max(int(value), 1) if value is not None else 1


def _written(value: Number | None) -> str:
    if value is None:
        return "?"
    return real(value) if isinstance(value, float) else exact(int(value))


def _used_by(session: Session, users: Users) -> Said:
    """Who uses a variable, by name, each once."""
    names = [*users.variables, *dict.fromkeys(session.title(id) for id in users.nodes)]
    if users.positions:
        names.append(tr("the model's positions"))
    return said("It cannot be removed: it is used by {names}.", names=", ".join(names))


class _Ends(QWidget):
    """The least and the greatest value of a track, under its ends."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._low, self._high = (label("", appearance.theme.fonts.caption, "3") for _ in range(2))
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 0, 6, 0)
        row.addWidget(self._low)
        row.addStretch(1)
        row.addWidget(self._high)

    def show_ends(self, low: int, high: int) -> None:
        """Show them."""
        self._low.setText(exact(low))
        self._high.setText(exact(high))
