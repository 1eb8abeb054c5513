"""Llama: every key that changes a shape, and the classes that are built."""

from __future__ import annotations

import pytest

from tests.formats.huggingface.configs import changes, imported, remarks, tensors

D, F, L, H, K, W, V = 24, 40, 3, 6, 2, 4, 50
LAYER = "model.layers.*."
ATTENTION = LAYER + "self_attn."


def test_its_tensors_are_these():
    assert dict(tensors("llama")) == {
        ("model.embed_tokens.weight", (V, D)): 1,
        (ATTENTION + "q_proj.weight", (D, D)): L,
        (ATTENTION + "k_proj.weight", (K * W, D)): L,
        (ATTENTION + "v_proj.weight", (K * W, D)): L,
        (ATTENTION + "o_proj.weight", (D, D)): L,
        (LAYER + "mlp.gate_proj.weight", (F, D)): L,
        (LAYER + "mlp.up_proj.weight", (F, D)): L,
        (LAYER + "mlp.down_proj.weight", (D, F)): L,
        (LAYER + "input_layernorm.weight", (D,)): L,
        (LAYER + "post_attention_layernorm.weight", (D,)): L,
        ("model.norm.weight", (D,)): 1,
        ("lm_head.weight", (V, D)): 1,
    }


def test_a_head_width_of_its_own_and_no_grouped_heads():
    gone, new = changes("llama", head_dim=10)
    assert new == {
        ATTENTION + "q_proj.weight": (60, D),
        ATTENTION + "k_proj.weight": (20, D),
        ATTENTION + "v_proj.weight": (20, D),
        ATTENTION + "o_proj.weight": (D, 60),
    }
    assert gone.keys() == new.keys()
    for absent in (..., None):
        assert changes("llama", num_key_value_heads=absent)[1] == {
            ATTENTION + "k_proj.weight": (D, D),
            ATTENTION + "v_proj.weight": (D, D),
        }
        assert changes("llama", head_dim=absent) == ({}, {})


def test_biases_and_ties():
    assert changes("llama", attention_bias=True)[1] == {
        ATTENTION + "q_proj.bias": (D,),
        ATTENTION + "k_proj.bias": (K * W,),
        ATTENTION + "v_proj.bias": (K * W,),
        ATTENTION + "o_proj.bias": (D,),
    }
    assert changes("llama", mlp_bias=True)[1] == {
        LAYER + "mlp.gate_proj.bias": (F,),
        LAYER + "mlp.up_proj.bias": (F,),
        LAYER + "mlp.down_proj.bias": (D,),
    }
    assert changes("llama", tie_word_embeddings=True) == ({"lm_head.weight": (V, D)}, {})


@pytest.mark.parametrize(
    ("key", "value"),
    [("hidden_size", 36), ("intermediate_size", 41), ("vocab_size", 51), ("num_key_value_heads", 3)],
)
def test_every_size_reaches_its_tensors(key, value):
    gone, new = changes("llama", **{key: value})
    assert gone.keys() == new.keys() != set()
    assert imported("llama", **{key: value}).design.variables[key] == value


def test_layers_may_be_none_or_many():
    assert imported("llama", num_hidden_layers=0).total == 2 * V * D + D
    assert imported("llama", num_hidden_layers=500).tally.provisional == 0
    assert imported("llama", intermediate_size=...).design.variables["intermediate_size"] == 11008


def test_the_bare_model_has_names_of_its_own_and_no_head():
    bare = tensors("llama", architectures=["LlamaModel"])
    whole = tensors("llama")
    assert {name for name, _ in bare} == {
        name.removeprefix("model.") for name, _ in whole if name != "lm_head.weight"
    }


def test_an_unknown_class_counts_without_its_head_and_says_so():
    found = imported("llama", architectures=["LlamaForSequenceClassification"])
    assert found.total == imported("llama").total - V * D
    assert {t[0] for t in tensors("llama", architectures=["LlamaForSequenceClassification"])} == {
        name for name, _ in tensors("llama") if name != "lm_head.weight"
    }
    ((severity, key, cause),) = remarks("llama", architectures=["LlamaForSequenceClassification"])
    assert (severity, key) == ("unsound", "architectures")
    assert cause == "The head of class LlamaForSequenceClassification is not known and is not counted."


def test_a_variable_is_named_as_its_key_and_what_is_derived_is_an_expression():
    variables = imported("llama").design.variables
    assert variables["hidden_size"] == D
    assert str(variables["head_dim"].text) == "hidden_size / num_attention_heads"
    assert imported("llama", num_key_value_heads=...).design.variables["num_key_value_heads"].text == (
        "num_attention_heads"
    )
    assert imported("llama", head_dim=10).design.variables["head_dim"] == 10


def rope(**keys):
    design = imported("llama", **keys).design
    attention = next(n for n in design.tree.walk() if n.kind == "attention")
    return attention.fields["rope"]


@pytest.mark.parametrize(
    ("keys", "scaling"),
    [
        ({"rope_scaling": {"type": "linear", "factor": 2.0}}, "linear_scaling"),
        ({"rope_scaling": {"rope_type": "yarn", "factor": 4.0}}, "yarn_scaling"),
        (
            {
                "rope_parameters": {
                    "rope_type": "llama3",
                    "rope_theta": 5e5,
                    "factor": 8.0,
                    "low_freq_factor": 1.0,
                    "high_freq_factor": 4.0,
                    "original_max_position_embeddings": 8192,
                }
            },
            "llama3_scaling",
        ),
    ],
)
def test_rotary_scalings_are_read_from_old_keys_and_new(keys, scaling):
    assert rope(**keys).fields["scaling"].kind == scaling
    assert remarks("llama", **keys) == []
    assert imported("llama", **keys).total == imported("llama").total


def test_a_scaling_that_is_not_known_is_told():
    ((severity, key, cause),) = remarks("llama", rope_scaling={"rope_type": "longrope", "factor": 2.0})
    assert (severity, key) == ("warning", "rope_scaling")
    assert "longrope is not known" in cause
    assert rope(rope_theta=5e5).fields["theta"] == 5e5
    assert rope(rope_parameters={"rope_theta": 7e5}).fields["theta"] == 7e5


def test_an_activation_that_is_not_known_is_told():
    ((severity, key, cause),) = remarks("llama", hidden_act="mystery")
    assert (severity, key) == ("warning", "hidden_act")
    assert cause == "Activation mystery is not known and stands as SiLU; counts are right."
