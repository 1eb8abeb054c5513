"""Containers: no parameters of their own, and what they say where what they hold does not fit."""

from __future__ import annotations

import pytest

from designer.analysis.compute import flops
from designer.design.tree import Pattern
from tests.designs import counted, design_of_nodes, node

D, ONE = 8, 3 * 8 * 20
TABLE = 7 * D


def on_rows(*blocks):
    return counted(design_of_nodes(node("token_embedding", rows=7, hidden=D, name="t"), *blocks))


def mlp(name="mlp", **fields):
    return node("mlp", name=name, **{"hidden": 20, **fields})


def misfit(block, measured):
    return [str(body.misfit) for body in measured.nodes[block.id].bodies if body.misfit is not None]


@pytest.mark.parametrize("kind", ["stack", "residual", "parallel", "choose", "repeat"])
def test_an_empty_container_changes_nothing(kind):
    measured = on_rows(node(kind))
    assert measured.total == TABLE
    assert not any(count.misfit for count in measured.nodes.values())


def test_a_residual_adds_a_branch_of_the_same_width():
    assert on_rows(node("residual", mlp())).total == TABLE + ONE
    wrong = node("residual", node("embedding_projection", hidden=9, bias=False, name="p"))
    measured = on_rows(wrong, mlp())
    assert misfit(wrong, measured) == ["Adds rows of 9 to rows of 8."]
    assert measured.total == TABLE + 9 * D + ONE


def test_parallel_branches_read_the_same_rows_and_are_summed():
    parallel = node("parallel", mlp("a"), mlp("b", hidden=10), node("stack"))
    measured = on_rows(parallel)
    assert measured.total == TABLE + ONE + 3 * D * 10
    assert misfit(parallel, measured) == []
    wrong = node("parallel", mlp(), node("lm_head", rows=30, name="h"))
    assert misfit(wrong, on_rows(wrong)) == ["Adds rows of 30 to rows of 8."]


def test_choose_runs_one_of_its_blocks():
    a, b = mlp("a"), mlp("b", hidden=10)
    assert on_rows(node("choose", a, b, pick=1)).total == TABLE + 3 * D * 10
    beyond = node("choose", mlp("a"), mlp("b"), pick=2)
    assert misfit(beyond, on_rows(beyond)) == ["Picks block 2 of 2, counted from 0."]


def test_what_choose_runs_may_follow_the_layers():
    pick = Pattern((0,), (1, 0))
    layers = node("repeat", node("choose", mlp("a"), mlp("b", hidden=10), pick=pick), times=6, name="l")
    assert on_rows(layers).total == TABLE + 3 * ONE + 3 * 3 * D * 10


@pytest.mark.parametrize("times", [0, 1, 5])
@pytest.mark.parametrize("shared", [False, True])
def test_a_repeat_counts_its_rounds_or_once_and_works_every_time(times, shared):
    measured = on_rows(node("repeat", mlp(), times=times, shared=shared, name="l"))
    assert measured.total == TABLE + ONE * (min(times, 1) if shared else times)
    assert flops(measured.body, 10) == times * 10 * 2 * ONE


def test_an_encoder_offers_what_it_read_and_begins_another_sequence():
    encoder = node("encoder", node("token_embedding", rows=9, hidden=6, name="source"))
    cross = node("attention", heads=2, kv_heads=2, head_dim=3, sees="memory", name="cross")
    table = node("token_embedding", rows=7, hidden=D, name="target")
    measured = counted(design_of_nodes(encoder, table, cross))
    assert not any(count.misfit for count in measured.nodes.values())
    assert measured.nodes[cross.id].total == 2 * 3 * (D + 6 + 6 + D)
    assert measured.nodes[table.id].entry == ()
