"""Under which scenario costs are asked: batch, context, precisions, which pairs of positions count."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QGridLayout, QWidget

from designer.design import edits
from designer.design.scenario import BITS
from designer.ui.appearance import Appearance
from designer.ui.controls.label import label
from designer.ui.controls.pick import Pick
from designer.ui.entry import Ask, Entry
from designer.ui.number_field import NumberField
from designer.ui.numbers import context, exact, plain
from designer.ui.said_box import SaidBox
from designer.ui.session import Session
from designer.ui.tr import tr

CONVENTIONS = {"causal": "causal: what the mask leaves", "dense": "dense: every pair"}


class ScenarioForm(QWidget):
    """Edits the design's own scenario; each change is one step."""

    def __init__(self, session: Session, appearance: Appearance) -> None:
        super().__init__()
        self._session, self._appearance = session, appearance
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._gesture = object()
        self.batch = self._number("batch", tr("Batch"), Ask())
        self.context = self._number("context", tr("Context"), Ask(optional=True))
        self.weights = self._choice("weights", tr("Weights"), {name: name for name in BITS})
        self.cache = self._choice("cache", tr("Cache"), {name: name for name in BITS})
        self.convention = self._choice("convention", tr("Convention"), CONVENTIONS)
        self.refresh()

    def refresh(self) -> None:
        """Show the present scenario."""
        scenario = self._session.design.scenario
        numbers = self._session.measured.resolved.valued.numbers
        self.batch.show_setting(scenario.batch, numbers)
        self.context.show_setting(scenario.context, numbers)
        tokens = plain(self._session.measured.tokens())
        self.context.line.setPlaceholderText(tr("{context}, as the model has it", context=context(tokens)))
        self.context.setToolTip(tr("{n} tokens", n=exact(tokens)))
        for pick, word in (
            (self.weights, scenario.weights),
            (self.cache, scenario.cache),
            (self.convention, scenario.convention),
        ):
            pick.setCurrentIndex(pick.findData(word))

    def _number(self, name: str, words: str, ask: Ask) -> NumberField:
        field = NumberField(self._appearance, ask, words)
        box = SaidBox(self._appearance)
        field.begun.connect(self._begin)
        field.typed.connect(lambda entry: self._put_number(name, entry))
        field.entered.connect(lambda entry: self._put_number(name, entry))
        field.withdrawn.connect(lambda: self._session.withdraw(self._gesture))
        field.read_anew.connect(lambda entry: box.show_entry(entry, None))
        box.taken.connect(field.take)
        self._add(words, field)
        self._grid.addWidget(box, self._grid.rowCount(), 0, 1, 2)
        return field

    def _choice(self, name: str, words: str, options: dict[str, str]) -> Pick:
        pick = Pick(self._appearance)
        pick.setAccessibleName(words)
        for word, shown in options.items():
            pick.addItem(tr(shown), word)
        pick.activated.connect(lambda index: self._put(name, pick.itemData(index)))
        self._add(words, pick)
        return pick

    def _add(self, words: str, field: QWidget) -> None:
        row = self._grid.rowCount()
        caption = label(words, self._appearance.theme.fonts.body, "2")
        caption.setBuddy(field)
        self._grid.addWidget(caption, row, 0)
        self._grid.addWidget(field, row, 1)

    def _begin(self) -> None:
        self._gesture = object()

    def _put_number(self, name: str, entry: Entry) -> None:
        if not entry.broken:
            value = entry.value
            self._put(name, None if value is None else int(value), self._gesture)

    def _put(self, name: str, value: Any, gesture: object | None = None) -> None:
        scenario = replace(self._session.design.scenario, **{name: value})
        if scenario != self._session.design.scenario:
            design = edits.set_scenario(self._session.design, scenario)
            self._session.commit(design, tr("Change the scenario"), gesture)
