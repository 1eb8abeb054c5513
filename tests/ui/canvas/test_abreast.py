"""Branches of a Parallel side by side."""

from __future__ import annotations

import pytest

from designer.ui.canvas.drop import Spot, landing
from designer.ui.canvas.laid import STREAM, Gap, Laid
from designer.ui.canvas.lanes import BRANCH
from designer.ui.canvas.walking import next_block
from tests.ui.canvas.designs import block, design, laid, placed

TREE = design(
    block("token_embedding"),
    block("parallel", block("stack", block("attention")), block("mlp"), block("mlp")),
)


@pytest.fixture
def root() -> Laid:
    return laid(TREE, 600)


def test_branches_share_the_width_and_the_first_stands_on_the_stream(root):
    (parallel,) = placed(root, "parallel")
    first, second, third = parallel.laid.places()
    assert first.y == second.y == third.y
    assert abs(first.laid.width - third.laid.width) <= 1
    assert second.x + second.laid.stream == second.x + STREAM
    assert parallel.laid.stream == STREAM


def test_where_there_is_no_room_they_stand_one_below_the_other():
    (parallel,) = placed(laid(TREE, 3 * BRANCH), "parallel")
    assert not parallel.laid.forked
    assert len(parallel.laid.rows) == 3


def test_what_is_held_over_the_middle_of_a_branch_that_holds_blocks_lands_in_it(root):
    (attention,) = placed(root, "attention")
    (stack,) = (p for p in placed(root, "stack") if p.laid is not root)
    assert landing(root, attention.x + 60, attention.y + 2) == Spot(stack.laid.id, 0)


def test_what_is_held_between_branches_becomes_another_branch(root):
    (parallel,) = placed(root, "parallel")
    left, right = placed(root, "mlp")
    assert landing(root, right.x - 2, right.y + 9) == Spot(parallel.laid.id, 2)
    assert landing(root, left.x + 2, left.y + 9) == Spot(parallel.laid.id, 1)
    assert landing(root, right.x + right.laid.width - 1, right.y + 9) == Spot(parallel.laid.id, 3)


def test_a_gap_opens_between_branches_and_keeps_the_height():
    (parallel,) = TREE.tree.inside[1:]
    still, opened = laid(TREE, 600), laid(TREE, 600, gap=Gap(parallel.id, 1))
    slot = placed(opened, "parallel")[0].laid.slot
    assert slot is not None
    first, second, _ = placed(opened, "parallel")[0].laid.places()
    assert first.x + first.laid.width <= slot.x
    assert slot.x + slot.width <= second.x
    assert opened.height == still.height


def test_right_and_left_lead_to_the_branch_beside(root):
    left, right = (place.laid.id for place in placed(root, "mlp"))
    assert next_block(root, left, "in") == right
    assert next_block(root, right, "out") == left
