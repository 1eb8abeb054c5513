"""The pattern of a Repeat's layers on the canvas: its row, its tile, typing over it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from designer.analysis.measured import Measured
from designer.design.tree import Design, Pattern
from designer.ui.canvas.in_place.pattern import PatternInPlace
from designer.ui.canvas.tiles import Tile, tile
from tests.ui.canvas.designs import KINDS, MEASURES, block, design, laid, measured, placed, preset


def hybrid(times: int = 48) -> Design:
    choose = block(
        "choose",
        block("mamba2", label="linear"),
        block("attention", label="full"),
        pick=Pattern((), (0, 0, 0, 1)),
    )
    layer = block("residual", block("rms_norm"), choose)
    return design(block("token_embedding"), block("repeat", layer, times=times), block("lm_head"))


def tile_of(reading: Measured) -> Tile | None:
    (repeat,) = (node for node in reading.design.tree.walk() if node.kind == "repeat")
    return tile(reading, repeat, KINDS)


def test_a_tile_says_its_text_its_layers_and_how_often_it_fits():
    found = tile_of(measured(hybrid()))
    assert found is not None
    assert found.text == "3×linear, full"
    assert [cell.name for cell in found.cells] == ["linear", "linear", "linear", "full"]
    assert [cell.kind for cell in found.cells] == [0, 0, 0, 1]
    assert found.times == 12


def test_a_tile_that_is_cut_counts_the_whole_ones():
    found = tile_of(measured(hybrid(50)))
    assert found is not None
    assert found.times == 12


def test_layers_that_are_alike_have_no_row():
    assert tile_of(measured(preset("llama-3-8b"))) is None
    (plain,) = placed(laid(preset("llama-3-8b")), "repeat")
    (differing,) = placed(laid(hybrid()), "repeat")
    assert plain.laid.margins is not None
    assert differing.laid.margins is not None
    assert differing.laid.margins.head == plain.laid.margins.head + MEASURES.row + 6


def test_of_several_patterns_the_one_in_the_fewest_letters_is_shown():
    found = tile_of(measured(preset("gemma-3-1b")))
    assert found is not None
    assert found.field == "window"
    assert (len(found.cells), found.times) == (6, 4)


def test_a_closed_repeat_keeps_its_head_and_its_deck_alone():
    drawn = hybrid()
    repeat = drawn.tree.inside[1]
    (closed,) = placed(laid(drawn, closed=[repeat.id]), "repeat")
    assert closed.laid.margins is not None
    assert closed.laid.height == closed.laid.margins.head + closed.laid.margins.sheets == MEASURES.row + 9 + 8


@pytest.mark.parametrize(("times", "sheets"), [(1, 0), (2, 1), (3, 2), (12, 2)])
def test_a_deck_has_a_sheet_for_each_further_set_of_weights_two_at_most(times, sheets):
    drawn = design(block("token_embedding"), block("repeat", block("mlp"), times=times))
    (repeat,) = placed(laid(drawn), "repeat")
    assert repeat.laid.margins is not None
    assert repeat.laid.margins.sheets == 4 * sheets


@pytest.fixture
def canvas(opened):
    canvas = opened(hybrid())
    canvas.activateWindow()
    canvas.grab()
    return canvas


def click_pattern(canvas) -> PatternInPlace:
    (repeat,) = (node for node in canvas.session.design.tree.walk() if node.kind == "repeat")
    area = canvas.board.card(repeat.id).written("pattern")
    QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=canvas.mapFromScene(area.center()))
    (field,) = (child for child in canvas.findChildren(PatternInPlace) if child.isVisible())
    return field


def pick(canvas) -> object:
    (choose,) = (node for node in canvas.session.design.tree.walk() if node.kind == "choose")
    return choose.fields["pick"]


def test_a_click_on_the_pattern_opens_it_and_typing_changes_the_layers(canvas):
    field = click_pattern(canvas)
    field.pattern.line.setText("")
    QTest.keyClicks(field.pattern.line, "linear, full")
    QTest.keyClick(field.pattern.line, Qt.Key.Key_Return)
    assert pick(canvas) == Pattern((), (0, 1))
    assert field.isHidden()
    canvas.session.undo()
    assert pick(canvas) == Pattern((), (0, 0, 0, 1))


def test_a_pattern_that_cannot_be_read_stays_open_and_says_why(canvas):
    field = click_pattern(canvas)
    low = field.height()
    field.pattern.line.setText("")
    QTest.keyClicks(field.pattern.line, "linear, foo")
    assert field.pattern.box.isVisible()
    QApplication.processEvents()
    assert field.height() > low
    assert pick(canvas) != Pattern((), (0, 1))


def test_cards_of_a_choose_say_in_how_many_layers_they_run(canvas):
    parts = {card.said().part for card in canvas.board.cards()}
    assert {"36 of 48", "12 of 48"} <= parts
