"""Repeats, schedules and choices against the same design with every layer written out as a block."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from designer.analysis.compute import flops
from designer.analysis.memory import kept
from designer.analysis.tensors import patterns, tensors
from designer.design.tree import Node, Pattern, Setting
from designer.symbolic.size import product
from tests.designs import counted, design_of_nodes, node

TOKENS = 7


def scheduled(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Setting]:
    """One value, or some first ones and a cycle."""
    several = st.builds(
        Pattern,
        st.lists(values, max_size=2).map(tuple),
        st.lists(values, min_size=1, max_size=3).map(tuple),
    )
    return st.one_of(values, several)


flags, choices = scheduled(st.booleans()), scheduled(st.sampled_from(["no", "split", "fused"]))
windows = scheduled(st.sampled_from([None, 2, 5]))


@st.composite
def leaves(draw, name: str, shared: bool) -> Node:
    kind = draw(st.sampled_from(["mlp", "attention", "rms_norm", "experts", "give", "mamba2"]))
    if kind == "mlp":
        hidden = 5 if shared else draw(scheduled(st.integers(1, 3)))
        gate = "no" if shared else draw(choices)
        return node("mlp", hidden=hidden, gate=gate, bias=draw(flags), name=name)
    if kind == "attention":
        fields = {"bias": draw(flags), "out_bias": draw(flags), "window": draw(windows)}
        return node("attention", heads=2, kv_heads=1, head_dim=2, name=name, **fields)
    if kind == "experts":
        bias = draw(flags)
        return node("experts", experts=3, active=2, hidden=2, router_bias=bias, stacked=False, name=name)
    if kind == "mamba2":
        return node("mamba2", heads=2, head_dim=2, state=3, conv_bias=draw(flags), name=name)
    if kind == "give":
        return node("position_bias", heads=2, name=name)
    return node("rms_norm", name=name)


@st.composite
def containers(draw, name: str, depth: int, shared: bool) -> Node:
    kind = draw(st.sampled_from(["stack", "residual", "choose", "repeat", "repeat"]))
    own = draw(st.booleans()) if kind == "repeat" else False
    inside = [
        draw(blocks(f"{name}{letter}", depth - 1, shared or own))
        for letter in "xyz"[: draw(st.integers(1, 3))]
    ]
    if kind == "choose":
        return node("choose", *inside, pick=draw(scheduled(st.integers(0, len(inside) - 1))), name=name)
    if kind == "repeat":
        times = draw(st.integers(0, 5)) if shared else draw(scheduled(st.integers(0, 4)))
        return node("repeat", *inside, times=times, shared=own, name=name)
    return node(kind, *inside, name=name)


def blocks(name: str, depth: int, shared: bool = False) -> st.SearchStrategy[Node]:
    leaf = leaves(name, shared)
    return st.one_of(leaf, containers(name, depth, shared)) if depth else leaf


def unrolled(block: Node, round: int, path: str) -> Node:
    """The block as it is in one round, each Repeat in it written out, each choice made."""
    here = f"{path}.{block.name}" if path else block.name
    fields = {name: at(setting, round) for name, setting in block.fields.items()}
    if block.kind == "choose":
        picked = unrolled(block.inside[fields["pick"]], round, here)
        return node("stack", picked, name=block.name)
    if block.kind != "repeat":
        inside = tuple(unrolled(child, round, here) for child in block.inside)
        return replace(block.fresh(), fields=fields, inside=inside)
    layers = []
    for index in range(fields["times"]):
        numbered = here if fields["shared"] else f"{here}.{index}"
        inner = tuple(unrolled(child, index, numbered) for child in block.inside)
        layers.append(node("stack", *inner, name=str(index), shares=here if fields["shared"] else ""))
    return node("stack", *layers, name=block.name)


def at(setting: Setting, round: int) -> Setting:
    """What a setting is in a round."""
    if not isinstance(setting, Pattern):
        return setting
    written = [*setting.first, *setting.cycle * (round + 1)]
    return written[round]


@settings(max_examples=150)
@given(blocks("a", 3), blocks("b", 2))
def test_layers_written_out_count_the_same_in_every_reading(first, second):
    table = node("token_embedding", rows=5, hidden=4, name="table")
    folded = counted(design_of_nodes(table, first, second))
    flat = counted(design_of_nodes(table.fresh(), unrolled(first, 0, ""), unrolled(second, 0, "")))
    assert not any(body.misfit for count in folded.nodes.values() for body in count.bodies)
    assert folded.total == flat.total
    assert folded.by_category == flat.by_category
    assert folded.tally.active == flat.tally.active
    mine, others = ({(t.name, t.shape, t.category) for t in tensors(m.body)} for m in (folded, flat))
    assert mine == others
    assert sum(product(t.shape) * t.copies for t in patterns(folded.body)) == flat.total
    for convention in ("causal", "dense"):
        assert flops(folded.body, TOKENS, convention) == flops(flat.body, TOKENS, convention)
    assert kept(folded.body, TOKENS) == kept(flat.body, TOKENS)
    root = folded.nodes[folded.design.tree.id]
    assert root.total == folded.total
    leaves_of = [n for n in folded.design.tree.walk() if not n.inside and n.id in folded.nodes]
    assert sum(folded.nodes[leaf.id].total for leaf in leaves_of) == folded.total
