"""Heads: language modelling, masked language modelling, pooling."""

from __future__ import annotations

from designer.analysis.compute import flops
from designer.analysis.tensors import tensors
from tests.designs import counted, design_of_nodes, node

D, V = 8, 30


def headed(*blocks):
    return counted(design_of_nodes(node("token_embedding", rows=V, hidden=D, name="t"), *blocks))


def test_a_head_is_a_row_for_each_token_and_a_tied_one_counts_nothing():
    untied = headed(node("lm_head", rows=V, bias=True))
    assert untied.by_category["output"] == V * D + V
    tied = headed(node("lm_head", rows=V, tied=True, bias=True))
    assert tied.by_category["output"] == V
    assert flops(tied.body, 10) == flops(untied.body, 10) == 10 * 2 * V * D


def test_a_tied_head_must_fit_its_table():
    block = node("lm_head", rows=V + 1, tied=True)
    assert [str(b.misfit) for b in headed(block).nodes[block.id].bodies] == [
        "lm_head gives 31, its weight 30."
    ]
    narrow = node("embedding_projection", hidden=5, name="p")
    block = node("lm_head", rows=V, tied=True)
    assert [str(b.misfit) for b in headed(narrow, block).nodes[block.id].bodies] == [
        "lm_head takes width 8 and is given 5."
    ]


def test_a_spare_bias_is_counted_and_used_by_nothing():
    block = headed(node("lm_head", rows=V, bias=True, spare_bias=True, softcap=30.0))
    assert block.by_category["output"] == V * D + 2 * V
    assert len({t.name for t in tensors(block.body) if t.name.endswith("bias")}) == 2


def test_a_transform_and_a_pooler_are_output_and_their_norm_is_normalization():
    transform = headed(node("mlm_transform", hidden=5))
    assert transform.by_category["output"] == D * 5 + 5
    assert transform.by_category["normalization"] == 10
    bare = headed(node("mlm_transform", hidden=5, bias=False))
    assert (bare.by_category["output"], bare.by_category["normalization"]) == (D * 5, 5)
    pooler = node("pooler")
    pooled = headed(pooler)
    assert pooled.by_category["output"] == D * D + D
    assert flops(pooled.body, 10) == 2 * D * D
