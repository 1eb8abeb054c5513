"""Exported graphs agree with transformers on whole texts, on texts in pieces, on padded texts."""

from __future__ import annotations

import pytest

pytest.importorskip("torch", reason="torch and transformers are the other side of this comparison")
pytest.importorskip("transformers", reason="torch and transformers are the other side of this comparison")
pytest.importorskip("onnxruntime", reason="onnxruntime runs what is exported")

import numpy as np
import torch

from tests.conformance.drawn import FAMILIES, drawn
from tests.conformance.exported import TOLERANCE, Pair, pair
from tests.conformance.tiny import Tiny
from tests.formats.onnx.running import off_by

YARN = {
    "rope_type": "yarn", "rope_theta": 10000.0, "factor": 4.0, "original_max_position_embeddings": 16,
    "beta_fast": 32, "beta_slow": 1, "mscale": 0.8, "mscale_all_dim": 1.0,
}  # fmt: skip
LLAMA3 = {
    "rope_type": "llama3", "rope_theta": 10000.0, "factor": 4.0, "original_max_position_embeddings": 16,
    "low_freq_factor": 1.0, "high_freq_factor": 4.0,
}  # fmt: skip
LONG_ENOUGH = {kind: {} for kind in FAMILIES} | {
    "gpt2": {"n_positions": 20},
    "bert": {"max_position_embeddings": 20, "type_vocab_size": 2},
    "albert": {"max_position_embeddings": 20, "type_vocab_size": 2},
}
LINEAR = {"rope_type": "linear", "rope_theta": 10000.0, "factor": 3.0}

LEFT = (
    Tiny("gpt2", "gpt2", "GPT2LMHeadModel", {"n_inner": 100}),
    Tiny("gpt2 bare", "gpt2", "GPT2Model", {"scale_attn_weights": False}),
    Tiny("gpt2 with cross-attention", "gpt2", "GPT2LMHeadModel",
         {"add_cross_attention": True, "scale_attn_by_inverse_layer_idx": True, "n_inner": 100}),
    Tiny("llama", "llama", "LlamaForCausalLM", {"head_dim": 24, "attention_bias": True, "mlp_bias": True}),
    Tiny("llama 3 scaling, tied", "llama", "LlamaForCausalLM",
         {"rope_parameters": LLAMA3, "tie_word_embeddings": True}),
    Tiny("llama with YaRN", "llama", "LlamaForCausalLM", {"rope_parameters": YARN}),
    Tiny("llama bare, linear scaling", "llama", "LlamaModel", {"rope_parameters": LINEAR}),
    Tiny("gemma 3", "gemma3_text", "Gemma3ForCausalLM"),
    Tiny("gemma 3 with softcap and biases", "gemma3_text", "Gemma3ForCausalLM",
         {"final_logit_softcapping": 7.0, "attention_bias": True, "tie_word_embeddings": False}),
    Tiny("deepseek v3 with YaRN", "deepseek_v3", "DeepseekV3ForCausalLM", {"rope_parameters": YARN}),
    Tiny("deepseek v3 with straight queries", "deepseek_v3", "DeepseekV3ForCausalLM",
         {"q_lora_rank": None, "attention_bias": True, "norm_topk_prob": False, "n_shared_experts": 2}),
)  # fmt: skip
"""Decoders that take padding on the left."""
STATES = (
    Tiny("mamba 2", "mamba2", "Mamba2ForCausalLM"),
    Tiny("mamba 2 with biases, tied", "mamba2", "Mamba2ForCausalLM",
         {"use_bias": True, "use_conv_bias": False, "n_groups": 4, "tie_word_embeddings": True}),
)  # fmt: skip
WRITERS = (
    Tiny("t5", "t5", "T5ForConditionalGeneration"),
    Tiny("t5 gated", "t5", "T5ForConditionalGeneration", {"feed_forward_proj": "gated-gelu"}),
    Tiny("t5 bare", "t5", "T5Model"),
    Tiny("bert as decoder", "bert", "BertLMHeadModel", {"is_decoder": True, "add_cross_attention": True}),
)
ENCODERS = (
    Tiny("bert", "bert", "BertForMaskedLM"),
    Tiny("bert with pooler", "bert", "BertModel"),
    Tiny("gemma 3 both ways", "gemma3_text", "Gemma3TextModel",
         {"use_bidirectional_attention": True, "sliding_window": 6}),
    Tiny("t5 encoder", "t5", "T5EncoderModel", {"feed_forward_proj": "gated-silu"}),
    Tiny("albert in groups", "albert", "AlbertForMaskedLM",
         {"num_hidden_layers": 5, "num_hidden_groups": 2, "inner_group_num": 2}),
    Tiny("albert with pooler", "albert", "AlbertModel"),
)  # fmt: skip


