"""A dropped block takes its settings from what stands nearby, else from the design, else from itself."""

from __future__ import annotations

from designer.design import adapt
from designer.design.expression import Expression
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
