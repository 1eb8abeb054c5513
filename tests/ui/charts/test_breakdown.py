"""The map of where the parameters are."""

from __future__ import annotations

import pytest

from designer.design import edits
from designer.formats.opening import opened
from designer.formats.presets import presets
from designer.ui.charts.breakdown import Breakdown, by_kind
from designer.ui.session import Session
from tests.ui.conftest import KINDS


@pytest.fixture
def chart(qtbot, appearance, llama) -> Breakdown:
    made = Breakdown(llama, appearance)
    qtbot.addWidget(made)
    made.resize(520, 200)
    made.show()
    qtbot.waitUntil(lambda: bool(made.map.pieces))
    return made


@pytest.mark.parametrize("preset", presets())
def test_the_kinds_of_tensors_add_up_to_the_total_category_by_category(preset):
    measured = Session(opened(preset, KINDS), KINDS).measured
    kinds = {category: sum(counts.values()) for category, counts in by_kind(measured).items()}
    assert kinds == {category: count for category, count in measured.by_category.items() if count}


def test_areas_are_shares(chart):
    tensors = [piece for piece in chart.map.pieces if piece.name]
    (gate,) = (piece for piece in tensors if piece.name == "gate_proj")
    (up,) = (piece for piece in tensors if piece.name == "up_proj")
    assert gate.area.width() == pytest.approx(up.area.width(), rel=0.05)
    whole = chart.map.width() * chart.map.height()
    assert 0.1 < gate.area.width() * gate.area.height() / whole < gate.count / 8_030_261_248


def test_it_says_what_it_shows_in_words(chart):
    assert chart.line.text() == "area is the share of 8.03\u2009B, tied weights counted once"
    assert "Feed-forward 70.2" in chart.map.accessibleDescription()


def test_a_hidden_chart_draws_only_once_it_is_seen_again(qtbot, chart, llama):
    chart.hide()
    drawn = chart.map.pieces
    llama.commit(edits.set_variable(llama.design, "num_hidden_layers", 1), "Change num_hidden_layers")
    assert chart.map.pieces is drawn
    chart.show()
    qtbot.waitUntil(lambda: chart.map.pieces is not drawn)


def test_many_edits_are_one_drawing(qtbot, chart, llama, monkeypatch):
    times = []
    monkeypatch.setattr(chart, "draw", lambda: times.append(llama.design.variables["num_hidden_layers"]))
    for layers in range(33, 53):
        llama.commit(
            edits.set_variable(llama.design, "num_hidden_layers", layers), "Change num_hidden_layers"
        )
    qtbot.waitUntil(lambda: bool(times))
    assert times == [52]


def test_an_empty_design_is_an_empty_map(qtbot, appearance, empty):
    made = Breakdown(empty, appearance)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: "once there are blocks" in made.line.text())
    assert list(made.map.pieces) == []
