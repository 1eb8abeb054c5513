"""Under which scenario costs are asked: batch, context, precisions, which pairs of positions count."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from designer.design import edits
from designer.design.scenario import BITS, Convention
from designer.ui.appearance import Appearance
from designer.ui.controls.entry import Ask, Entry
from designer.ui.controls.label import label
from designer.ui.controls.number_field import NumberField
from designer.ui.controls.said_box import SaidBox
from designer.ui.controls.segments import Segments
from designer.ui.numbers import context, exact, plain, share, work
from designer.ui.session import Session
from designer.ui.tr import tr

CONTEXTS = tuple(1024 * n for n in (1, 2, 4, 8, 32, 128))
"""Tokens that are offered."""


class ScenarioForm(QWidget):
    """Edits the design's own scenario. Each change is a step, or all are one, of the `gesture` given."""

    def __init__(self, session: Session, appearance: Appearance, gesture: object | None = None) -> None:
        super().__init__()
        self._session, self._appearance, self._whole = session, appearance, gesture
        self._gesture: object = gesture or object()
        fonts = appearance.theme.fonts
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(7)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnMinimumWidth(0, round(fonts.base * 5.6))
        self.batch = self._number("batch", tr("Batch"), Ask())
        self.context = self._number("context", tr("Context"), Ask(optional=True))
        self.tokens = label("", fonts.small, "2")
        self.contexts = Segments(
            appearance, tr("Contexts"), {tokens: context(tokens) for tokens in CONTEXTS}, apart=True
        )
        self.beyond = label("", fonts.caption, "2", wraps=True)
        self.convention_says = label("", fonts.caption, "2", wraps=True)
        self._row(tr("Batch"), self._beside(self.batch))
        self._row(
            tr("Context"), self._under(self._beside(self.context, self.tokens), self.contexts, self.beyond)
        )
        precisions = {name: name for name in BITS}
        self.weights = self._choice("weights", tr("Weights"), precisions)
        self.cache = self._choice("cache", tr("Cache"), precisions)
        words = {"causal": tr("causal"), "dense": tr("dense")}
        self.convention = self._choice("convention", tr("Convention"), words, self.convention_says)
        self.contexts.chosen.connect(lambda tokens: self._put("context", tokens))
        self.refresh()

    def refresh(self) -> None:
        """Show the present scenario."""
        measured = self._session.measured
        scenario, numbers = self._session.design.scenario, measured.resolved.valued.numbers
        tokens = plain(measured.tokens())
        self.batch.show_setting(scenario.batch, numbers)
        # The model's own context is shown as if it were typed; the line under it says that it was not.
        self.context.show_setting(tokens, numbers)
        self.tokens.setText(tr("= {n} tokens", n=exact(tokens)))
        self.contexts.show_chosen(tokens)
        self._show_positions()
        self.weights.show_chosen(scenario.weights)
        self.cache.show_chosen(scenario.cache)
        self.convention.show_chosen(scenario.convention)
        self.convention_says.setText(self._other_convention())

    def _show_positions(self) -> None:
        """Contexts beyond the model's own positions are dashed; its own context is said to be that."""
        own, asked = self._session.measured.positions, self._session.design.scenario.context
        beyond = [tokens for tokens in CONTEXTS if own is not None and tokens > plain(own)]
        said = {"n": exact(plain(own or 0))}
        why = tr("beyond the model's own {n} positions", **said)
        self.contexts.dash(beyond, why)
        if beyond:
            words = "as the model has it; dashed: beyond its {n} positions"
            words = words if asked is None else "dashed: beyond the model's own {n} positions"
        else:
            words = "as the model has it" if asked is None else ""
        self.beyond.setText(tr(words, **said) if words else "")
        self.beyond.setVisible(bool(words))

    def _other_convention(self) -> str:
        """What the convention at hand counts, and what the other one would come to."""
        scenario, measured = self._session.design.scenario, self._session.measured
        other: Convention = "dense" if scenario.convention == "causal" else "causal"
        per_pass = plain(measured.tokens()) * scenario.batch
        here = plain(measured.reading("flops_forward")) // per_pass
        there = plain(measured.reading("flops_forward", replace(scenario, convention=other))) // per_pass
        said = {"work": work(there), "share": share(abs(there - here), here)}
        if there == here:
            return tr("Causal and dense come to the same: nothing here hides a pair of positions.")
        if other == "dense":
            return tr(
                "Causal counts only the scores a mask leaves. Dense counts them all: {work} a token here, "
                "{share} more.",
                **said,
            )
        return tr(
            "Dense counts every pair of positions. Causal counts only the scores a mask leaves: {work} a "
            "token here, {share} less.",
            **said,
        )

    # --- making -------------------------------------------------------------------------------------------

    def _number(self, name: str, words: str, ask: Ask) -> NumberField:
        field = NumberField(self._appearance, ask, words)
        field.setFixedWidth(round(self._appearance.theme.fonts.base * 6.2))
        field.begun.connect(self._begin)
        field.typed.connect(lambda entry: self._put_number(name, entry))
        field.entered.connect(lambda entry: self._put_number(name, entry))
        field.withdrawn.connect(lambda: self._session.withdraw(self._gesture))
        return field

    def _choice(self, name: str, words: str, options: dict[str, str], *under: QWidget) -> Segments:
        made = Segments(self._appearance, words, options)
        made.chosen.connect(lambda value: self._put(name, value))
        self._row(words, self._under(made, *under))
        return made

    def _beside(self, field: NumberField, *after: QWidget) -> QWidget:
        """A field with what stands after it, and under it what is wrong with what was typed."""
        box = SaidBox(self._appearance)
        field.read_anew.connect(lambda entry: box.show_entry(entry, None))
        box.taken.connect(field.take)
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in (field, *after):
            row.addWidget(widget)
        row.addStretch(1)
        return self._under(made, box)

    def _under(self, *widgets: QWidget) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        for widget in widgets:
            column.addWidget(widget)
        return made

    def _row(self, words: str, holder: QWidget) -> None:
        row, fonts = self._grid.rowCount(), self._appearance.theme.fonts
        caption = label(words, fonts.body, "2")
        caption.setFixedHeight(fonts.row)
        self._grid.addWidget(caption, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(holder, row, 1)

    # --- editing ------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        self._gesture = self._whole or object()

    def _put_number(self, name: str, entry: Entry) -> None:
        if not entry.broken:
            value = entry.value
            self._put(name, None if value is None else int(value), self._gesture)

    def _put(self, name: str, value: Any, gesture: object | None = None) -> None:
        scenario = replace(self._session.design.scenario, **{name: value})
        if scenario != self._session.design.scenario:
            design = edits.set_scenario(self._session.design, scenario)
            self._session.commit(design, tr("Change the scenario"), gesture or self._whole)