DRAWN = [
    Tiny(f"{kind} {seed}", kind, case.architecture, {**case.settings, **LONG_ENOUGH[kind]}, plain=False)
    for kind in FAMILIES
    for seed, case in ((seed, drawn(kind, seed)) for seed in range(6))
]
"""Models that nobody has chosen."""


def named(*cases):
    return pytest.mark.parametrize("tiny", cases, ids=lambda tiny: tiny.id)


@named(*LEFT, *STATES, *WRITERS, *ENCODERS)
def test_a_whole_text_is_read_alike(tiny):
    assert pair(tiny).off() < TOLERANCE


@named(*LEFT, *STATES, *WRITERS)
def test_a_text_in_pieces_is_read_alike(tiny):
    assert pair(tiny).off_step_by_step() < TOLERANCE


@named(*DRAWN)
def test_a_drawn_model_is_read_alike(tiny):
    """As near as transformers is to itself, where sizes of one or two magnify rounding."""
    both = Pair(tiny)
    remembers = len(both.answers) < len(both.graph.outputs)
    off = max(both.off(), both.off_step_by_step() if remembers else 0.0)
    assert off < TOLERANCE or off < 2 * both.rounding()


@named(*LEFT)
def test_padding_on_the_left_changes_nothing(tiny):
    both = pair(tiny)
    mask = both.texts["attention_mask"].clone()
    mask[0, :4] = 0
    at = (mask.cumsum(-1) - 1).clamp(min=0)
    answer = both.answers[0]
    theirs = both.theirs(attention_mask=mask, position_ids=at)[answer]
    ours = both.ours(attention_mask=mask, position_ids=at)[answer]
    assert np.isfinite(ours).all()
    assert off_by(ours[0, 4:], theirs[0, 4:]) < TOLERANCE
    assert off_by(ours[1], theirs[1]) < TOLERANCE


@named(*ENCODERS, *WRITERS)
def test_padding_on_the_right_changes_nothing(tiny):
    both = pair(tiny)
    mask = both.texts["attention_mask"].clone()
    mask[0, 9:] = 0
    for answer in both.answers:
        theirs, ours = (side(attention_mask=mask)[answer] for side in (both.theirs, both.ours))
        real = slice(None) if theirs.ndim == 2 or theirs.shape[1] != mask.shape[1] else slice(9)
        assert off_by(ours[0, real], theirs[0, real]) < TOLERANCE
        assert off_by(ours[1], theirs[1]) < TOLERANCE


@named(LEFT[0], LEFT[3], LEFT[7], LEFT[9], STATES[0])
def test_a_model_speaks_on_as_transformers_does(tiny):
    """Greedy: each step takes the word that the step before found likeliest."""
    both = pair(tiny)
    text, past, read = both.texts["input_ids"][:, :4], None, 0
    for _ in range(8):
        length = text.shape[1]
        changed = {
            "input_ids": text[:, read:],
            "attention_mask": both.texts["attention_mask"][:, :length],
            "position_ids": both.texts["position_ids"][:, read:length],
        }
        past = both.ours(past, **changed)
        word = past["logits"][:, -1].argmax(-1)
        with torch.no_grad():
            assert (word == both.model(text).logits[:, -1].argmax(-1).numpy()).all()
        text, read = torch.cat([text, torch.from_numpy(word)[:, None]], 1), length
