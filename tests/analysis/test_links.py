"""Which block uses what another one gives."""

from __future__ import annotations

import pytest

from designer.analysis.links import links
from designer.analysis.measured import Measured
from designer.blocks.palette import registry
from designer.design.edits import at
from designer.design.making import make
from designer.design.tree import Design, Node
from designer.formats.opening import opened
from designer.symbolic.operation import BlockRegion

KINDS = registry()


def kinds(of: Design) -> list[tuple[str, str, bool]]:
    (region,) = (op for op in Measured(of, KINDS).body.ops if isinstance(op, BlockRegion))
    return [
        (at(of.tree, link.source).kind, at(of.tree, link.user).kind, link.weight)
        for link in links(region.bodies[0])
    ]


def block(kind: str, *inside: Node, **fields) -> Node:
    return make(KINDS, kind, *inside, **fields)


def stack(*inside: Node) -> Design:
    return Design(block("stack", *inside))


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
    shared = stack(
        block("encoder", block("token_embedding")),
        block("token_embedding", shared=True),
        block("lm_head", tied=True),
    )
    assert kinds(shared) == [
        ("token_embedding", "token_embedding", True),
        ("token_embedding", "lm_head", True),
    ]
    (region,) = (op for op in Measured(shared, KINDS).body.ops if isinstance(op, BlockRegion))
    assert [link.source for link in links(region.bodies[0])] == [(0, 0), (1,)]


def test_blocks_that_keep_their_weights_in_one_place_are_linked_one_to_the_next():
    first, second, third = (Node("mlp", dict(block("mlp").fields), shares="shared.mlp") for _ in range(3))
    found = kinds(stack(block("token_embedding"), first, second, third))
    assert found == [("mlp", "mlp", True)] * 2


def test_what_an_earlier_round_made_is_linked_to_its_users_in_later_rounds():
    layers = block("repeat", block("position_bias"), block("attention", distances=True), times=3)
    assert kinds(stack(block("token_embedding"), layers)) == [("position_bias", "attention", False)]
