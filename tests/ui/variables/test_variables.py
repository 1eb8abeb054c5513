"""Variables: typed, dragged, freed, added, renamed, removed."""

from __future__ import annotations

import numpy as np  # noqa: F401  loaded, as it is once the charts are there
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from designer.design import edits
from designer.design.expression import Expression
from designer.design.holding import moved_by
from designer.formats.opening import opened
from designer.ui.session import Session
from designer.ui.variables.legal import fitting, step_of, steps
from designer.ui.variables.variables import Variables
from tests.ui.conftest import KINDS

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


def looked_at(row):
    """The row's slider, with the keyboard on it."""
    row.slider.setFocus()
    row.slider.entered.emit()
    return row


def test_what_is_held_and_what_moves_is_said(variables):
    row = looked_at(variables.rows["hidden_size"])
    assert row.moves.says.text() == "32 query heads held, head_dim moves"
    assert row.moves.swap.text() == "hold head_dim instead"
    row = looked_at(variables.rows["vocab_size"])
    assert row.moves.says.text() == "nothing else moves"
    assert row.moves.swap.isHidden()


def test_another_one_is_held_by_one_click_and_one_step(variables, llama):
    row = looked_at(variables.rows["hidden_size"])
    QTest.mouseClick(row.moves.swap, Left)
    assert llama.design.variables["head_dim"] == 128
    assert llama.design.variables["num_attention_heads"] == Expression("hidden_size / head_dim", 32)
    assert llama.measured.total == 8_030_261_248
    assert row.moves.says.text() == "128 head width held, num_attention_heads moves"
    assert row.moves.swap.text() == "hold num_attention_heads instead"
    assert all(value % 128 == 0 for value in row.slider.legal)
    llama.undo()
    assert llama.design.variables["num_attention_heads"] == 32
    assert llama.history.undoes is None


def test_legal_values_and_ends_are_said_while_the_slider_is_looked_at(variables):
    row = variables.rows["num_key_value_heads"]
    assert row.legal_says.isHidden()
    looked_at(row)
    assert row.legal_says.text() == "divides 32"
    assert (row.ends._low.text(), row.ends._high.text()) == ("2", "32")
    row.slider.clearFocus()
    assert row.legal_says.isHidden()
    assert row.ends.isHidden()
    assert row.moves.isHidden()


def test_the_silhouette_is_the_total_at_each_legal_value(variables, llama):
    row = variables.rows["num_hidden_layers"]
    at_rest = row.slider.grab().toImage()
    slider = looked_at(row).slider
    assert slider.grab().toImage() != at_rest
    for value, total in zip(slider.legal, slider.totals, strict=True):
        assert total == llama.measured.of(edits.set_variable(llama.design, row.name, value)).total
    heights = [point.y() for point in slider.silhouette().toList()[1:-1]]
    assert heights == sorted(heights, reverse=True)
    assert min(heights) >= 2


def test_where_nothing_counts_the_silhouette_lies_on_the_track(variables):
    slider = looked_at(variables.rows["num_hidden_layers"]).slider
    slider.totals = tuple(0 for _ in slider.legal)
    assert len({point.y() for point in slider.silhouette()}) == 1


def test_layers_that_share_their_weights_move_no_parameters(qtbot, appearance, settings):
    shared = Session(opened("albert-base-v2", KINDS), KINDS)
    made = Variables(shared, appearance, settings)
    qtbot.addWidget(made)
    made.show()
    row = looked_at(made.rows["num_hidden_layers"])
    assert row.moves.says.text() == "moves work, no parameters"


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


def by_key(title):
    title.setFocus()
    QTest.keyClick(title, Qt.Key.Key_F2)


def by_double_click(title):
    QTest.mouseDClick(title, Left)


@pytest.mark.parametrize("ask", [by_key, by_double_click])
def test_renaming_goes_through_every_expression_as_one_step(variables, llama, ask):
    title = variables.rows["hidden_size"].title
    ask(title)
    title.line.selectAll()
    QTest.keyClicks(title.line, "d_model")
    QTest.keyClick(title.line, Qt.Key.Key_Return)
    assert llama.design.variables["head_dim"] == Expression("d_model / num_attention_heads")
    assert llama.measured.total == 8_030_261_248
    assert "d_model" in variables.rows
    llama.undo()
    assert "hidden_size" in variables.rows
    assert llama.history.undoes is None


def test_esc_leaves_the_name(variables, llama):
    before, title = llama.design, variables.rows["hidden_size"].title
    by_key(title)
    QTest.keyClicks(title.line, "other")
    QTest.keyClick(title.line, Qt.Key.Key_Escape)
    assert llama.design is before
    assert title.line is None


def test_a_variable_in_use_stays_and_who_uses_it_is_said(variables, llama):
    before, row = llama.design, variables.rows["num_attention_heads"]
    row.remove()
    assert llama.design is before
    said = " ".join(words.text() for words in row.box.findChildren(QLabel))
    assert "head_dim" in said
    assert "Grouped-query attention" in said


def test_a_variable_that_nobody_uses_goes(variables, llama):
    llama.commit(edits.set_variable(llama.design, "spare", 7), "Add spare")
    variables.rows["spare"].remove()
    assert "spare" not in llama.design.variables
    assert "spare" not in variables.rows


def test_one_drag_in_the_window_is_one_step_and_moves_every_number_and_chart(open_window, llama, qtbot):
    window = open_window(llama)
    qtbot.waitUntil(lambda: window.panels.below.complete)
    inspector = window.panels.inspector
    slider = inspector.variables.rows["num_hidden_layers"].slider
    inspector.ensureWidgetVisible(slider)
    charts = window.panels.below.grab().toImage()
    canvas = window.canvas.grab().toImage()
    drag(slider, 32, 36, 40, 48)
    assert llama.design.variables["num_hidden_layers"] == 48
    assert window.totals.count.shown == "11.5\u2009B"
    assert window.totals.costs.shown[1].value == "1.50\u2009GiB"
    assert f"Attention {1_342_177_280 * 48 // 32:,}" in window.totals.strip.sentence()
    assert window.canvas.grab().toImage() != canvas
    qtbot.waitUntil(lambda: window.panels.below.grab().toImage() != charts)
    llama.undo()
    assert llama.design == llama.opening
    assert llama.history.undoes is None
    assert window.totals.count.shown == "8.03\u2009B"


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
