"""Mixtures of experts, counted by hand."""

from __future__ import annotations

import pytest

from designer.analysis.compute import flops
from designer.analysis.tensors import tensors
from tests.designs import counted, design_of_nodes, node

D, E, K, F, S = 8, 6, 2, 5, 7


def moe(**fields):
    return node("experts", name="moe", **{"experts": E, "active": K, "hidden": F, **fields})


def measured(block):
    return counted(design_of_nodes(node("token_embedding", rows=3, hidden=D, name="t"), block))


def names(block):
    return {t.name.removeprefix("moe."): t.shape for t in tensors(measured(block).body)}


def test_all_experts_count_and_only_the_active_ones_work():
    found = measured(moe())
    router, expert = D * E, 3 * D * F
    assert found.by_category["feed_forward"] == router + E * expert
    assert found.tally.active == 3 * D + router + K * expert
    assert flops(found.body, 10) == 10 * 2 * (router + K * expert)


def test_experts_are_kept_in_one_tensor_or_each_apart():
    stacked = names(moe())
    assert stacked["experts.gate_up_proj.weight"] == (E, 2 * F, D)
    assert stacked["experts.down_proj.weight"] == (E, D, F)
    apart = names(moe(stacked=False))
    assert {f"experts.{i}.gate_up_proj.weight" for i in range(E)} <= set(apart)
    assert measured(moe(stacked=False)).total == measured(moe()).total


def test_shared_experts_work_on_every_token():
    found = measured(moe(shared_hidden=S, shared_gate=True, router_bias=True))
    router, expert, shared, gate = D * E + E, 3 * D * F, 3 * D * S, D
    assert found.by_category["feed_forward"] == router + E * expert + shared + gate
    assert found.tally.active == 3 * D + router + K * expert + shared + gate
    assert {"shared_experts.up_proj.weight", "shared_expert_gate.weight", "gate.bias"} <= set(
        names(moe(shared_hidden=S, shared_gate=True, router_bias=True))
    )


def test_a_balance_correction_is_no_parameter():
    assert measured(moe(correction=True)).total == measured(moe()).total


def test_groups_change_the_ranking_and_no_count():
    assert measured(moe(groups=2, active_groups=1)).total == measured(moe()).total


@pytest.mark.parametrize(
    ("fields", "cause"),
    [
        ({"groups": 4}, "6 experts do not stand in 4 equal groups."),
        ({"groups": 6}, "A group of 1 experts cannot be judged by its two best."),
        ({"groups": 3, "active_groups": 4}, "4 groups are active of 3."),
        ({"active": 7}, "7 experts are active of 6."),
    ],
)
def test_what_does_not_divide_leaves_a_warning_and_the_count(fields, cause):
    block = moe(**fields)
    found = measured(block)
    causes = [str(c.cause) for b in found.nodes[block.id].bodies for c in b.checks if c.verdict() is False]
    assert cause in causes
    assert found.total == measured(moe()).total
    assert found.tally.provisional == 0


def test_an_expert_may_be_any_block():
    one = node("mlp", hidden=4, gate="no", bias=True, name="ffn")
    found = names(moe(expert=one))
    assert found["experts.ffn.up_proj.weight"] == (E, 4, D)
    assert found["experts.ffn.down_proj.bias"] == (E, D)
    assert measured(moe(expert=one)).total == 3 * D + D * E + E * (2 * D * 4 + 4 + D)
    apart = names(moe(expert=one, stacked=False))
    assert apart["experts.5.ffn.up_proj.weight"] == (4, D)


def test_an_expert_that_does_not_fit_is_provisional():
    one = node("residual", node("lm_head", rows=30, name="h"))
    assert measured(moe(expert=one)).tally.provisional == E * 30 * D
