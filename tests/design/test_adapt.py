"""A dropped block begins with what stands nearby, else with the design's variables, else with its own."""

from __future__ import annotations

import pytest

from designer.analysis.measured import Measured
from designer.design import edits
from designer.design.adapt import adapt, insert
from designer.design.expression import Expression
from designer.design.tree import Design, Node
from designer.formats.opening import opened
from designer.formats.templates import ready_parts
from tests.designs import KINDS, counted, design_of_nodes, node


def repeat_of(design: Design) -> Node:
    return next(found for found in design.tree.walk() if found.kind == "repeat")


def all_of(design: Design, kind: str) -> list[Node]:
    return [found for found in design.tree.walk() if found.kind == kind]


def test_one_more_feed_forward_sublayer_in_every_layer_of_llama_3_8b():
    design = opened("llama-3-8b", KINDS)
    part = next(part.node for part in ready_parts(KINDS) if part.title == "Feed-forward sublayer")
    grown = insert(design, repeat_of(design).id, 2, part, KINDS)
    assert Measured(grown, KINDS).total == 13_667_536_896
    assert grown.variables == design.variables
    assert [mlp.fields["hidden"] for mlp in all_of(grown, "mlp")] == [Expression("intermediate_size")] * 2
    assert [mlp.name for mlp in all_of(grown, "mlp")] == ["mlp", "mlp_2"]


def test_fields_come_from_the_nearest_block_of_the_same_kind():
    near = node(
        "mlp", hidden=77, gate="no", activation="relu", bias=True, name="ffn", names={"up_proj": "up"}
    )
    far = node("mlp", hidden=55)
    design = design_of_nodes(
        node("token_embedding"), node("stack", near, name="here"), node("stack", far, name="there")
    )
    here, there = design.tree.inside[1], design.tree.inside[2]
    _, beside_near = adapt(design, here.id, 1, node("mlp"), KINDS)
    assert beside_near.fields == near.fields
    assert (beside_near.name, beside_near.names) == ("ffn", near.names)
    _, beside_far = adapt(design, there.id, 0, node("mlp"), KINDS)
    assert beside_far.fields == far.fields


@pytest.mark.parametrize(("index", "hidden"), [(0, 1), (1, 1), (2, 2), (3, 3)])
def test_among_neighbours_the_nearest_is_meant(index, hidden):
    design = design_of_nodes(*(node("mlp", hidden=size, name=f"m{size}") for size in (1, 2, 3)))
    _, adapted = adapt(design, design.tree.id, index, node("mlp"), KINDS)
    assert adapted.fields["hidden"] == hidden


def test_what_a_block_says_itself_stays():
    design = design_of_nodes(node("attention", heads=6, kv_heads=2, head_dim=8, sees="all"))
    _, adapted = adapt(design, design.tree.id, 1, node("attention", heads=4, window=16), KINDS)
    assert [adapted.fields[name] for name in ("heads", "kv_heads", "head_dim", "window", "sees")] == [
        4,
        2,
        8,
        16,
        "all",
    ]


def test_without_a_block_of_its_kind_fields_come_by_their_key():
    design = opened("gpt2", KINDS)
    _, adapted = adapt(design, design.tree.id, 1, node("encoder_states"), KINDS)
    assert adapted.fields["hidden"] == Expression("n_embd")
    _, experts = adapt(
        opened("mamba2-130m", KINDS), opened("mamba2-130m", KINDS).tree.id, 0, node("dropout"), KINDS
    )
    assert experts.fields["rate"] == 0.1


def test_else_from_the_variable_of_that_key():
    design = design_of_nodes(node("token_embedding"), variables={"intermediate_size": 640})
    grown = insert(design, design.tree.id, 1, node("mlp"), KINDS)
    assert grown.variables == {"intermediate_size": 640}
    assert grown.tree.inside[1].fields["hidden"] == Expression("intermediate_size")


def test_else_a_variable_with_the_default_is_added_in_the_same_step():
    design = design_of_nodes(node("token_embedding"))
    grown = insert(design, design.tree.id, 1, node("attention"), KINDS)
    assert grown.variables == {"num_attention_heads": 32, "num_key_value_heads": 8, "head_dim": 128}
    assert grown.tree.inside[1].fields["heads"] == Expression("num_attention_heads")
    assert design.variables == {}


def test_every_block_of_a_part_is_adapted_and_what_holds_it_stays():
    design = opened("gpt2", KINDS)
    part = node("residual", node("layer_norm", name="ln_9"), node("mlp"), scale=0.5)
    _, adapted = adapt(design, repeat_of(design).id, 0, part, KINDS)
    norm, mlp = adapted.inside
    assert adapted.fields["scale"] == 0.5
    assert norm.fields["eps"] == 1e-5
    assert mlp.fields == all_of(design, "mlp")[0].fields


def test_a_repeat_dropped_by_itself_takes_as_many_layers_as_the_next():
    design = opened("llama-3-8b", KINDS)
    model = next(found for found in design.tree.walk() if found.name == "model")
    grown = insert(design, model.id, 2, node("repeat"), KINDS)
    assert [repeat.fields["times"] for repeat in all_of(grown, "repeat")] == [
        Expression("num_hidden_layers")
    ] * 2
    assert [repeat.name for repeat in all_of(grown, "repeat")] == ["layers", "layers_2"]


def test_a_block_of_an_unknown_kind_is_dropped_as_it_is():
    design = design_of_nodes(node("mlp"))
    stranger = Node("quantum", extra={"fields": {"a": 1}})
    grown = insert(design, design.tree.id, 0, stranger, KINDS)
    assert grown.tree.inside[0] == stranger
    assert grown.tree.inside[0].id != stranger.id


def test_what_is_dropped_may_stand_beside_unknown_kinds():
    design = design_of_nodes(Node("quantum", extra={"fields": {"hidden": 4}}), Node("rope"))
    _, adapted = adapt(design, design.tree.id, 1, node("mlp"), KINDS)
    assert adapted.fields["hidden"] == Expression("intermediate_size")


def test_a_dropped_block_fits_at_once():
    design = opened("llama-3-8b", KINDS)
    grown = insert(design, repeat_of(design).id, 1, node("attention"), KINDS)
    assert counted(grown).total - counted(design).total == 1_342_177_280
    assert edits.find(grown, repeat_of(grown).id).inside[1].name == "self_attn_2"
