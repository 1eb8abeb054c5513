"""The design's variables: each with its value, a slider where it is a number, its expression where it is one."""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QToolButton, QVBoxLayout, QWidget

from designer.design import edits
from designer.design.expression import Expression
from designer.design.tree import Design, Number
from designer.symbolic.issue import Refusal, said
from designer.ui.appearance import Appearance
from designer.ui.controls.label import label
from designer.ui.controls.section import Section, link
from designer.ui.controls.switch import Switch
from designer.ui.entry import Ask, Entry, read, value_of
from designer.ui.legal import fitting, step_of, steps
from designer.ui.number_field import NumberField
from designer.ui.numbers import exact, real
from designer.ui.said_box import SaidBox
from designer.ui.session import Session
from designer.ui.settings import Settings
from designer.ui.tr import spoken, tr
from designer.ui.variable_slider import VariableSlider


class Variables(Section):
    """Follows the session; a row for each variable, in the design's order."""

    def __init__(self, session: Session, appearance: Appearance, settings: Settings) -> None:
        super().__init__(appearance, tr("Variables"), settings.is_open("variables"))
        self._session, self._appearance = session, appearance
        self.rows: dict[str, VariableRow] = {}
        self._kinds: tuple[tuple[str, type], ...] = ()
        self.body.setSpacing(7)
        self.adding = NewVariable(session, appearance)
        self._none = label(
            tr("None yet. The first block brings its own, such as hidden_size; blocks added later use them."),
            appearance.theme.fonts.small,
            "2",
            wraps=True,
        )
        self.body.addWidget(self._none)
        self.body.addWidget(self.adding)
        self.add_link(tr("Add"), tr("Add a variable")).clicked.connect(self.begin_new)
        self.turned.connect(lambda is_open: settings.keep_open("variables", is_open))
        session.changed.connect(self._follow)
        self.refresh()

    def refresh(self) -> None:
        """Show the present design."""
        design = self._session.design
        kinds = tuple((name, _kind(value)) for name, value in design.variables.items())
        if kinds != self._kinds:
            self._build(kinds)
        for row in self.rows.values():
            row.refresh()

    def _follow(self, before: Design, after: Design) -> None:
        if before.variables is not after.variables:
            self.refresh()

    def _build(self, kinds: tuple[tuple[str, type], ...]) -> None:
        """Rows whose variable is still of their kind stay, and with them what is being typed."""
        known = dict(self._kinds)
        self._kinds = kinds
        kept = {name: row for name, row in self.rows.items() if (name, known.get(name)) in kinds}
        for name, row in self.rows.items():
            if name not in kept:
                row.hide()
                row.deleteLater()
        self.rows = {}
        for at, (name, _) in enumerate(kinds):
            row = kept.get(name) or VariableRow(name, self._session, self._appearance)
            self.rows[name] = row
            self.body.insertWidget(at, row)
        self._none.setVisible(not kinds)

    def begin_new(self) -> None:
        """Ask for a new variable."""
        self.heading.setChecked(True)
        self.adding.begin()


