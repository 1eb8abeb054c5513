"""One variable: its value, a slider where it is a whole number, its expression where it is one."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QToolButton, QVBoxLayout, QWidget

from designer.design import edits
from designer.design.expression import Expression
from designer.design.tree import Design, Number
from designer.symbolic.issue import Refusal
from designer.ui.appearance import Appearance
from designer.ui.controls.label import label
from designer.ui.controls.section import link
from designer.ui.controls.switch import Switch
from designer.ui.entry import Ask, Entry, value_of
from designer.ui.legal import fitting, moved_by, step_of, steps
from designer.ui.number_field import NumberField
from designer.ui.numbers import exact, real
from designer.ui.said_box import SaidBox
from designer.ui.session import Session
from designer.ui.tr import tr
from designer.ui.variable_slider import VariableSlider


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
        self.moves = label("", fonts.caption, "3", wraps=True)
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

    def leaveEvent(self, event: object) -> None:
        if not self.slider.hasFocus():
            self.moves.hide()

    def _lay_out(self, value: Number | Expression) -> None:
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(self.title)
        top.addStretch(1)
        for widget in (self.comes_to, self.free, self.switch):
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
        for widget in (self.box, self.slider, self.moves):
            column.addWidget(widget)
        is_flag, is_expression = isinstance(value, bool), isinstance(value, Expression)
        self.comes_to.setVisible(is_expression)
        self.free.setVisible(is_expression)
        self.switch.setVisible(is_flag)
        self.field.setVisible(not is_flag)
        self.slider.setVisible(isinstance(value, int) and not is_flag)
        self.slider.show_legal(steps(self._opening))
        self.moves.hide()

    def _titled(self) -> QToolButton:
        """The name; a click opens what can be done to the variable."""
        made = QToolButton()
        made.setText(self.name)
        made.setFont(self._appearance.theme.fonts.value.font)
        made.setProperty("named", True)
        made.setAccessibleName(tr("Variable {name}", name=self.name))
        made.clicked.connect(self._open_menu)
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
        design = self._session.design
        if self._legal_of is not design and "numpy" in sys.modules:  # loaded after the first frame
            self._legal_of = design
            self.slider.show_legal(fitting(self._session.measured, self.name, steps(self._opening)))
        others = moved_by(design, self.name)
        said = tr("{names} moves with it", names=", ".join(others)) if others else tr("nothing else moves")
        step = step_of(self.slider.legal)
        if step > 1:
            said = tr("steps of {step} · {moves}", step=f"{step:,}", moves=said)
        self.moves.setText(said)
        self.moves.show()

    def _open_menu(self) -> None:
        menu = QMenu(self)
        menu.addAction(tr("Rename the variable")).triggered.connect(self._rename)
        design = self._session.design
        remove = menu.addAction(tr("Remove the variable"))
        remove.setEnabled(self.name not in design.tree.used and not moved_by(design, self.name))
        remove.triggered.connect(self._remove)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.title.mapToGlobal(QPoint(0, self.title.height())))

    def _remove(self) -> None:
        self._try(
            lambda design: edits.remove_variable(design, self.name), tr("Remove {name}", name=self.name)
        )

    def _rename(self) -> None:
        line = QLineEdit(self.name, self)
        line.setProperty("boxed", True)
        line.setAccessibleName(tr("New name of {name}", name=self.name))
        line.setGeometry(self.title.geometry().adjusted(0, 0, 60, 2))
        line.show()
        line.selectAll()
        line.setFocus()
        line.editingFinished.connect(lambda: self._renamed(line))

    def _renamed(self, line: QLineEdit) -> None:
        new = line.text().strip()
        line.deleteLater()
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
