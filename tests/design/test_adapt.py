"""A dropped block takes its settings from what stands nearby, else from the design, else from itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from designer.analysis.tensors import tensors
from designer.design import adapt
from designer.design.expression import Expression
from designer.design.tree import Node
from designer.formats.opening import opened
from designer.formats.templates import ready_parts
from tests.designs import KINDS, counted, design_of_nodes, node
from tests.published import measured

LLAMA = "meta-llama/Llama-3.1-70B"


def find(design, kind):
    return next(n for n in design.tree.walk() if n.kind == kind)


def test_a_block_is_like_its_nearest_sibling_of_the_same_kind():
    design = measured(LLAMA).design
    layers, mlp = find(design, "repeat"), find(design, "mlp")
    after = adapt.insert(design, layers.id, 2, node("mlp"), KINDS)
    put = find(after, "repeat").inside[2]
    assert put.fields == mlp.fields
    assert (put.name, put.names) == ("mlp_2", mlp.names)
    assert after.variables == design.variables
    assert counted(after).total == measured(LLAMA).total + 80 * 3 * 8192 * 28672


def test_what_a_block_says_itself_stays():
    design = measured(LLAMA).design
    layers = find(design, "repeat")
    after = adapt.insert(design, layers.id, 2, node("mlp", hidden=100, bias=True), KINDS)
    put = find(after, "repeat").inside[2]
    assert (put.fields["hidden"], put.fields["bias"]) == (100, True)


def test_a_field_uses_the_variable_of_its_key():
    design = measured(LLAMA).design
    layers = find(design, "repeat")
    after = adapt.insert(design, layers.id, 0, node("latent_attention"), KINDS)
    put = find(after, "latent_attention")
    assert put.fields["heads"] == Expression("num_attention_heads")
    assert after.variables["num_attention_heads"] == 64
    assert after.variables["kv_lora_rank"] == put_default("kv_rank")
    assert put.fields["kv_rank"] == Expression("kv_lora_rank")
    assert counted(after).resolved.findings == ()


def put_default(field):
    return KINDS.get("latent_attention").fields()[field].default


def test_in_an_empty_design_variables_are_added_for_a_block():
    design = design_of_nodes()
    after = adapt.insert(design, design.tree.id, 0, node("token_embedding"), KINDS)
    assert after.variables == {"vocab_size": 32000, "hidden_size": 4096}
    assert counted(after).total == 32000 * 4096


def test_one_more_feed_forward_sublayer_in_every_layer_of_llama_3_8b():
    design = opened("llama-3-8b", KINDS)
    part = next(part.node for part in ready_parts(KINDS) if part.title == "Feed-forward sublayer")
    after = adapt.insert(design, find(design, "repeat").id, 2, part, KINDS)
    assert counted(after).total == 13_667_536_896
    assert after.variables == design.variables
    mlps = [n for n in after.tree.walk() if n.kind == "mlp"]
    assert [n.fields["hidden"] for n in mlps] == [Expression("intermediate_size")] * 2
    assert [n.name for n in mlps] == ["mlp", "mlp_2"]


@pytest.mark.parametrize(("index", "hidden"), [(0, 1), (1, 1), (2, 2), (3, 3)])
def test_among_neighbours_the_nearest_is_meant(index, hidden):
    design = design_of_nodes(*(node("mlp", hidden=size, name=f"m{size}") for size in (1, 2, 3)))
    _, adapted = adapt.adapt(design, design.tree.id, index, node("mlp"), KINDS)
    assert adapted.fields["hidden"] == hidden


def test_a_block_of_the_same_container_is_nearer_than_any_other():
    near, far = node("mlp", hidden=77, gate="no", name="ffn", names={"up_proj": "up"}), node("mlp", hidden=55)
    design = design_of_nodes(node("stack", near), node("stack", far))
    here, there = design.tree.inside
    _, beside_near = adapt.adapt(design, here.id, 1, node("mlp"), KINDS)
    assert (beside_near.fields, beside_near.name, beside_near.names) == (near.fields, "ffn", near.names)
    _, beside_far = adapt.adapt(design, there.id, 0, node("mlp"), KINDS)
    assert beside_far.fields == far.fields


def test_a_field_follows_what_another_kind_has_under_the_same_key():
    design = opened("gpt2", KINDS)
    _, adapted = adapt.adapt(design, design.tree.id, 1, node("encoder_states"), KINDS)
    assert adapted.fields["hidden"] == Expression("n_embd")


def test_every_block_of_a_part_is_adapted_and_what_holds_it_stays():
    design = opened("gpt2", KINDS)
    part = node("residual", node("layer_norm", name="ln_9"), node("mlp"), scale=0.5)
    _, adapted = adapt.adapt(design, find(design, "repeat").id, 0, part, KINDS)
    norm, mlp = adapted.inside
    assert adapted.fields["scale"] == 0.5
    assert norm.fields == find(design, "layer_norm").fields
    assert mlp.fields == find(design, "mlp").fields


def test_a_repeat_dropped_by_itself_takes_as_many_layers_as_the_next():
    design = opened("llama-3-8b", KINDS)
    model = next(n for n in design.tree.walk() if n.name == "model")
    after = adapt.insert(design, model.id, 2, node("repeat"), KINDS)
    repeats = [n for n in after.tree.walk() if n.kind == "repeat"]
    assert [n.fields["times"] for n in repeats] == [Expression("num_hidden_layers")] * 2
    assert [n.name for n in repeats] == ["layers", "layers_2"]


def test_a_block_of_an_unknown_kind_is_dropped_as_it_is_and_asked_for_nothing():
    design = design_of_nodes(Node("quantum", extra={"fields": {"hidden": 4}}), Node("rope"))
    stranger = Node("quark", extra={"fields": {"spin": 1}})
    after = adapt.insert(design, design.tree.id, 0, stranger, KINDS)
    assert (after.tree.inside[0].kind, after.tree.inside[0].extra) == ("quark", stranger.extra)
    assert after.variables == {}
    _, mlp = adapt.adapt(design, design.tree.id, 1, node("mlp"), KINDS)
    assert mlp.fields["hidden"] == Expression("intermediate_size")


def test_a_block_keeps_its_own_name_where_the_one_it_is_like_has_none():
    design = opened("deepseek-v3", KINDS)
    assert find(design, "mlp").name == ""
    after = adapt.insert(design, find(design, "repeat").id, 0, node("mlp", name="mlp"), KINDS)
    assert find(after, "repeat").inside[0].name == "mlp_2"


EMBEDDING, GPT, HEAD = (
    next(part.node for part in ready_parts(KINDS) if part.title == title)
    for title in ("Embedding and positions", "GPT decoder layer", "Head of norm and head")
)


def dropped(design, *nodes):
    """The design with nodes dropped at its end, one after another."""
    for part in nodes:
        design = adapt.insert(design, design.tree.id, len(design.tree.inside), part, KINDS)
    return design


def test_gpt_2_is_three_parts_dropped_into_an_empty_design():
    embedded = dropped(design_of_nodes(), EMBEDDING)
    assert counted(embedded).total == 50257 * 768 + 1024 * 768
    layered = dropped(embedded, GPT)
    assert counted(layered).total == 50257 * 768 + 1024 * 768 + 12 * 7_087_872
    whole = counted(dropped(layered, HEAD))
    assert whole.total == 124_439_808
    assert whole.resolved.findings == ()
    assert [n.kind for n in whole.design.tree.inside] == [
        "token_embedding",
        "learned_position",
        "repeat",
        "layer_norm",
        "lm_head",
    ]
    names = [tensor.name for tensor in tensors(whole.body)]
    assert names[:3] == [
        "embed_tokens.weight",
        "embed_positions.weight",
        "layers.0.input_layernorm.weight",
    ]
    assert "norm.weight" in names
    assert len(set(names)) == len(names)


def test_what_a_part_suggests_becomes_variables_that_move_together():
    design = dropped(design_of_nodes(), EMBEDDING, GPT, HEAD)
    assert design.variables == {
        "vocab_size": 50257,
        "hidden_size": 768,
        "max_position_embeddings": 1024,
        "num_hidden_layers": 12,
        "num_attention_heads": 12,
        "num_key_value_heads": Expression("num_attention_heads"),
        "head_dim": Expression("hidden_size // num_attention_heads"),
        "intermediate_size": Expression("4 * hidden_size"),
    }
    wide = replace(design, variables={**design.variables, "hidden_size": 1600, "num_hidden_layers": 48})
    wide = replace(wide, variables={**wide.variables, "num_attention_heads": 25})
    assert counted(wide).total == 1_557_611_200  # GPT-2 XL


def test_a_suggested_expression_is_a_number_where_what_it_names_is_missing():
    design = dropped(design_of_nodes(), GPT)
    assert design.variables["intermediate_size"] == 3072
    assert design.variables["head_dim"] == 64


def test_a_layer_dropped_among_layers_is_only_that_layer():
    design = dropped(design_of_nodes(), EMBEDDING, GPT)
    layers = find(design, "repeat")
    after = adapt.insert(design, layers.id, 2, GPT, KINDS)
    assert [n.kind for n in find(after, "repeat").inside] == ["residual"] * 4
    assert counted(after).total - counted(design).total == 12 * 7_087_872
    inner = find(after, "repeat").inside[3]
    deeper = adapt.insert(after, inner.id, 2, GPT, KINDS)
    assert sum(n.kind == "repeat" for n in deeper.tree.walk()) == 1


def test_a_repeat_that_says_how_often_stays_one_among_layers():
    design = dropped(design_of_nodes(), EMBEDDING, GPT)
    thrice = node("repeat", node("mlp"), times=3)
    after = adapt.insert(design, find(design, "repeat").id, 2, thrice, KINDS)
    assert [n.fields["times"] for n in after.tree.walk() if n.kind == "repeat"] == [
        Expression("num_hidden_layers"),
        3,
    ]


def test_the_norm_of_a_part_is_like_the_norms_around_it():
    gpt = opened("gpt2", KINDS)
    part = next(part.node for part in ready_parts(KINDS) if part.title == "Feed-forward sublayer")
    after = adapt.insert(gpt, find(gpt, "repeat").id, 2, part, KINDS)
    norm, mlp = find(after, "repeat").inside[2].inside
    assert (norm.kind, norm.name, norm.fields) == (
        "layer_norm",
        "post_attention_layernorm",
        find(gpt, "layer_norm").fields,
    )
    assert mlp.fields == find(gpt, "mlp").fields
    assert "rms_norm" not in {n.kind for n in after.tree.walk()}


def test_a_norm_that_is_dropped_by_itself_is_what_it_says():
    gpt = opened("gpt2", KINDS)
    after = adapt.insert(gpt, find(gpt, "repeat").id, 0, node("rms_norm"), KINDS)
    assert find(after, "repeat").inside[0].kind == "rms_norm"


def test_a_bare_norm_and_a_part_with_a_norm_keep_their_weights_apart():
    design = dropped(design_of_nodes(), EMBEDDING, node("layer_norm"), HEAD)
    names = [tensor.name for tensor in tensors(counted(design).body)]
    assert {"norm.weight", "layer_norm.norm.weight"} <= set(names)
    assert len(set(names)) == len(names)
