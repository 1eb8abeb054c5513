"""Layers set apart from the pattern, and merged back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from designer.analysis.tensors import tensors
from designer.design import edits
from designer.design.exceptions import at_layer, layers_of, merge, replaced_by, split
from designer.design.expression import Expression
from designer.design.tree import Design, Node, Pattern, Run
from designer.formats.opening import opened
from designer.formats.templates import block_node
from designer.symbolic.issue import Refusal
from tests.designs import KINDS, counted, design_of_nodes, node

CHOOSE = block_node(KINDS, "choose")


def repeat_of(design: Design) -> Node:
    return next(n for n in design.tree.walk() if n.kind == "repeat")


def facts(design: Design):
    measured = counted(design)
    return measured.total, measured.costs(), {(t.name, t.shape) for t in tensors(measured.body)}


@pytest.mark.parametrize("named", ["llama-3-8b", "gemma-3-1b", "deepseek-v3", "gpt2"])
def test_an_exception_changes_nothing_until_it_is_edited_and_merged_back_it_is_gone(named):
    design = opened(named, KINDS)
    apart, id = split(design, repeat_of(design).id, (4, 5), CHOOSE, KINDS, "Layers 4 and 5")
    assert facts(apart) == facts(design)
    assert layers_of(apart, id, KINDS) == (4, 5)
    assert at_layer(apart, repeat_of(apart), 5, KINDS) is edits.find(apart, id)
    assert at_layer(apart, repeat_of(apart), 6, KINDS) is None
    assert edits.find(apart, id).label == "Layers 4 and 5"
    assert merge(apart, id, KINDS).tree == design.tree


def test_an_exception_is_edited_alone_and_counts_in_its_layers_only():
    design = opened("llama-3-8b", KINDS)
    apart, id = split(design, repeat_of(design).id, (30,), CHOOSE, KINDS)
    mlp = next(n for n in edits.find(apart, id).walk() if n.kind == "mlp")
    other = edits.configure(apart, (mlp.id,), {"hidden": 4096})
    assert counted(other).total == counted(design).total - 3 * 4096 * (14336 - 4096)
    names = {(t.name, t.shape) for t in tensors(counted(other).body)}
    assert ("model.layers.30.mlp.up_proj.weight", (4096, 4096)) in names
    assert ("model.layers.31.mlp.up_proj.weight", (14336, 4096)) in names


def test_the_depth_grows_around_an_exception():
    design = opened("llama-3-8b", KINDS)
    apart, _ = split(design, repeat_of(design).id, (30,), CHOOSE, KINDS)
    longer = edits.set_variable(apart, "num_hidden_layers", 40)
    assert counted(longer).total == counted(edits.set_variable(design, "num_hidden_layers", 40)).total


def test_an_exception_from_a_pattern_is_one_more_alternative_of_it():
    a, b = node("mlp", hidden=8, name="a", label="linear"), node("mlp", hidden=4, name="a", label="full")
    choose = node("choose", a, b, pick=Pattern((), (Run(0, 3), 1)))
    design = design_of_nodes(
        node("token_embedding", rows=9, hidden=4), node("repeat", choose, times=8, name="layers")
    )
    apart, id = split(design, repeat_of(design).id, (3,), CHOOSE, KINDS)
    (choose,) = repeat_of(apart).inside
    assert choose.fields["pick"] == Pattern((), (Run(0, 3), 1), {3: 2})
    assert replaced_by(apart, id, KINDS) is choose.inside[1]
    assert facts(apart) == facts(design)
    with pytest.raises(Refusal, match="exception already"):
        split(apart, repeat_of(apart).id, (3,), CHOOSE, KINDS)
    with pytest.raises(Refusal, match="several kinds"):
        split(apart, repeat_of(apart).id, (6, 7), CHOOSE, KINDS)
    assert merge(apart, id, KINDS).tree == design.tree


def test_what_a_pattern_of_a_variable_would_run_in_an_exception_s_layers_is_not_told():
    blocks = [node("mlp", hidden=hidden, name="a") for hidden in (8, 4, 2)]
    choose = node("choose", *blocks, pick=Pattern((), (Run(0, Expression("n")), 1), {3: 2}))
    design = design_of_nodes(
        node("token_embedding", rows=9, hidden=4),
        node("repeat", choose, times=8, name="layers"),
        variables={"n": 3},
    )
    assert layers_of(design, choose.inside[2].id, KINDS) == (3,)
    assert replaced_by(design, choose.inside[2].id, KINDS) is None


def test_what_is_no_exception_is_not_merged():
    design = opened("llama-3-8b", KINDS)
    with pytest.raises(Refusal, match="no exception"):
        merge(design, repeat_of(design).inside[0].id, KINDS)


@settings(deadline=None, max_examples=50)
@given(
    st.lists(st.integers(0, 1), min_size=1, max_size=5),
    st.lists(st.integers(0, 11), min_size=1, max_size=6, unique=True),
)
def test_exceptions_come_and_go_in_any_order(cycle, layers):
    choose = node(
        "choose", *(node("mlp", hidden=n, name="a") for n in (4, 8)), pick=Pattern((), tuple(cycle))
    )
    design = design_of_nodes(
        node("token_embedding", rows=9, hidden=4), node("repeat", choose, times=12, name="layers")
    )
    apart, ids = design, []
    for layer in layers:
        apart, id = split(apart, repeat_of(apart).id, (layer,), CHOOSE, KINDS)
        ids.append(id)
    assert facts(apart) == facts(design)
    for id in sorted(ids, key=lambda id: id % 3):
        apart = merge(apart, id, KINDS)
    assert apart.tree == design.tree
