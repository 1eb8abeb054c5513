"""The strip of layers above the canvas, in a real window."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from designer.formats.opening import opened
from designer.ui.layers.cells import layer_at, spans
from designer.ui.layers.strip import LayerStrip
from designer.ui.layers.words import arranged, kind_name, which
from designer.ui.session import Session
from tests.test_examples import EXAMPLES
from tests.ui.conftest import KINDS, holder

Key, Left, Shift = Qt.Key, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def hybrid() -> Session:
    return Session(opened(str(EXAMPLES / "hybrid_pattern.json"), KINDS), KINDS)


@pytest.fixture
def strip_of(qtbot, appearance):
    def made(session: Session, width: int = 850) -> LayerStrip:
        strip = LayerStrip(session, appearance)
        qtbot.addWidget(strip)
        strip.resize(width, strip.sizeHint().height())
        if strip.layers is not None:
            strip.show()
            qtbot.waitExposed(strip)
        return strip

    return made


def at(strip: LayerStrip, layer: int) -> QPoint:
    return strip.cell(layer).center().toPoint()


def test_it_is_absent_where_all_layers_are_alike(strip_of, llama):
    strip = strip_of(llama)
    assert strip.isHidden()


def test_it_stands_above_the_canvas_as_soon_as_layers_differ(qtbot, open_window, hybrid):
    window = open_window(hybrid)
    strip = window.findChild(LayerStrip)
    assert strip.isVisible()
    qtbot.waitUntil(lambda: window.canvas.y() == strip.geometry().bottom() + 1 > 40)
    hybrid.start(opened("gpt2", KINDS))
    assert not strip.isVisible()


def test_it_says_how_many_layers_there_are_and_how_they_repeat(strip_of, hybrid):
    strip = strip_of(hybrid)
    assert strip.sentence() == (
        "48 layers, a tile of 4, 12 times: Mamba-2 layer in 0–2, 4–6 … 44–46; Attention layer in 3, 7 … 47"
    )
    assert strip.accessibleDescription() == strip.sentence()


def test_tiles_stand_apart_and_cells_within_the_strip(strip_of, hybrid):
    strip = strip_of(hybrid)
    places = spans(strip.layers, 800)
    gaps = [b[0] - a[0] - a[1] for a, b in pairwise(places)]
    assert [index for index, gap in enumerate(gaps) if gap > 4] == list(range(3, 47, 4))
    assert places[-1][0] + places[-1][1] <= 800
    assert all(layer_at(places, left + wide / 2) == layer for layer, (left, wide) in enumerate(places))


@pytest.mark.parametrize("width", [160, 400, 2000])
def test_every_layer_has_a_cell_at_any_width(strip_of, hybrid, width):
    strip = strip_of(hybrid)
    places = spans(strip.layers, width)
    assert len(places) == 48
    assert all(wide > 0 for _, wide in places)
    assert places[-1][0] + places[-1][1] <= width + 0.001


def test_a_click_selects_a_layer_and_a_drag_several(strip_of, hybrid):
    strip = strip_of(hybrid)
    repeat = holder(hybrid.design, "repeat").id
    QTest.mouseClick(strip, Left, pos=at(strip, 7))
    assert (hybrid.selection, hybrid.layers) == ((repeat,), (7,))
    QTest.mousePress(strip, Left, pos=at(strip, 12))
    QTest.mouseMove(strip, at(strip, 14))
    QTest.mouseRelease(strip, Left, pos=at(strip, 14))
    assert hybrid.layers == (12, 13, 14)
    assert strip.chosen == (12, 13, 14)


def test_arrows_walk_the_layers_and_shift_selects_more(strip_of, hybrid):
    strip = strip_of(hybrid)
    strip.setFocus()
    for key in (Key.Key_Right, Key.Key_Right):
        QTest.keyClick(strip, key)
    assert hybrid.layers == (1,)
    QTest.keyClick(strip, Key.Key_Right, Shift)
    assert hybrid.layers == (1, 2)
    QTest.keyClick(strip, Key.Key_End)
    assert hybrid.layers == (47,)


def test_a_double_click_splits_a_layer_off_and_undo_takes_it_back(strip_of, hybrid):
    strip = strip_of(hybrid)
    before = hybrid.design
    total = hybrid.measured.total
    QTest.mouseDClick(strip, Left, pos=at(strip, 30))
    assert hybrid.history.undoes == "Split off Layer 30"
    assert strip.layers.exceptions == {30}
    assert hybrid.measured.total == total
    assert [node.label for node in hybrid.nodes] == ["Layer 30"]
    assert strip.chosen == (30,)
    QTest.mouseClick(strip, Left, pos=at(strip, 31))
    QTest.mouseClick(strip, Left, pos=at(strip, 30))
    assert [node.label for node in hybrid.nodes] == ["Layer 30"]
    hybrid.undo()
    assert hybrid.design is before


def test_enter_splits_what_is_selected(strip_of, hybrid):
    strip = strip_of(hybrid)
    strip.setFocus()
    QTest.keyClick(strip, Key.Key_Right)
    QTest.keyClick(strip, Key.Key_Return)
    assert strip.layers.exceptions == {0}


def test_a_selected_block_marks_the_layers_that_it_runs_in(strip_of, hybrid):
    strip = strip_of(hybrid)
    choose = holder(hybrid.design, "choose")
    hybrid.select((choose.inside[1].id,))
    assert strip.chosen == tuple(range(3, 48, 4))


def test_attention_and_feed_forward_have_a_row_each(strip_of):
    session = Session(opened("deepseek-v3", KINDS), KINDS)
    strip = strip_of(session)
    low = strip.sizeHint().height()
    assert [kind_name(kind) for kind in strip.layers.lanes[0].kinds] == ["dense", "experts"]
    assert arranged(strip.layers) == "2 kinds"
    QTest.mouseDClick(strip, Left, pos=at(strip, 30))
    assert len(strip.layers.lanes) == 2
    assert strip.sizeHint().height() > low
    assert arranged(strip.layers) == "3 kinds, 1 layer an exception"


def test_numbers_of_layers_are_said_in_ranges():
    assert which([]) == ""
    assert which([3]) == "3"
    assert which([0, 1, 2, 4]) == "0–2, 4"
    assert which([*range(0, 48, 4)]) == "0, 4 … 44"


def test_kinds_are_told_by_their_fields(strip_of):
    strip = strip_of(Session(opened("gemma-3-1b", KINDS), KINDS))
    kinds = [kind_name(kind) for kind in strip.layers.lanes[0].kinds]
    assert kinds == ["position RoPE 10000, window 512", "position RoPE 1000000, no window"]
