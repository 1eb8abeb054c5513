"""Where an inserted block goes."""

from __future__ import annotations

from designer.design import edits
from designer.formats.templates import block_node, ready_parts
from designer.ui.placing import placed, slot
from tests.ui.conftest import KINDS, holder, leaf


def test_a_block_goes_right_after_the_selected_one(session):
    norm = leaf(session.design, "normalization")
    container, index = slot(session.design, (norm.id,), KINDS)
    beside = edits.find(session.design, container).inside
    assert beside[index - 1] is norm


def test_a_block_goes_behind_selected_layers_and_not_into_them(session):
    layers = holder(session.design, "repeat")
    container, index = slot(session.design, (layers.id,), KINDS)
    assert edits.find(session.design, container).inside[index - 1] is layers


def test_a_block_goes_behind_a_selected_branch(session):
    branch = holder(session.design, "residual")
    container, index = slot(session.design, (branch.id,), KINDS)
    assert edits.find(session.design, container).inside[index - 1] is branch


def test_a_block_goes_into_a_container_that_is_empty(empty):
    design, (id,) = placed(empty.design, empty.design.tree.id, 0, block_node(KINDS, "residual"), KINDS)
    assert slot(design, (id,), KINDS) == (id, 0)


def test_with_nothing_selected_a_block_goes_to_the_end(session, empty):
    container, index = slot(session.design, (), KINDS)
    assert index == len(edits.find(session.design, container).inside)
    assert slot(empty.design, (), KINDS) == (empty.design.tree.id, 0)


def test_a_part_takes_its_fields_from_what_stands_near(llama):
    layers = holder(llama.design, "repeat")
    (feed_forward,) = (part for part in ready_parts(KINDS) if part.title == "Feed-forward sublayer")
    design, (id,) = placed(llama.design, layers.id, 2, feed_forward.node, KINDS)
    assert edits.find(design, layers.id).inside[2].id == id
    before, after = llama.measured.total, llama.measured.of(design).total
    assert after - before == 32 * (3 * 4096 * 14336 + 4096)
