"""What the layers of a Repeat differ in."""

from __future__ import annotations

import pytest

from designer.analysis.layers import Layers, layers, ranges, runs_in, varying
from designer.design import edits
from designer.design.alternatives import set_text
from designer.design.exceptions import split
from designer.design.layouts import outermost_repeat
from designer.design.tree import Design, Node
from designer.formats.opening import opened
from designer.formats.templates import block_node
from tests.designs import KINDS, counted
from tests.test_examples import EXAMPLES


def repeats(design: Design) -> list[Node]:
    return [n for n in design.tree.walk() if n.kind == "repeat"]


def found(design: Design) -> Layers:
    known = layers(repeats(design)[0], counted(design).resolved.valued.numbers, KINDS)
    assert known is not None
    return known


@pytest.mark.parametrize(
    "named", ["llama-3-8b", "gpt2", "albert-base-v2", str(EXAMPLES / "hybrid_groups.json")]
)
def test_layers_that_are_alike_have_no_lanes(named):
    design = opened(named, KINDS)
    assert list(varying(design.tree, counted(design).resolved.valued.numbers, KINDS)) == []


def test_a_hybrid_has_a_tile_of_four_twelve_times():
    known = found(opened(str(EXAMPLES / "hybrid_pattern.json"), KINDS))
    (lane,) = known.lanes
    assert (known.times, known.first, known.tile, known.whole_tiles, known.cut) == (48, 0, 4, 12, 0)
    assert [kind.words for kind in lane.kinds] == [(("", "Mamba-2 layer"),), (("", "Attention layer"),)]
    assert ranges(lane.layers(0))[:2] == [(0, 2), (4, 6)]
    assert lane.layers(1) == list(range(3, 48, 4))


def test_fifty_layers_cut_the_tile_after_two():
    known = found(
        edits.set_variable(opened(str(EXAMPLES / "hybrid_pattern.json"), KINDS), "num_hidden_layers", 50)
    )
    assert (known.whole_tiles, known.cut) == (12, 2)


def test_first_layers_stand_outside_of_the_tile():
    known = found(opened("deepseek-v3", KINDS))
    (lane,) = known.lanes
    assert (known.times, known.first, known.tile, known.cut) == (61, 3, 1, 0)
    assert lane.category == "feed_forward"
    assert ranges(lane.layers(0)) == [(0, 2)]


def test_attention_and_feed_forward_have_a_lane_each():
    design = opened("deepseek-v3", KINDS)
    attention = next(n for n in design.tree.walk() if "window" in n.fields or n.kind == "latent_attention")
    field = next(name for name in ("window", "bias") if name in attention.fields)
    design = set_text(design, attention.id, field, "4096, none" if field == "window" else "yes, no", KINDS)
    known = found(design)
    assert [lane.category for lane in known.lanes] == ["attention", "feed_forward"]
    assert known.kinds == 4


def test_an_exception_is_a_kind_of_its_own():
    design = opened("llama-3-8b", KINDS)
    apart, _ = split(design, repeats(design)[0].id, (30,), block_node(KINDS, "choose"), KINDS, "Layer 30")
    known = found(apart)
    assert known.exceptions == {30}
    assert known.kinds == 2
    assert known.lanes[0].layers(1) == [30]


def test_layers_of_nested_repeats_are_numbered_through():
    design = opened(str(EXAMPLES / "hybrid_groups.json"), KINDS)
    outer, inner = repeats(design)
    numbers = counted(design).resolved.valued.numbers
    assert outermost_repeat(design, inner.inside[0].id, KINDS) is outer
    linear, count = runs_in(outer, inner.id, numbers, KINDS)
    assert count == 48
    assert ranges(linear)[-1] == (44, 46)
    assert runs_in(outer, outer.inside[1].id, numbers, KINDS)[0] == list(range(3, 48, 4))


def test_an_alternative_stands_for_the_layers_that_pick_it():
    design = opened(str(EXAMPLES / "hybrid_pattern.json"), KINDS)
    (repeat,) = repeats(design)
    full = repeat.inside[0].inside[1]
    known, _ = runs_in(repeat, next(iter(full.walk())).id, counted(design).resolved.valued.numbers, KINDS)
    assert known == list(range(3, 48, 4))


def test_a_field_is_told_by_its_number():
    known = found(opened("gemma-3-1b", KINDS))
    assert [dict(kind.words)["Window"] for kind in known.lanes[0].kinds] == ["512", "none"]
