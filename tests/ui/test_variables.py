"""Variables: typed, dragged, freed, added, renamed, removed."""

from __future__ import annotations

import numpy as np  # noqa: F401  loaded, as it is once the charts are there
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from designer.design.expression import Expression
from designer.ui.legal import fitting, moved_by, step_of, steps
from designer.ui.variables import Variables

Left = Qt.MouseButton.LeftButton


@pytest.fixture
def variables(qtbot, appearance, settings, llama) -> Variables:
    made = Variables(llama, appearance, settings)
    qtbot.addWidget(made)
    made.resize(328, 700)
    made.show()
    return made


def drag(slider, *values: int) -> None:
    """Press, move over each value and let go."""
    middle = slider.height() // 2
    at = [QPoint(round(slider.x_of(value)), middle) for value in values]
    QTest.mousePress(slider, Left, pos=at[0])
    for point in at[1:]:
        QTest.mouseMove(slider, point)
        slider.mouseMoveEvent(_moved(slider, point))
    QTest.mouseRelease(slider, Left, pos=at[-1])


def _moved(slider, point: QPoint):
    from PySide6.QtCore import QEvent, QPointF
    from PySide6.QtGui import QMouseEvent

    none = Qt.KeyboardModifier.NoModifier
    return QMouseEvent(
        QEvent.Type.MouseMove, QPointF(point), slider.mapToGlobal(QPointF(point)), Left, Left, none
    )


def test_there_is_a_row_for_each_in_the_designs_order(variables, llama):
    assert list(variables.rows) == list(llama.design.variables)


def test_one_drag_is_one_step(variables, llama):
    slider = variables.rows["hidden_size"].slider
    drag(slider, 4096, 6000, 8192)
    assert llama.design.variables["hidden_size"] == 8192
    assert llama.history.undoes == "Change hidden_size"
    llama.undo()
    assert llama.design.variables["hidden_size"] == 4096
    assert llama.history.undoes is None
    assert slider.value == 4096


def test_two_drags_are_two_steps(variables, llama):
    slider = variables.rows["num_hidden_layers"].slider
    drag(slider, 32, 40)
    drag(slider, 40, 48)
    llama.undo()
    assert llama.design.variables["num_hidden_layers"] == 40


def test_the_handle_opens_in_the_middle_and_the_track_is_logarithmic(variables):
    slider = variables.rows["hidden_size"].slider
    middle = slider.width() / 2
    assert slider.x_of(4096) == pytest.approx(middle)
    assert slider.x_of(8192) - middle == pytest.approx(middle - slider.x_of(2048))


def test_a_slider_moves_among_values_that_fit(variables, llama):
    row = variables.rows["num_attention_heads"]
    row.slider.setFocus()
    row.slider.entered.emit()
    assert set(row.slider.legal) == {8, 16, 32, 64, 128}
    QTest.keyClick(row.slider, Qt.Key.Key_Right)
    assert llama.design.variables["num_attention_heads"] == 64


def test_what_else_moves_is_said(variables):
    row = variables.rows["hidden_size"]
    row.slider.entered.emit()
    assert "head_dim moves with it" in row.moves.text()
    row = variables.rows["vocab_size"]
    row.slider.entered.emit()
    assert "nothing else moves" in row.moves.text()


def test_typing_goes_beyond_the_track(variables, llama):
    line = variables.rows["hidden_size"].field.line
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "64k")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert llama.design.variables["hidden_size"] == 65536
    slider = variables.rows["hidden_size"].slider
    assert slider.x_of(slider.value) == pytest.approx(slider.width() - 8)


def test_a_variable_that_is_an_expression_has_no_handle_until_it_is_freed(variables, llama):
    row = variables.rows["head_dim"]
    assert row.slider.isHidden()
    assert row.comes_to.text() == "= 128"
    row.free.click()
    assert llama.design.variables["head_dim"] == 128
    assert not variables.rows["head_dim"].slider.isHidden()
    llama.undo()
    assert llama.design.variables["head_dim"] == Expression("hidden_size / num_attention_heads")


def test_a_number_becomes_an_expression_by_typing_one(variables, llama):
    line = variables.rows["intermediate_size"].field.line
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "4*hidden_size")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert llama.design.variables["intermediate_size"] == Expression("4*hidden_size")
    assert variables.rows["intermediate_size"].comes_to.text() == "= 16,384"


def test_a_variable_cannot_depend_on_itself(variables, llama):
    line = variables.rows["intermediate_size"].field.line
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "intermediate_size + 1")
    assert variables.rows["intermediate_size"].field.entry.broken


def test_a_variable_is_added(variables, llama):
    variables.begin_new()
    QTest.keyClicks(variables.adding.name, "rank")
    QTest.keyClicks(variables.adding.value, "hidden_size / 8")
    QTest.keyClick(variables.adding.value, Qt.Key.Key_Return)
    assert llama.design.variables["rank"] == Expression("hidden_size / 8")
    assert "rank" in variables.rows


@pytest.mark.parametrize("name", ["", "hidden_size", "total", "2x", "a b"])
def test_a_name_that_cannot_be_is_refused_in_place(variables, llama, name):
    before = llama.design
    variables.begin_new()
    QTest.keyClicks(variables.adding.name, name)
    QTest.keyClicks(variables.adding.value, "1")
    QTest.keyClick(variables.adding.value, Qt.Key.Key_Return)
    assert llama.design is before
    assert variables.adding.box.isVisible()


def test_renaming_goes_through_every_expression(variables, llama):
    row = variables.rows["hidden_size"]
    row._rename()
    line = row.findChildren(QLineEdit)[-1]
    line.setText("d_model")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert llama.design.variables["head_dim"] == Expression("d_model / num_attention_heads")
    assert llama.measured.total == 8_030_261_248
    assert "d_model" in variables.rows


def test_a_variable_in_use_stays(variables, llama):
    before = llama.design
    variables.rows["hidden_size"]._remove()
    assert llama.design is before
    assert variables.rows["hidden_size"].box.isVisible()


def test_another_design_has_other_rows_and_other_openings(variables, llama, session):
    llama.start(session.design)
    assert list(variables.rows) == list(session.design.variables)
    assert variables.rows["n_embd"].slider.opening == 768


def test_steps_run_from_a_quarter_to_four_times_in_powers_of_two():
    assert (steps(4096)[0], steps(4096)[-1], step_of(steps(4096))) == (1024, 16384, 128) or step_of(
        steps(4096)
    ) == 64
    assert steps(32)[0] == 8
    assert steps(1) == [1, 2, 3, 4]
    assert 50257 in steps(50257)
    assert all(len(steps(n)) <= 260 for n in (7, 100, 4096, 128256, 999983))


def test_where_nothing_fits_a_slider_is_free(llama):
    assert fitting(llama.measured, "vocab_size", [1000, 2000]) == [1000, 2000]


def test_what_moves_is_found_through_other_expressions_too(llama):
    from designer.design import edits

    design = edits.set_variable(llama.design, "rank", Expression("head_dim // 2"))
    assert moved_by(design, "hidden_size") == ["head_dim", "rank"]
