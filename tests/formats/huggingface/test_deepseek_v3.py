"""DeepSeek-V3: dense layers first, experts in groups, latent attention with or without narrow queries."""

from __future__ import annotations

import pytest

from tests.formats.huggingface.configs import changes, imported, remarks, tensors

D, F, M, L, H, E, V = 24, 40, 7, 5, 6, 8, 50
Q, R, NOPE, ROPE, VALUE = 9, 11, 4, 2, 5
LAYER = "model.layers.*."
ATTENTION, MLP = LAYER + "self_attn.", LAYER + "mlp."


def test_its_tensors_are_these():
    assert dict(tensors("deepseek_v3")) == {
        ("model.embed_tokens.weight", (V, D)): 1,
        (ATTENTION + "q_a_proj.weight", (Q, D)): L,
        (ATTENTION + "q_a_layernorm.weight", (Q,)): L,
        (ATTENTION + "q_b_proj.weight", (H * (NOPE + ROPE), Q)): L,
        (ATTENTION + "kv_a_proj_with_mqa.weight", (R + ROPE, D)): L,
        (ATTENTION + "kv_a_layernorm.weight", (R,)): L,
        (ATTENTION + "kv_b_proj.weight", (H * (NOPE + VALUE), R)): L,
        (ATTENTION + "o_proj.weight", (D, H * VALUE)): L,
        (MLP + "gate_proj.weight", (F, D)): 3,
        (MLP + "up_proj.weight", (F, D)): 3,
        (MLP + "down_proj.weight", (D, F)): 3,
        (MLP + "gate.weight", (E, D)): 2,
        (MLP + "experts.gate_up_proj", (E, 2 * M, D)): 2,
        (MLP + "experts.down_proj", (E, D, M)): 2,
        (MLP + "shared_experts.gate_proj.weight", (M, D)): 2,
        (MLP + "shared_experts.up_proj.weight", (M, D)): 2,
        (MLP + "shared_experts.down_proj.weight", (D, M)): 2,
        (LAYER + "input_layernorm.weight", (D,)): L,
        (LAYER + "post_attention_layernorm.weight", (D,)): L,
        ("model.norm.weight", (D,)): 1,
        ("lm_head.weight", (V, D)): 1,
    }


@pytest.mark.parametrize("first", [0, 1, 3, 5, 9])
def test_the_first_layers_are_dense(first):
    found = tensors("deepseek_v3", first_k_dense_replace=first)
    dense = min(first, L)
    assert found[MLP + "gate_proj.weight", (F, D)] == dense
    assert found[MLP + "gate.weight", (E, D)] == L - dense
    assert imported("deepseek_v3", first_k_dense_replace=first).resolved.findings == ()


def test_straight_queries_have_no_rank():
    gone, new = changes("deepseek_v3", q_lora_rank=None)
    assert new == {ATTENTION + "q_proj.weight": (H * (NOPE + ROPE), D)}
    assert {name.removeprefix(ATTENTION) for name in gone} == {
        "q_a_proj.weight",
        "q_a_layernorm.weight",
        "q_b_proj.weight",
    }
    assert imported("deepseek_v3", q_lora_rank=...).design.variables["q_lora_rank"] == 1536


def test_biases_ties_and_shared_experts():
    assert changes("deepseek_v3", attention_bias=True)[1] == {
        ATTENTION + "q_a_proj.bias": (Q,),
        ATTENTION + "kv_a_proj_with_mqa.bias": (R + ROPE,),
        ATTENTION + "o_proj.bias": (D,),
    }
    assert changes("deepseek_v3", tie_word_embeddings=True) == ({"lm_head.weight": (V, D)}, {})
    shared = changes("deepseek_v3", n_shared_experts=3)[1]
    assert shared[MLP + "shared_experts.up_proj.weight"] == (3 * M, D)


def test_routing_changes_no_tensor_but_what_is_active():
    routing = {"n_group": 4, "topk_group": 2, "norm_topk_prob": False, "routed_scaling_factor": 1.0}
    for key, value in routing.items():
        assert changes("deepseek_v3", **{key: value}) == ({}, {})
    one, all_of_them = (imported("deepseek_v3", num_experts_per_tok=k).tally.active for k in (1, E))
    assert all_of_them - one == 2 * (E - 1) * 3 * D * M
    assert all_of_them == imported("deepseek_v3").total


@pytest.mark.parametrize("keys", [{"n_routed_experts": 7}, {"n_group": 3}, {"num_experts_per_tok": 9}])
def test_experts_that_do_not_stand_in_groups_are_counted_all_the_same(keys):
    found = imported("deepseek_v3", **keys)
    experts = keys.get("n_routed_experts", E)
    assert found.total - imported("deepseek_v3").total == 2 * (experts - E) * (D + 3 * D * M)
    assert found.tally.provisional == 0


def test_experts_may_be_called_local():
    assert changes("deepseek_v3", n_routed_experts=..., num_local_experts=16) == changes(
        "deepseek_v3", n_routed_experts=16
    )
    assert remarks("deepseek_v3", n_routed_experts=..., num_local_experts=16) == []


def test_what_is_kept_beside_the_model_is_told():
    ((severity, key, cause),) = remarks("deepseek_v3", num_nextn_predict_layers=1)
    assert (severity, key) == ("note", "num_nextn_predict_layers")
    assert cause == "1 multi-token-prediction layers are kept beside the model and not counted."
    ((severity, key, _),) = remarks("deepseek_v3", moe_layer_freq=2)
    assert (severity, key) == ("note", "moe_layer_freq")
    assert remarks("deepseek_v3", moe_layer_freq=1) == []
