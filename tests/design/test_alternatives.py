"""One of these, by layer."""

from __future__ import annotations

import pytest

from designer.design import edits
from designer.design.alternatives import alike, by_layer, offer, removed, set_text, text_of, without
from designer.design.pattern_text import BrokenPattern
from designer.design.tree import Design, Node, Pattern, Run
from designer.formats.opening import opened
from designer.formats.templates import block_node
from designer.symbolic.issue import Refusal
from tests.designs import KINDS, counted

CHOOSE = block_node(KINDS, "choose")
MAMBA = block_node(KINDS, "mamba2")


def found(design: Design, kind: str) -> Node:
    return next(n for n in design.tree.walk() if n.kind == kind)


def test_a_second_block_is_offered_and_counts_nothing_until_a_pattern_names_it():
    design = opened("llama-3-8b", KINDS)
    offered, id = offer(design, found(design, "attention").id, MAMBA, CHOOSE, KINDS)
    assert [n.kind for n in edits.find(offered, id).inside] == ["attention", "mamba2"]
    assert counted(offered).total == counted(design).total
    assert text_of(offered, id, "pick", KINDS) == "Attention"
    named = edits.relabel(offered, edits.find(offered, id).inside[0].id, "full")
    named = edits.relabel(named, edits.find(offered, id).inside[1].id, "linear")
    hybrid = set_text(named, id, "pick", "3×linear, full", KINDS)
    assert found(hybrid, "choose").fields["pick"] == Pattern((), (Run(1, 3), 0))
    nodes = counted(hybrid).nodes
    attention, mamba = (nodes[n.id].runs for n in found(hybrid, "choose").inside)
    assert (attention, mamba) == (8, 24)


def test_the_block_itself_stays_the_same_node():
    design = opened("llama-3-8b", KINDS)
    attention = found(design, "attention")
    offered, _ = offer(design, attention.id, MAMBA, CHOOSE, KINDS)
    assert found(offered, "attention") is attention


def test_an_alternative_and_its_choose_get_one_more():
    design = opened("llama-3-8b", KINDS)
    offered, id = offer(design, found(design, "attention").id, MAMBA, CHOOSE, KINDS)
    for target in (id, found(offered, "mamba2").id):
        more, same = offer(offered, target, MAMBA, CHOOSE, KINDS)
        assert same == id
        assert len(edits.find(more, id).inside) == 3


def test_outside_of_a_repeat_there_are_no_layers_to_differ_by():
    design = opened("llama-3-8b", KINDS)
    with pytest.raises(Refusal, match="inside a Repeat"):
        offer(design, found(design, "token_embedding").id, MAMBA, CHOOSE, KINDS)


def test_an_alternative_taken_out_leaves_the_others_picked_as_before():
    design = opened("llama-3-8b", KINDS)
    offered, id = offer(design, found(design, "attention").id, MAMBA, CHOOSE, KINDS)
    offered, id = offer(offered, id, block_node(KINDS, "mlp"), CHOOSE, KINDS)
    offered = edits.configure(offered, (id,), {"pick": Pattern((2,), (Run(1, 3), 0), {7: 2})})
    left = without(offered, edits.find(offered, id).inside[0].id, KINDS)
    assert edits.find(left, id).fields["pick"] == Pattern((1,), (Run(0, 3), 0), {7: 1})
    left = without(left, edits.find(left, id).inside[1].id, KINDS)
    assert all(n.kind != "choose" for n in left.tree.walk())


def test_a_field_follows_a_pattern_and_is_alike_again():
    design = opened("llama-3-8b", KINDS)
    id = found(design, "attention").id
    varied = by_layer(design, id, "window")
    assert text_of(varied, id, "window", KINDS) == "none"
    varied = set_text(varied, id, "window", "512, 512, none", KINDS)
    assert edits.find(varied, id).fields["window"] == Pattern((), (512, 512, None))
    assert edits.find(alike(varied, id, "window"), id).fields["window"] == 512
    assert alike(design, id, "window") is design
    assert counted(varied).total == counted(design).total
    assert counted(varied).reading("kv_cache_bytes") < counted(design).reading("kv_cache_bytes")  # pyright: ignore


def test_flags_choices_and_groups_follow_patterns_too():
    design = opened("llama-3-8b", KINDS)
    id = found(design, "attention").id
    for field, text, pattern in (
        ("bias", "yes, no", Pattern((), (True, False))),
        ("sees", "all, past", None),
        ("rope", "3×RoPE, none", Pattern((), (Run(edits.find(design, id).fields["rope"], 3), None))),
    ):
        if pattern is None:
            options = KINDS.block("attention").fields()[field].options  # pyright: ignore[reportOptionalMemberAccess]
            text, pattern = ", ".join(options), Pattern((), tuple(options))
        label = KINDS.get("rope").label  # pyright: ignore[reportOptionalMemberAccess]
        assert (
            edits.find(set_text(design, id, field, text.replace("RoPE", label), KINDS), id).fields[field]
            == pattern
        )


def test_a_broken_pattern_changes_nothing_and_says_where():
    design = opened("llama-3-8b", KINDS)
    with pytest.raises(BrokenPattern) as refused:
        set_text(design, found(design, "attention").id, "window", "3×512, hiden_size", KINDS)
    assert refused.value.span == (7, 17)
    assert refused.value.suggestions == ("hidden_size",)


def test_growing_the_depth_extends_the_cycle():
    design = opened("llama-3-8b", KINDS)
    varied = set_text(design, found(design, "attention").id, "bias", "3×no, yes", KINDS)
    (more,) = {
        (counted(edits.set_variable(d, "num_hidden_layers", 36)).total, counted(d).total)[0]
        - counted(d).total
        for d in (varied,)
    }
    plain = counted(edits.set_variable(design, "num_hidden_layers", 36)).total - counted(design).total
    assert more - plain == 4096 + 2 * 1024


def test_removing_alternatives_with_others_leaves_the_right_ones_picked():
    design = opened("llama-3-8b", KINDS)
    offered, id = offer(design, found(design, "attention").id, MAMBA, CHOOSE, KINDS)
    offered, id = offer(offered, id, block_node(KINDS, "mlp"), CHOOSE, KINDS)
    offered = edits.configure(offered, (id,), {"pick": Pattern((), (Run(1, 3), 2))})
    norm = found(design, "rms_norm")
    left = removed(offered, (edits.find(offered, id).inside[0].id, norm.id), KINDS)
    assert edits.find(left, id).fields["pick"] == Pattern((), (Run(0, 3), 1))
    assert all(node.id != norm.id for node in left.tree.walk())
    gone = removed(offered, (id, found(offered, "mamba2").id), KINDS)
    assert id not in {node.id for node in gone.tree.walk()}
