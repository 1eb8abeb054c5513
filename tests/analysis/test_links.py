"""Which block uses what another one gives."""

from __future__ import annotations

import pytest

from designer.analysis.links import links
from designer.design.edits import at
from designer.design.tree import Design
from designer.formats.opening import opened
from designer.symbolic.body import Body
from designer.symbolic.operation import BlockRegion
from tests.designs import KINDS, counted, design_of_nodes, node


def root_body(design: Design) -> Body:
    (region,) = (op for op in counted(design).body.ops if isinstance(op, BlockRegion))
    return region.bodies[0]


def kinds(of: Design) -> list[tuple[str, str, bool]]:
    return [
        (at(of.tree, link.source).kind, at(of.tree, link.user).kind, link.weight)
        for link in links(root_body(of))
    ]


@pytest.mark.parametrize("name", ["gpt2", "albert-base-v2", "gemma-3-270m"])
def test_a_tied_head_is_linked_to_the_table_it_uses(name):
    assert kinds(opened(name, KINDS)) == [("token_embedding", "lm_head", True)]


def test_a_head_with_a_table_of_its_own_is_linked_to_nothing():
    assert kinds(opened("llama-3-8b", KINDS)) == []


def test_an_encoder_is_linked_to_the_attention_that_reads_it_through_every_container():
    found = kinds(opened("flan-t5-base", KINDS))
    assert ("encoder", "attention", False) in found
    assert ("token_embedding", "token_embedding", True) in found
    assert found.count(("position_bias", "attention", False)) == 2


def test_a_weight_handed_on_comes_from_whoever_had_it_last():
    shared = design_of_nodes(
        node("encoder", node("token_embedding")),
        node("token_embedding", shared=True),
        node("lm_head", tied=True),
    )
    assert kinds(shared) == [
        ("token_embedding", "token_embedding", True),
        ("token_embedding", "lm_head", True),
    ]
    assert [link.source for link in links(root_body(shared))] == [(0, 0), (1,)]


def test_blocks_that_keep_their_weights_in_one_place_are_linked_one_to_the_next():
    first, second, third = (node("mlp", shares="shared.mlp") for _ in range(3))
    found = kinds(design_of_nodes(node("token_embedding"), first, second, third))
    assert found == [("mlp", "mlp", True)] * 2


def test_what_an_earlier_round_made_is_linked_to_its_users_in_later_rounds():
    layers = node("repeat", node("position_bias"), node("attention", distances=True), times=3)
    assert kinds(design_of_nodes(node("token_embedding"), layers)) == [("position_bias", "attention", False)]
