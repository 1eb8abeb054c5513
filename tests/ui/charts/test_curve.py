"""The total against one variable, from the formula."""

from __future__ import annotations

import pytest

from designer.design import edits
from designer.design.expression import Expression
from designer.ui.charts.curve import Curve, curve, varying


@pytest.fixture
def chart(qtbot, appearance, llama) -> Curve:
    made = Curve(llama, appearance)
    qtbot.addWidget(made)
    made.resize(520, 220)
    made.show()
    qtbot.waitUntil(lambda: made.title.text() == "Total against hidden_size")
    return made


@pytest.mark.parametrize("name", ["hidden_size", "num_hidden_layers", "num_attention_heads", "vocab_size"])
def test_every_point_is_what_a_recount_gives(llama, name):
    present = llama.design.variables[name]
    xs, ys = curve(llama.measured, name, present)
    assert present in xs
    for x, y in list(zip(xs.tolist(), ys.tolist(), strict=True))[:: max(1, len(xs) // 7)]:
        assert llama.measured.of(edits.set_variable(llama.design, name, x)).total == y


def test_only_designs_that_fit_are_on_the_curve(llama):
    xs, _ = curve(llama.measured, "num_attention_heads", 32)
    assert set(xs.tolist()) <= {8, 16, 32, 64, 128}


def test_it_says_what_moves_and_marks_the_present_design(chart):
    assert chart.line.text() == "head_dim moves with it"
    assert chart._said.toPlainText() == "now 8.03\u2009B"
    assert "8.03\u2009B at 4,096" in chart.plot.accessibleDescription()


def test_another_variable_is_picked(qtbot, chart):
    chart.pick.setCurrentIndex(chart.pick.findData("vocab_size"))
    chart.pick.activated.emit(chart.pick.currentIndex())
    qtbot.waitUntil(lambda: chart.title.text() == "Total against vocab_size")
    assert chart.line.text() == "nothing else moves"


def test_it_follows_edits_and_keeps_the_variable_that_was_picked(qtbot, chart, llama):
    chart.pick.setCurrentIndex(chart.pick.findData("num_hidden_layers"))
    llama.commit(edits.set_variable(llama.design, "num_hidden_layers", 64), "Change num_hidden_layers")
    qtbot.waitUntil(lambda: chart._said.toPlainText() == "now 15.0\u2009B")
    assert chart.name == "num_hidden_layers"


def test_variables_that_are_expressions_or_flags_are_not_offered(llama):
    design = edits.set_variable(llama.design, "tied", True)
    design = edits.set_variable(design, "vocab_size", Expression("hidden_size * 4"))
    assert "tied" not in varying(design)
    assert "vocab_size" not in varying(design)


def test_without_variables_it_says_what_would_give_the_curve(qtbot, appearance, empty):
    made = Curve(empty, appearance)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.line.text() == "a variable that is a number gives the curve")
    assert made.plot.isHidden()


def test_the_curve_wears_the_theme(chart, appearance):
    appearance.choose("dark")
    assert chart.plot.backgroundBrush().color() == appearance.theme.panel
    appearance.choose("light")
