"""Cells for the copies that each row of a block chooses from."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from designer.ui.canvas.copies import Copies, copies
from designer.ui.canvas.laid import CELLS
from tests.ui.canvas.designs import MEASURES, block, design, laid, placed, preset


def found(drawn, kind: str) -> Copies | None:
    return copies(placed(laid(drawn), kind)[0].laid.shown)


def test_experts_have_a_cell_each_and_as_many_filled_as_are_active():
    assert found(preset("deepseek-v3"), "experts") == Copies(256, 8)


def test_a_block_without_copies_has_no_cells():
    assert found(preset("llama-3-8b"), "mlp") is None


def test_a_card_with_cells_is_higher_by_them():
    drawn = design(block("token_embedding"), block("experts"), block("mlp"))
    root = laid(drawn)
    assert placed(root, "experts")[0].laid.height == MEASURES.card + CELLS
    assert placed(root, "mlp")[0].laid.height == MEASURES.card


@given(st.integers(2, 1024), st.data())
def test_the_active_ones_are_as_many_as_they_are_and_among_all(count, data):
    active = data.draw(st.integers(0, count))
    met = Copies(count, active).met
    assert len(met) == active
    assert all(0 <= place < count for place in met)


def test_cells_are_painted_in_two_strengths(opened):
    drawn = design(block("token_embedding"), block("experts", experts=8, active=2), block("lm_head"))
    canvas = opened(drawn)
    (experts,) = (node for node in drawn.tree.walk() if node.kind == "experts")
    card = canvas.board.card(experts.id)
    area = canvas.mapFromScene(card.mapRectToScene(card.rect())).boundingRect()
    picture = canvas.grab().toImage()
    row = {picture.pixelColor(x, area.bottom() - CELLS // 2).name() for x in range(area.left(), area.right())}
    assert canvas.appearance.theme.colour("feed_forward").name() in row
    assert len(row) >= 4  # the card, its edge, cells that rest and cells that work