class VariableRow(QWidget):
    """One variable."""

    def __init__(self, name: str, session: Session, appearance: Appearance) -> None:
        super().__init__()
        self.name = name
        self._session, self._appearance = session, appearance
        self._gesture = object()
        value = session.design.variables[name]
        numbers = session.measured.resolved.valued.numbers
        self._opening = _opening(session, name, value_of(value, numbers))
        self._legal_of: object = None
        fonts = appearance.theme.fonts
        self._title = _title(name, appearance)
        self._menu = QMenu(self._title)
        self._menu.aboutToShow.connect(self._fill_menu)
        self._title.setMenu(self._menu)
        ask = Ask(isinstance(value, (int, Expression)))
        self.field = NumberField(appearance, ask, name, flat=True, tells=False)
        self.box = SaidBox(appearance)
        self.switch = Switch(appearance)
        self.switch.setAccessibleName(name)
        self.slider = VariableSlider(appearance, tr("Slider of {name}", name=name))
        self._moves = label("", fonts.caption, "3", wraps=True)
        self._comes_to = label("", fonts.value)
        self._free = link(appearance, tr("free"), tr("Free {name} of its expression", name=name))
        self._free.setToolTip(tr("Make it a number of its own, at this value."))
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(self._title)
        top.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        shown = self._kind_widgets(value)
        for widget in (self._comes_to, self._free, self.switch):
            top.addWidget(widget)
            widget.setVisible(widget in shown)
        if isinstance(value, Expression):
            column.addWidget(self.field)
        else:
            self.field.setMaximumWidth(round(fonts.base * 10.5))
            top.addWidget(self.field, 2)
        for widget in (self.box, self.slider, self._moves):
            column.addWidget(widget)
        self.field.setVisible(self.field in shown)
        self.slider.setVisible(self.slider in shown)
        self._moves.hide()
        self._connect()

    def refresh(self) -> None:
        """Show the variable's present value."""
        value = self._session.design.variables[self.name]
        numbers = self._session.measured.resolved.valued.numbers
        known = numbers.get(self.name)
        if isinstance(value, bool):
            self.switch.setChecked(value)
            return
        self.field.show_setting(value, {n: v for n, v in numbers.items() if n != self.name})
        if isinstance(value, Expression):
            self._comes_to.setText(tr("= {value}", value=_written(known)))
        elif isinstance(value, int):
            self.slider.show_value(value, self._opening)
            if self.slider.legal == (1,):
                self.slider.show_legal(steps(self._opening))

    def _kind_widgets(self, value: Number | Expression) -> set[QWidget]:
        if isinstance(value, bool):
            return {self.switch}
        if isinstance(value, Expression):
            return {self.field, self._comes_to, self._free}
        return {self.field, self.slider} if isinstance(value, int) else {self.field}

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
        self.switch.clicked.connect(self._put)
        self._free.clicked.connect(self._be_free)

    def _begin(self) -> None:
        self._gesture = object()

    def _typed(self, entry: Entry) -> None:
        if isinstance(entry.setting, (int, float, Expression)):
            self._put(entry.setting)

    def _entered(self, entry: Entry) -> None:
        self._typed(entry)
        self._begin()

    def _put(self, value: Number | Expression) -> None:
        design = self._session.design
        if self.name in design.variables and design.variables[self.name] != value:
            design = edits.set_variable(design, self.name, value)
            self._session.commit(design, tr("Change {name}", name=self.name), self._gesture)

    def _be_free(self) -> None:
        known = self._session.measured.resolved.valued.numbers[self.name]
        self._begin()
        self._put(known)

    def _say(self, entry: Entry) -> None:
        numbers = self._session.measured.resolved.valued.numbers
        self.box.show_entry(entry, numbers.get(self.name))

    def _tell(self) -> None:
        """What is legal, and what else moves: said once the slider is looked at."""
        design = self._session.design
        if self._legal_of is not design and "numpy" in sys.modules:
            self._legal_of = design
            self.slider.show_legal(fitting(self._session.measured, self.name, steps(self._opening)))
        others = moved_by(design, self.name)
        step = step_of(self.slider.legal)
        moves = tr("{names} moves with it", names=", ".join(others)) if others else tr("nothing else moves")
        if step > 1:
            moves = tr("steps of {step} · {moves}", step=f"{step:,}", moves=moves)
        self._moves.setText(moves)
        self._moves.show()

    def leaveEvent(self, event: object) -> None:
        if not self.slider.hasFocus():
            self._moves.hide()

    def _fill_menu(self) -> None:
        self._menu.clear()
        self._menu.addAction(tr("Rename the variable")).triggered.connect(self._rename)
        used = self.name in self._session.design.tree.used or moved_by(self._session.design, self.name)
        remove = self._menu.addAction(tr("Remove the variable"))
        remove.setEnabled(not used)
        remove.triggered.connect(self._remove)

    def _remove(self) -> None:
        design = edits.remove_variable(self._session.design, self.name)
        self._session.commit(design, tr("Remove {name}", name=self.name))

    def _rename(self) -> None:
        line = QLineEdit(self.name, self)
        line.setProperty("boxed", True)
        line.setAccessibleName(tr("New name of {name}", name=self.name))
        line.setGeometry(self._title.geometry().adjusted(0, 0, 60, 2))
        line.show()
        line.selectAll()
        line.setFocus()
        line.editingFinished.connect(lambda: self._renamed(line))

    def _renamed(self, line: QLineEdit) -> None:
        new = line.text().strip()
        line.deleteLater()
        if new and new != self.name:
            try:
                design = edits.rename_variable(self._session.design, self.name, new)
            except Refusal as refusal:
                self.box.show_entry(Entry(cause=refusal.cause), None)
                return
            self._session.commit(design, tr("Rename {old} to {new}", old=self.name, new=new))


