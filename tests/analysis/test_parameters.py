"""Counting: categories, active, provisional, what is shared, and what each node counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.analysis.parameters import runs_again, tally
from designer.analysis.tensors import patterns, tensors
from designer.design.tree import Pattern
from designer.formats.opening import opened
from designer.symbolic.schedule import Schedule
from designer.symbolic.size import Size, product, total
from designer.symbolic.walk import trace
from tests.designs import KINDS, counted, design_of_nodes, node
from tests.symbolic.toys import Chain, Late, Line, Loop, Pick, Some, stack, step, traced

N = Size.named("n")
TABLE, LINE = 10 * 8, 8 * 8


def settled(*inside):
    return tally(traced(*inside)).settled()


def test_parameters_count_where_their_block_says():
    found = settled(step(Line(bias=True)), step(Late()))
    assert found.by_category == {"embedding": TABLE, "feed_forward": LINE + 8, "attention": 3 * 8}
    assert found.total == TABLE + LINE + 8 + 24 == found.active


def test_copies_multiply_parameters_and_active_takes_the_lesser_of_copies_and_runs():
    found = settled(step(Loop(times=5), step(Some(copies=6, active=2))))
    gate, expert = 8 * 6, LINE
    assert found.total == TABLE + 5 * (gate + 6 * expert)
    assert found.active == TABLE + 5 * (gate + 2 * expert)


def test_a_shared_repeat_counts_one_set_and_a_token_meets_it_once():
    found = settled(step(Loop(times=5, shared=True), step(Line())))
    assert found.total == found.active == TABLE + LINE


def test_rounds_of_one_set_that_differ_in_what_they_use_count_each_weight_once():
    bias = step(Line(bias=Schedule((), (False, True))))
    either = step(Pick(which=Schedule((), (0, 1))), step(Line(tag=1), name="a"), step(Line(tag=2), name="b"))
    body = traced(step(Loop(times=5, shared=True), bias, step(Loop(times=3), step(Line())), either))
    found = tally(body).settled()
    assert found.total == found.active == TABLE + (LINE + 8) + 3 * LINE + 2 * LINE
    assert sum(product(t.shape) for t in tensors(body)) == found.total
    assert sum(product(t.shape) * t.copies for t in patterns(body)) == found.total


def test_blocks_that_share_a_place_count_once_for_all():
    both = step(Chain(), step(Line(bias=True)), step(Some(copies=6, active=2)), shares="both")
    body = traced(both, step(Line()), step(Loop(times=4), both))
    found = tally(body).settled()
    one = LINE + 8 + 8 * 6 + 6 * LINE
    assert found.total == TABLE + LINE + one
    assert found.active == TABLE + LINE + one - 4 * LINE
    names = [t.name for t in tensors(body)]
    assert len(set(names)) == len(names)
    assert sum(product(t.shape) for t in tensors(body)) == found.total
    assert sum(product(t.shape) * t.copies for t in patterns(body)) == found.total


def test_what_is_shared_inside_what_is_shared_counts_once_too():
    inner = step(Line(), name="x", shares="deep")
    outer = step(Chain(), inner, step(Line(bias=True)), name="y", shares="both")
    body = traced(outer, inner, outer, step(Loop(times=3, shared=True), outer, step(Line())))
    assert tally(body).settled().total == TABLE + LINE + (LINE + 8) + LINE
    assert sum(product(t.shape) for t in tensors(body)) == TABLE + LINE + (LINE + 8) + LINE


def test_blocks_that_share_a_place_and_use_more_or_less_of_it_count_all_of_it():
    body = traced(
        step(Line(), shares="both"), step(Line(bias=True), shares="both"), step(Line(tag=3), shares="both")
    )
    assert tally(body).settled().total == TABLE + LINE + 8
    assert sum(product(t.shape) for t in tensors(body)) == TABLE + LINE + 8
    assert sum(product(t.shape) * t.copies for t in patterns(body)) == TABLE + LINE + 8


def test_what_does_not_fit_counts_and_is_called_provisional():
    found = settled(step(Loop(times=5), step(Late())), step(Line()))
    assert found.total == TABLE + 5 * 24 + LINE
    assert found.provisional == 5 * 24
    container = settled(step(Loop(times=5), step(Line(out=9), name="line"), name="layers"))
    assert container.provisional == 5 * 9 * 8
    assert container.total == TABLE + 5 * 9 * 8


def test_a_count_over_symbolic_rounds_is_a_polynomial():
    found = settled(step(Loop(times=N), step(Line()), step(Some(copies=6, active=2))))
    assert found.total == TABLE + N * (LINE + 48 + 6 * LINE)
    assert found.active == TABLE + N * (LINE + 48 + 2 * LINE)


tags = st.lists(st.booleans(), min_size=1, max_size=3).map(tuple)
schedules = st.builds(Schedule, st.lists(st.booleans(), max_size=2).map(tuple), tags)


@given(schedules, st.booleans(), st.integers(0, 9), st.booleans())
def test_three_walks_agree_on_any_repeat(bias, shared, times, inner_shared):
    inner = step(Loop(times=2, shared=inner_shared), step(Line(bias=bias), name="deep"))
    loop = step(Loop(times=times, shared=shared), step(Line(bias=bias), name="line"), inner, name="layers")
    body = trace(stack(loop))
    count = tally(body).settled().total
    assert sum(product(t.shape) for t in tensors(body)) == count
    assert total(product(t.shape) * t.copies for t in patterns(body)) == count
    names = [t.name for t in tensors(body)]
    assert len(set(names)) == len(names)
    symbolic = tally(trace(stack(step(Loop(times=N, shared=shared), *loop.inside)))).settled().total
    least = len(bias.first) + (len(bias.cycle) if shared else 0)
    if times >= least:
        assert Size.of(symbolic).at({"n": times}) == count


def test_each_node_counts_what_it_holds_in_the_whole_design():
    mlp = node("mlp", hidden=20, name="mlp")
    norm = node("rms_norm", name="norm")
    layers = node("repeat", mlp, norm, times=5, name="layers")
    design = design_of_nodes(node("token_embedding", rows=10, hidden=8), layers)
    nodes = counted(design).nodes
    one = nodes[mlp.id]
    assert (one.one.total, one.total, one.copies, one.runs) == (480, 2400, 5, 5)
    assert (one.entry, one.exit, one.misfit) == ((8,), (8,), False)
    assert nodes[norm.id].whole == {"normalization": 40}
    assert nodes[layers.id].total == 2440
    assert (nodes[layers.id].copies, nodes[layers.id].runs) == (1, 1)
    assert nodes[design.tree.id].total == 2520 == counted(design).total


def test_a_node_that_no_layer_picks_is_absent_and_one_picked_now_and_then_counts_its_layers():
    a, b, c = (node("mlp", hidden=20, name=name) for name in "abc")
    choose = node("choose", a, b, c, pick=Pattern((0,), (1, 0)))
    design = design_of_nodes(
        node("token_embedding", rows=10, hidden=8), node("repeat", choose, times=6, name="layers")
    )
    nodes = counted(design).nodes
    assert (nodes[a.id].copies, nodes[b.id].copies) == (3, 3)
    assert c.id not in nodes
    assert nodes[choose.id].total == 6 * 480


def test_shared_nodes_count_with_the_first_and_show_what_one_set_holds_elsewhere():
    first, second = (node("mlp", hidden=20, shares="both") for _ in range(2))
    design = design_of_nodes(
        node("token_embedding", rows=10, hidden=8), first, node("repeat", second, times=3)
    )
    nodes = counted(design).nodes
    assert (nodes[first.id].total, nodes[second.id].total) == (480, 0)
    assert (nodes[first.id].one.total, nodes[second.id].one.total) == (480, 480)
    assert (nodes[second.id].copies, nodes[second.id].runs) == (0, 3)


@pytest.mark.parametrize("shared", [False, True])
def test_nodes_of_a_repeat_with_schedules_add_up_to_it(shared):
    bias = Pattern((), (False, True))
    mlp = node("mlp", hidden=20, bias=bias, name="mlp")
    layers = node("repeat", mlp, node("rms_norm", name="norm"), times=5, shared=shared)
    design = design_of_nodes(node("token_embedding", rows=10, hidden=8), layers)
    measured = counted(design)
    expected = 480 + 48 if shared else 5 * 480 + 2 * 48
    assert measured.nodes[mlp.id].total == expected
    assert measured.nodes[mlp.id].runs == 5
    assert measured.nodes[mlp.id].copies == (1 if shared else 5)
    assert measured.nodes[design.tree.id].total == measured.total == 80 + expected + 8 * (1 if shared else 5)


def test_a_node_that_does_not_fit_is_marked_and_its_count_is_provisional():
    parallel = node("parallel", node("mlp", hidden=20), node("lm_head", rows=30))
    design = design_of_nodes(node("token_embedding", rows=10, hidden=8), parallel)
    count = counted(design).nodes[parallel.id]
    assert count.misfit
    assert count.provisional == count.total == 480 + 240
    assert counted(design).tally.provisional == 720


def test_only_a_model_that_shares_layers_runs_weights_again():
    again = {name: runs_again(counted(opened(name, KINDS)).body) for name in ("gpt2", "albert-base-v2")}
    assert again == {"gpt2": False, "albert-base-v2": True}
