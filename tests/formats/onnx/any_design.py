"""Designs put together at random: blocks, containers and schedules in each other."""

from __future__ import annotations

from hypothesis import strategies as st

from designer.design.tree import Node, Pattern
from tests.formats.onnx.tiny_designs import attention, embedded, mlp, node, residual, value

counts = st.integers


@st.composite
def ropes(draw):
    scaling = draw(st.sampled_from([None, value("linear_scaling"), value("yarn_scaling", original=8)]))
    turned = draw(st.sampled_from([None, 2, 4]))
    return value("rope", interleaved=draw(st.booleans()), turned=turned, scaling=scaling)


@st.composite
def scheduled(draw, settings):
    """A value, or a pattern of two."""
    if draw(st.booleans()):
        return draw(settings)
    return Pattern((draw(settings),), (draw(settings), draw(settings)))


@st.composite
def attentions(draw, name: str) -> Node:
    kv = draw(st.sampled_from([1, 2, 3]))
    return attention(
        name=name,
        kv_heads=kv,
        heads=kv * draw(st.sampled_from([1, 2])),
        head_dim=draw(scheduled(st.sampled_from([4, 6]))),
        rope=draw(scheduled(st.none() | ropes())),
        window=draw(scheduled(st.none() | counts(1, 5))),
        qk_norm=draw(st.sampled_from([None, value("qk_norm"), value("qk_norm", over="all")])),
        bias=draw(st.booleans()),
        fused=draw(st.sampled_from(["no", "qkv", "kv"])),
    )


@st.composite
def mlps(draw, name: str) -> Node:
    return mlp(
        name=name,
        hidden=draw(scheduled(counts(1, 9))),
        gate=draw(st.sampled_from(["no", "split", "fused"])),
        activation=draw(
            st.sampled_from(["silu", "gelu_tanh", "relu", "relu2", "tanh", "sigmoid", "quick_gelu"])
        ),
        bias=draw(st.booleans()),
    )


@st.composite
def mixtures(draw, name: str) -> Node:
    experts = draw(counts(2, 5))
    return node(
        "experts",
        name=name,
        experts=experts,
        active=draw(counts(1, experts)),
        hidden=draw(counts(1, 6)),
        stacked=draw(st.booleans()),
        shared_hidden=draw(st.none() | counts(1, 5)),
    )


@st.composite
def states(draw, name: str) -> Node:
    groups = draw(counts(1, 3))
    return node(
        "mamba2",
        name=name,
        groups=groups,
        heads=groups * draw(counts(1, 2)),
        head_dim=draw(counts(1, 4)),
        state=draw(counts(1, 5)),
        kernel=draw(counts(1, 4)),
    )


@st.composite
def branches(draw, name: str, depth: int) -> Node:
    """Something that leaves the width as it is."""
    leaf = st.one_of(attentions(name), mlps(name), mixtures(name), states(name))
    if depth == 0 or draw(st.booleans()):
        return residual(draw(leaf), name=f"{name}_")
    inside = [draw(branches(f"{name}{i}", depth - 1)) for i in range(draw(counts(1, 3)))]
    holder = draw(st.sampled_from(["stack", "parallel", "choose", "repeat", "numbered"]))
    if holder == "repeat":
        times, shared = draw(counts(1, 3)), False
        return node("repeat", *inside, name=f"{name}r", times=times, shared=shared)
    if holder == "numbered":
        stacks = [node("stack", one, name="{}") for one in inside]
        return node("repeat", *stacks, name=f"{name}n", times=draw(counts(1, 2)))
    if holder == "choose":
        pick = draw(scheduled(counts(0, len(inside) - 1)))
        return node("choose", *inside, name=f"{name}c", pick=pick)
    return node(holder, *inside, name=f"{name}s")


@st.composite
def any_designs(draw) -> Node:
    """A token table, one to three branches, a head."""
    made = [draw(branches(f"b{i}", 2)) for i in range(draw(counts(1, 3)))]
    return embedded(*made)
