"""One Repeat with a cycle, and Repeats within a Repeat: the same layers."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from designer.analysis.tensors import tensors
from designer.design import edits
from designer.design.expression import Expression
from designer.design.folding import can_fold, can_unfold, fold, unfold
from designer.design.tree import Design, Node, Pattern, Run
from designer.formats.opening import opened
from designer.symbolic.issue import Refusal
from tests.designs import KINDS, counted, design_of_nodes, node
from tests.test_examples import EXAMPLES


def repeat_of(design: Design) -> Node:
    return next(n for n in design.tree.walk() if n.kind == "repeat")


def facts(design: Design):
    measured = counted(design)
    named = {(tensor.name, tensor.shape, tensor.category) for tensor in tensors(measured.body)}
    return measured.total, measured.by_category, measured.costs(), named


def nested(times, linear) -> Design:
    """×`times` of (×`linear` mlp, attention)."""
    a = node("stack", node("mlp", hidden=8, name="mixer"), name="{}", label="linear")
    b = node(
        "stack", node("attention", heads=2, kv_heads=1, head_dim=2, name="mixer"), name="{}", label="full"
    )
    tile = node("repeat", node("repeat", a, times=linear), b, times=times, name="layers")
    variables = {"tiles": 12, "linears": 3}
    return design_of_nodes(node("token_embedding", rows=9, hidden=4), tile, variables=variables)


@pytest.mark.parametrize(
    ("times", "linear"), [(12, 3), (Expression("tiles"), 3), (Expression("tiles"), Expression("linears"))]
)
def test_twelve_of_three_and_one_is_one_repeat_of_forty_eight(times, linear):
    design = nested(times, linear)
    flat = fold(design, repeat_of(design).id, KINDS)
    (choose,) = repeat_of(flat).inside
    assert [alternative.label for alternative in choose.inside] == ["linear", "full"]
    assert choose.fields["pick"] == Pattern((), (Run(0, linear), 1))
    assert facts(flat) == facts(design)
    assert {name.split(".")[1] for name, *_ in facts(flat)[3] if name.startswith("layers")} == {
        str(layer) for layer in range(48)
    }


def test_folding_and_unfolding_are_each_others_way_back():
    design = nested(Expression("tiles"), 3)
    flat = fold(design, repeat_of(design).id, KINDS)
    assert repeat_of(flat).fields["times"] == Expression("tiles * 4")
    again = unfold(flat, repeat_of(flat).id, KINDS)
    assert again.tree == design.tree
    assert fold(again, repeat_of(again).id, KINDS).tree == flat.tree


def test_the_two_hybrids_among_the_examples_are_each_others_fold():
    groups, pattern = (opened(str(EXAMPLES / f"hybrid_{name}.json"), KINDS) for name in ("groups", "pattern"))
    unfolded = unfold(pattern, repeat_of(pattern).id, KINDS)
    assert facts(unfolded) == facts(pattern)
    assert fold(unfolded, repeat_of(unfolded).id, KINDS).tree == pattern.tree
    assert facts(fold(groups, repeat_of(groups).id, KINDS)) == facts(groups) == facts(pattern)


def test_a_field_that_differs_is_a_pattern_and_no_second_block():
    attention = node(
        "attention", heads=2, kv_heads=1, head_dim=2, name="mixer", window=Pattern((), (Run(64, 5), None))
    )
    design = design_of_nodes(
        node("token_embedding", rows=9, hidden=4),
        node("repeat", node("residual", node("rms_norm", name="norm"), attention), times=12, name="layers"),
    )
    apart = unfold(design, repeat_of(design).id, KINDS)
    assert len(repeat_of(apart).inside) == 2
    assert facts(apart) == facts(design)
    assert fold(apart, repeat_of(apart).id, KINDS).tree == design.tree


@pytest.mark.parametrize(
    ("change", "cause"),
    [
        ({"shared": True}, "Its layers share one set of weights."),
        ({"times": 11}, "11 layers are no whole tiles of 4."),
    ],
)
def test_what_would_not_be_the_same_is_refused(change, cause):
    design = nested(12, 3)
    flat = fold(design, repeat_of(design).id, KINDS)
    other = edits.configure(flat, (repeat_of(flat).id,), change)
    with pytest.raises(Refusal, match=cause):
        unfold(other, repeat_of(other).id, KINDS)
    assert not can_unfold(other, repeat_of(other).id, KINDS)


def test_layers_that_are_not_numbered_through_are_not_folded():
    inner = node("repeat", node("mlp", hidden=8, name="mlp"), times=3, name="layers")
    design = design_of_nodes(
        node("token_embedding", rows=9, hidden=4), node("repeat", inner, times=2, name="layers")
    )
    with pytest.raises(Refusal, match="not numbered through"):
        fold(design, repeat_of(design).id, KINDS)
    assert not can_fold(design, repeat_of(design).id, KINDS)
    foldable = nested(2, 3)
    assert can_fold(foldable, repeat_of(foldable).id, KINDS)


blocks = st.sampled_from(
    [
        node("mlp", hidden=8, name="mixer"),
        node("mlp", hidden=16, name="mixer"),
        node("attention", heads=2, kv_heads=1, head_dim=2, name="mixer"),
        node("rms_norm", name="norm"),
    ]
)
widths = st.lists(st.sampled_from([4, 8, 12]), min_size=1, max_size=4).map(
    lambda found: Pattern((), tuple(found))
)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(blocks, min_size=2, max_size=3),
    st.lists(st.integers(0, 1), min_size=2, max_size=6),
    widths,
    st.integers(1, 3),
)
def test_any_cycle_unfolds_and_folds_to_the_same_counts_costs_and_names(inside, picks, hidden, tiles):
    choose = node("choose", *(n.fresh() for n in inside), pick=Pattern((), tuple(picks)))
    layer = (node("residual", choose), node("mlp", hidden=hidden, name="mlp"))
    design = design_of_nodes(
        node("token_embedding", rows=9, hidden=4), node("repeat", *layer, times=12 * 5 * tiles, name="layers")
    )
    try:
        apart = unfold(design, repeat_of(design).id, KINDS)
    except Refusal as refused:
        assert "no cycle" in str(refused)
        assert len({*picks}) == 1
        assert len({*hidden.cycle}) == 1
        return
    assert facts(apart) == facts(design)
    assert facts(fold(apart, repeat_of(apart).id, KINDS)) == facts(design)