class NewVariable(QWidget):
    """A line for a name and one for a value; hidden until asked for."""

    def __init__(self, session: Session, appearance: Appearance) -> None:
        super().__init__()
        self._session = session
        self.name = QLineEdit()
        self.value = QLineEdit()
        self.box = SaidBox(appearance)
        row = QHBoxLayout()
        for line, hollow, stretch in ((self.name, tr("name"), 3), (self.value, tr("8k or 4*hidden_size"), 3)):
            line.setFont(appearance.theme.fonts.body.font)
            line.setProperty("boxed", True)
            line.setPlaceholderText(hollow)
            line.returnPressed.connect(self._finish)
            row.addWidget(line, stretch)
        self.name.setAccessibleName(tr("Name of the new variable"))
        self.value.setAccessibleName(tr("Value of the new variable"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self.box)
        self.hide()

    def begin(self) -> None:
        """Ask for a name."""
        self.show()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: object) -> None:
        from PySide6.QtGui import QKeyEvent

        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self.hide()
        elif isinstance(event, QKeyEvent):
            super().keyPressEvent(event)

    def _finish(self) -> None:
        name = self.name.text().strip()
        design = self._session.design
        entry = read(self.value.text(), Ask(), self._session.measured.resolved.valued.numbers)
        cause = why_not(design, name) or entry.cause
        if cause is not None:
            self.box.show_entry(Entry(cause=said("{cause}", cause=spoken(cause))), None)
            return
        assert isinstance(entry.setting, (int, float, Expression))
        self.name.clear()
        self.value.clear()
        self.box.hide()
        self.hide()
        self._session.commit(edits.set_variable(design, name, entry.setting), tr("Add {name}", name=name))


def why_not(design: Design, name: str) -> object:
    """Why a variable cannot be added under a name."""
    from designer.design.expression import why_not_a_name

    return said("The name is taken.") if name in design.variables else why_not_a_name(name)


def _title(name: str, appearance: Appearance) -> QToolButton:
    made = QToolButton()
    made.setText(name)
    made.setFont(appearance.theme.fonts.value.font)
    made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    made.setProperty("named", True)
    made.setAccessibleName(tr("Variable {name}", name=name))
    return made


def moved_by(design: Design, name: str) -> list[str]:
    """The variables that are expressions over this one, by way of others too."""
    reached = {name}
    for _ in design.variables:
        for other, value in design.variables.items():
            if isinstance(value, Expression) and value.names & reached:
                reached.add(other)
    return [other for other in design.variables if other in reached and other != name]


def _opening(session: Session, name: str, present: Number | None) -> int:
    """The value a variable had when the design was opened; what it is now, where it was no number then."""
    first = session.opening.variables.get(name)
    value = first if isinstance(first, int) and not isinstance(first, bool) else present
    return max(int(value), 1) if isinstance(value, (int, float)) else 1


def _kind(value: Number | Expression) -> type:
    return type(value)


def _written(value: Number | None) -> str:
    if value is None:
        return "?"
    return real(value) if isinstance(value, float) else exact(int(value))
