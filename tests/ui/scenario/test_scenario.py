"""The scenario: chosen in a popover under the costs, kept in the design, one step back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from designer.design import edits
from designer.design.scenario import Scenario
from designer.formats.opening import opened
from designer.ui.scenario.button import ScenarioButton
from designer.ui.scenario.form import ScenarioForm
from designer.ui.scenario.sheet import costs
from designer.ui.session import Session
from tests.ui.conftest import KINDS

Left, Key = Qt.MouseButton.LeftButton, Qt.Key


@pytest.fixture
def button(open_window, llama):
    return open_window(llama).findChild(ScenarioButton)


@pytest.fixture
def sheet(button):
    button.click()
    return button.sheet


def test_it_opens_under_the_costs_which_stay_in_sight(button, sheet, qtbot):
    window = button.window()
    shown = window.totals.costs
    area = shown.rect().translated(shown.mapTo(window, shown.rect().topLeft()))
    qtbot.waitUntil(lambda: not sheet.sheet.intersects(area))
    assert area.left() < sheet.points_at.x() < area.right()
    assert window.rect().contains(sheet.sheet)


def test_what_is_chosen_changes_the_costs_at_once(button, sheet, llama):
    window = button.window()
    QTest.mouseClick(sheet.form.weights.cells["int4"], Left)
    assert llama.design.scenario.weights == "int4"
    assert window.totals.costs.shown[0].value == "3.74\u2009GiB"
    assert button.words.startswith("int4")


def test_a_visit_is_one_step_however_much_is_changed(sheet, llama):
    QTest.mouseClick(sheet.form.weights.cells["int8"], Left)
    QTest.mouseClick(sheet.form.contexts.cells[32768], Left)
    QTest.mouseClick(sheet.form.convention.cells["dense"], Left)
    assert llama.design.scenario == Scenario(weights="int8", context=32768, convention="dense")
    llama.undo()
    assert llama.design.scenario == Scenario()
    assert llama.history.undoes is None
    assert sheet.form.weights.value == "bf16"


def test_the_next_visit_is_another_step(button, sheet, llama):
    QTest.mouseClick(sheet.form.weights.cells["int8"], Left)
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Escape)
    button.click()
    QTest.mouseClick(button.sheet.form.weights.cells["fp32"], Left)
    llama.undo()
    assert llama.design.scenario.weights == "int8"


def test_numbers_are_typed_as_people_write_them(sheet, llama):
    line = sheet.form.context.line
    assert QApplication.focusWidget() is line
    line.selectAll()
    QTest.keyClicks(line, "32k")
    QTest.keyClick(line, Key.Key_Return)
    assert llama.design.scenario.context == 32768
    assert sheet.form.tokens.text() == "= 32,768 tokens"


def test_an_emptied_context_is_the_models_own_again(sheet, llama):
    llama.commit(edits.set_scenario(llama.design, Scenario(context=1024)), "Change it")
    line = sheet.form.context.line
    line.setFocus()
    line.selectAll()
    QTest.keyClick(line, Key.Key_Delete)
    QTest.keyClick(line, Key.Key_Return)
    assert llama.design.scenario.context is None
    assert "as the model has it" in sheet.form.beyond.text()


def test_contexts_beyond_the_models_positions_are_dashed_and_can_be_taken(sheet, llama):
    cells = sheet.form.contexts.cells
    assert [tokens for tokens, cell in cells.items() if cell.dashed] == [32768, 131072]
    assert "8,192" in sheet.form.beyond.text()
    QTest.mouseClick(cells[131072], Left)
    assert llama.design.scenario.context == 131072


def test_each_convention_gives_the_number_of_the_other(sheet, llama):
    form = sheet.form
    assert "19.3\u2009G a token here, 12.5\u2009% more" in form.convention_says.text()
    QTest.mouseClick(form.convention.cells["dense"], Left)
    assert "17.2\u2009G a token here" in form.convention_says.text()


def test_all_bytes_are_there(llama):
    lines = [line for line in costs(llama) if line is not None]
    assert lines[0] == ("Weights", "15.0\u2009GiB", "16,060,522,496 bytes")
    assert lines[1] == ("KV cache", "1.00\u2009GiB", "1,073,741,824 bytes")
    assert lines[-1][1:] == ("141\u2009T", "8,192 tokens; training is 3 ×")


def test_a_state_has_its_own_line():
    session = Session(opened("mamba2-130m", KINDS), KINDS)
    assert [line[0] for line in costs(session) if line is not None][2] == "State"


def test_esc_closes_it_and_gives_the_keyboard_back(button, qtbot):
    button.window().canvas.setFocus()
    button.click()
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Escape)
    qtbot.waitUntil(lambda: button.sheet is None)
    assert QApplication.focusWidget() is button.window().canvas


def test_in_the_inspector_each_change_is_a_step_and_nothing_is_cut_off(qtbot, appearance, llama):
    form = ScenarioForm(llama, appearance)
    qtbot.addWidget(form)
    llama.changed.connect(form.refresh)
    form.resize(270, 400)
    form.show()
    assert form.minimumSizeHint().width() <= 285
    QTest.mouseClick(form.weights.cells["int8"], Left)
    QTest.mouseClick(form.cache.cells["int8"], Left)
    llama.undo()
    assert (llama.design.scenario.weights, llama.design.scenario.cache) == ("int8", "bf16")
