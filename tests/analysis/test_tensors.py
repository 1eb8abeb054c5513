"""The list of tensors: names written out and starred, layouts, ties, experts kept stacked or apart."""

from __future__ import annotations

from collections import Counter
from typing import ClassVar

import pytest

from designer.analysis.tensors import NamedTensor, patterns, starred, tensors
from designer.design.tree import Pattern
from designer.symbolic.block import Block
from designer.symbolic.field import flag
from designer.symbolic.schedule import Schedule
from designer.symbolic.scope import Stored
from designer.symbolic.step import Step
from designer.symbolic.tensor import Tensor
from tests.designs import counted, design_of_nodes, node
from tests.symbolic.toys import Chain, Line, Loop, Some, step, traced


def listed(*inside):
    """The names below the stack's table."""
    return [t.name for t in tensors(traced(*inside))][1:]


def starred_names(*inside):
    """(name, copies) below the stack's table."""
    return [(t.name, t.copies) for t in patterns(traced(*inside))][1:]


def twelve_of_three_and_one(**settings):
    a = node("mlp", hidden=20, name="{}")
    b = node("mlp", hidden=30, name="{}")
    inner = node("repeat", a, times=3)
    return node("repeat", inner, b, times=12, name="layers", **settings)


def one_cycle_of_four():
    a, b = node("mlp", hidden=20), node("mlp", hidden=30)
    pick = Pattern((), (0, 0, 0, 1))
    return node("repeat", node("choose", a, b, pick=pick), times=48, name="layers")


def test_twelve_of_three_and_one_is_forty_eight_with_a_cycle_of_four():
    table = node("token_embedding", rows=10, hidden=8, name="table")
    nested, cycled = (
        counted(design_of_nodes(table.fresh(), layers))
        for layers in (twelve_of_three_and_one(), one_cycle_of_four())
    )
    assert nested.total == cycled.total == 80 + 36 * 480 + 12 * 720
    assert nested.by_category == cycled.by_category
    assert list(tensors(nested.body)) == list(tensors(cycled.body))
    names = dict.fromkeys(t.name.rsplit(".", 2)[0] for t in tensors(nested.body))
    assert list(names)[1:] == [f"layers.{i}" for i in range(48)]
    assert _multiset(patterns(nested.body)) == _multiset(patterns(cycled.body))
    assert nested.tally.active == cycled.tally.active


def _multiset(listing: list[NamedTensor]) -> Counter:
    return Counter({(t.name, t.shape, t.category): t.copies for t in listing})


def test_layers_are_numbered_and_starred():
    loop = step(Loop(times=3), step(Line(bias=True), name="a"), name="layers")
    assert listed(loop) == [f"layers.{i}.a.w.{part}" for i in range(3) for part in ("weight", "bias")]
    assert starred_names(loop) == [("layers.*.a.w.weight", 3), ("layers.*.a.w.bias", 3)]


@pytest.mark.parametrize(
    ("name", "star"),
    [
        ("h.12.attn.0.weight", "h.*.attn.*.weight"),
        ("0.weight", "*.weight"),
        ("experts.{}.w1.weight", "experts.*.w1.weight"),
        ("scalars.3", "scalars.*"),
        ("layer_2.w1.4x", "layer_2.w1.4x"),
        ("weight", "weight"),
    ],
)
def test_every_segment_that_is_a_number_is_starred(name, star):
    assert starred(name) == star


def test_equal_tensors_of_one_starred_name_are_merged_and_others_are_not():
    a, b, c = (step(Line(out=out), name=name) for name, out in (("0", 8), ("1", 8), ("2", 9)))
    assert starred_names(a, b, c) == [("*.w.weight", 2), ("*.w.weight", 1)]


def test_stacked_experts_are_one_tensor_and_others_one_each():
    body = traced(step(Some(copies=3), name="moe"))
    assert [(t.name, t.shape) for t in tensors(body)][2:] == [("moe.experts.w.weight", (3, 8, 8))]
    apart = traced(step(Some(copies=3, stacked=False), name="moe"))
    assert [(t.name, t.shape) for t in tensors(apart)][2:] == [
        (f"moe.experts.{i}.w.weight", (8, 8)) for i in range(3)
    ]
    assert [(t.name, t.copies) for t in patterns(apart)][2:] == [("moe.experts.*.w.weight", 3)]


def test_experts_of_their_own_block_and_experts_inside_experts_have_names_of_their_own():
    inner = step(Some(copies=2, stacked=False, one=step(Line(), name="b")), name="a")
    names = listed(step(Some(copies=3, stacked=False, one=inner), name="moe"))
    experts = [f"moe.experts.{i}.a.experts.{j}.b.w.weight" for i in range(3) for j in range(2)]
    assert set(experts) <= set(names)
    assert len(names) == len(set(names)) == 1 + 3 + 6


def test_layouts_and_other_names_of_one_tensor():
    names = {"w": Stored("c_fc", "transposed"), "w.bias": Stored("shift", also=("spare.bias",))}
    found = list(tensors(traced(step(Line(out=5, bias=True), name="a", names=names))))[1:]
    assert found == [
        NamedTensor("a.c_fc.weight", (8, 5), "feed_forward"),
        NamedTensor("a.shift", (5,), "feed_forward"),
        NamedTensor("a.spare.bias", (5,), "feed_forward", 0, "a.shift"),
    ]


def test_shared_layers_keep_one_name_and_shared_places_one_path():
    loop = step(Loop(times=3, shared=True), step(Line(), name="a"), name="layers")
    both = step(Chain(), step(Line(), name="b"), name="x", shares="both")
    assert listed(loop, both, both) == ["layers.a.w.weight", "both.b.w.weight"]
    assert starred_names(loop, both, both) == [("layers.a.w.weight", 1), ("both.b.w.weight", 1)]


def test_a_tied_head_is_a_second_name_of_the_table():
    design = design_of_nodes(
        node("token_embedding", rows=30, hidden=8, name="model"),
        node("repeat", node("rms_norm", name="n"), times=2, name="layers"),
        node("lm_head", rows=30, tied=True),
    )
    body = counted(design).body
    head = NamedTensor("lm_head.weight", (30, 8), "output", 0, "model.embed_tokens.weight")
    assert list(tensors(body))[-1] == patterns(body)[-1] == head
    assert counted(design).by_category["output"] == 0


class Weight(Block):
    """Offers a weight of its own, or uses the one that is offered."""

    kind: ClassVar[str] = "weight"
    uses: bool = flag(False, "Uses")

    def forward(self, x: Tensor, /, *inside: Step) -> Tensor:
        if self.uses:
            return x.linear("again", x.width, weight=x.find("weight"))
        x.parameter("w", (x.width, x.width)).offer("weight")
        return x


def test_a_weight_of_one_round_may_be_used_in_the_next():
    uses = Schedule((False,), (True,))
    loop = step(Loop(times=3), step(Weight(uses=uses), name="a"), name="layers")
    found = [(t.name, t.tied_to) for t in tensors(traced(loop))][1:]
    assert found == [
        ("layers.0.a.w", None),
        ("layers.1.a.again.weight", "layers.0.a.w"),
        ("layers.2.a.again.weight", "layers.0.a.w"),
    ]
    merged = [(t.name, t.tied_to, t.copies) for t in patterns(traced(loop))][1:]
    assert merged == [("layers.*.a.w", None, 1), ("layers.*.a.again.weight", "layers.*.a.w", 0)]
