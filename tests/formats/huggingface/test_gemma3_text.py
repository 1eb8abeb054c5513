"""Gemma 3: kinds of layers, windows, two rotary bases."""

from __future__ import annotations

import pytest

from designer.analysis.memory import kept
from designer.symbolic.issue import Refusal
from tests.formats.huggingface.configs import changes, imported, remarks, tensors

D, F, L, H, K, W, V = 24, 40, 7, 6, 2, 10, 50
LAYER = "model.layers.*."
FULL, SLIDING = "full_attention", "sliding_attention"


def test_its_tensors_are_these():
    found = dict(tensors("gemma3_text"))
    norms = ("input_layernorm", "post_attention_layernorm", "pre_feedforward_layernorm",
             "post_feedforward_layernorm")  # fmt: skip
    assert {pair: n for pair, n in found.items() if "norm" in pair[0]} == {
        **{(f"{LAYER}{norm}.weight", (D,)): L for norm in norms},
        (f"{LAYER}self_attn.q_norm.weight", (W,)): L,
        (f"{LAYER}self_attn.k_norm.weight", (W,)): L,
        ("model.norm.weight", (D,)): 1,
    }
    assert found[f"{LAYER}self_attn.q_proj.weight", (H * W, D)] == L
    assert found["model.embed_tokens.weight", (V, D)] == 1
    assert ("lm_head.weight", (V, D)) not in found


def test_ties_biases_and_widths():
    assert changes("gemma3_text", tie_word_embeddings=False)[1] == {"lm_head.weight": (V, D)}
    assert set(changes("gemma3_text", attention_bias=True)[1]) == {
        f"{LAYER}self_attn.{part}_proj.bias" for part in "qkvo"
    }
    assert imported("gemma3_text", head_dim=...).design.variables["head_dim"] == 256
    assert imported("gemma3_text", num_key_value_heads=...).design.variables["num_key_value_heads"] == 4


@pytest.mark.parametrize(
    ("keys", "full"),
    [
        ({}, [5]),
        ({"sliding_window_pattern": 3}, [2, 5]),
        ({"_sliding_window_pattern": 2}, [1, 3, 5]),
        ({"layer_types": [SLIDING] * 3 + [FULL] + [SLIDING] * 3}, [3]),
        ({"layer_types": [FULL] * L}, list(range(L))),
        ({"layer_types": [FULL] + [SLIDING] * 6, "sliding_window_pattern": 2}, [0]),
    ],
)
def test_which_layers_see_all_is_listed_or_comes_every_so_often(keys, full):
    tokens, row = 100, 2 * K * W
    found = kept(imported("gemma3_text", **keys).body, tokens).growing
    assert found == row * (tokens * len(full) + 8 * (L - len(full)))
    assert imported("gemma3_text", **keys).total == imported("gemma3_text").total
    assert remarks("gemma3_text", **keys) == []


@pytest.mark.parametrize(
    ("listed", "cause"),
    [
        ([SLIDING] * 3, "It lists 3 layers and there are 7."),
        ([SLIDING] * 6 + ["chunked"], "no list of full_attention and sliding_attention"),
        ([], "no list of"),
        ("full_attention", "no list of"),
    ],
)
def test_a_list_of_layers_that_is_none_is_refused(listed, cause):
    with pytest.raises(Refusal) as refusal:
        imported("gemma3_text", layer_types=listed)
    assert refusal.value.place == "layer_types"
    assert cause in str(refusal.value)


def test_without_a_window_every_layer_keeps_all():
    found = kept(imported("gemma3_text", sliding_window=None).body, 100).growing
    assert found == L * 2 * K * W * 100
    both_ways = imported("gemma3_text", use_bidirectional_attention=True)
    assert kept(both_ways.body, 100).growing == 0


def attention(**keys):
    design = imported("gemma3_text", **keys).design
    return next(n for n in design.tree.walk() if n.kind == "attention")


def test_full_and_sliding_layers_turn_by_their_own_base():
    sliding, *_, full = attention().fields["rope"].cycle
    assert (sliding.fields["theta"], full.fields["theta"]) == (1e4, 1e6)
    old = attention(rope_theta=5e5, rope_local_base_freq=3e4).fields["rope"].cycle
    assert (old[0].fields["theta"], old[-1].fields["theta"]) == (3e4, 5e5)
    stretched = {"rope_theta": 4e5, "rope_type": "linear", "factor": 8.0}
    by_kind = {SLIDING: {"rope_theta": 2e4}, FULL: stretched}
    new = attention(rope_parameters=by_kind).fields["rope"].cycle
    assert (new[0].fields["theta"], new[-1].fields["theta"]) == (2e4, 4e5)
    assert (new[0].fields["scaling"], new[-1].fields["scaling"].kind) == (None, "linear_scaling")
    assert attention(query_pre_attn_scalar=64).fields["scale"] == 0.125
