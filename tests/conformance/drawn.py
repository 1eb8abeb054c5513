"""Configs drawn at random: every key that changes a shape, there and absent, in new and in older spelling."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from typing import Any, NamedTuple

Settings = dict[str, Any]


class Drawn(NamedTuple):
    """A class of transformers and the settings of its config; `older` are the same in a hub's older keys."""

    kind: str
    architecture: str
    settings: Settings
    older: Settings


def drawn(kind: str, seed: int) -> Drawn:
    """The config of a kind that belongs to a seed."""
    r = Random(f"{kind} {seed}")
    architecture, settings = FAMILIES[kind](r)
    return Drawn(kind, architecture, settings, _older(settings))


def _older(settings: Settings) -> Settings:
    """Keys as configs had them before transformers 5."""
    old = dict(settings)
    rope = old.pop("rope_parameters", None)
    if rope is not None and "rope_type" in rope:
        rope = dict(rope)
        old["rope_theta"] = rope.pop("rope_theta")
        if rope["rope_type"] != "default":
            old["rope_scaling"] = {"type": rope["rope_type"], **rope}
    return old


def _gpt2(r: Random) -> tuple[str, Settings]:
    heads = r.choice((1, 2, 3, 5))
    settings: Settings = {
        "n_head": heads,
        "n_embd": heads * r.randrange(2, 9),
        "n_layer": r.randrange(1, 5),
        "n_positions": r.randrange(7, 40),
        "vocab_size": r.randrange(11, 99),
        "n_inner": r.choice((None, r.randrange(5, 50))),
        "add_cross_attention": r.random() < 0.4,
    }
    return _class(r, settings, "GPT2LMHeadModel", "GPT2Model")


def _bert(r: Random) -> tuple[str, Settings]:
    heads = r.choice((1, 2, 3))
    settings: Settings = {
        "num_attention_heads": heads,
        "hidden_size": heads * r.randrange(2, 9),
        "intermediate_size": r.randrange(5, 50),
        "num_hidden_layers": r.randrange(1, 5),
        "vocab_size": r.randrange(11, 99),
        "max_position_embeddings": r.randrange(7, 40),
        "type_vocab_size": r.randrange(1, 4),
    }
    if r.random() < 0.4:
        settings |= {"is_decoder": True, "add_cross_attention": r.random() < 0.6}
    masked = "BertLMHeadModel" if "is_decoder" in settings else "BertForMaskedLM"
    return _class(r, settings, masked, "BertModel")


def _llama(r: Random) -> tuple[str, Settings]:
    heads, kv = _heads(r)
    settings: Settings = {
        "num_attention_heads": heads,
        "hidden_size": heads * 2 * r.randrange(2, 6),
        "intermediate_size": r.randrange(5, 50),
        "num_hidden_layers": r.randrange(1, 5),
        "vocab_size": r.randrange(11, 99),
        "attention_bias": r.random() < 0.3,
        "mlp_bias": r.random() < 0.3,
        "rope_parameters": _rope(r),
    }
    if r.random() < 0.7:
        settings["num_key_value_heads"] = kv
    if r.random() < 0.5:
        settings["head_dim"] = 2 * r.randrange(2, 9)
    return _class(r, settings, "LlamaForCausalLM", "LlamaModel")


def _gemma3(r: Random) -> tuple[str, Settings]:
    heads, kv = _heads(r)
    layers = r.randrange(1, 9)
    settings: Settings = {
        "num_attention_heads": heads,
        "num_key_value_heads": kv,
        "hidden_size": heads * 2 * r.randrange(2, 6),
        "head_dim": 2 * r.randrange(2, 9),
        "intermediate_size": r.randrange(5, 50),
        "num_hidden_layers": layers,
        "vocab_size": r.randrange(11, 99),
        "attention_bias": r.random() < 0.3,
        "sliding_window": r.randrange(3, 9),
    }
    if r.random() < 0.6:
        settings["layer_types"] = [r.choice(("full_attention", "sliding_attention")) for _ in range(layers)]
    return _class(r, settings, "Gemma3ForCausalLM", "Gemma3TextModel")


def _deepseek_v3(r: Random) -> tuple[str, Settings]:
    groups, each = r.choice((1, 2, 4)), r.randrange(2, 5)
    heads, layers = r.choice((1, 2, 4)), r.randrange(1, 5)
    active_groups = r.randrange(1, groups + 1)
    settings: Settings = {
        "num_attention_heads": heads,
        "num_key_value_heads": heads,
        "hidden_size": r.randrange(5, 40),
        "intermediate_size": r.randrange(5, 50),
        "moe_intermediate_size": r.randrange(5, 20),
        "num_hidden_layers": layers,
        "vocab_size": r.randrange(11, 99),
        "q_lora_rank": r.choice((None, r.randrange(3, 20))),
        "kv_lora_rank": r.randrange(3, 20),
        "qk_nope_head_dim": r.randrange(3, 12),
        "qk_rope_head_dim": 2 * r.randrange(1, 5),
        "v_head_dim": r.randrange(3, 12),
        "n_routed_experts": groups * each,
        "n_group": groups,
        "topk_group": active_groups,
        "num_experts_per_tok": r.randrange(1, active_groups * each + 1),
        "n_shared_experts": r.randrange(1, 3),
        "first_k_dense_replace": r.randrange(0, layers + 2),
        "attention_bias": r.random() < 0.3,
        "rope_parameters": _rope(r),
    }
    return _class(r, settings, "DeepseekV3ForCausalLM", "DeepseekV3Model")


def _t5(r: Random) -> tuple[str, Settings]:
    settings: Settings = {
        "num_heads": r.choice((1, 2, 3)),
        "d_model": r.randrange(5, 40),
        "d_kv": r.randrange(2, 12),
        "d_ff": r.randrange(5, 50),
        "num_layers": r.randrange(1, 5),
        "vocab_size": r.randrange(11, 99),
        "relative_attention_num_buckets": 2 * r.randrange(2, 9),
        "feed_forward_proj": r.choice(("relu", "gated-gelu", "gated-silu", "gelu")),
    }
    if r.random() < 0.6:
        settings["num_decoder_layers"] = r.randrange(1, 5)
    return r.choice(("T5ForConditionalGeneration", "T5Model", "T5EncoderModel")), settings


def _albert(r: Random) -> tuple[str, Settings]:
    heads, layers = r.choice((1, 2, 3)), r.randrange(1, 7)
    settings: Settings = {
        "num_attention_heads": heads,
        "hidden_size": heads * r.randrange(2, 9),
        "embedding_size": r.randrange(3, 20),
        "intermediate_size": r.randrange(5, 50),
        "num_hidden_layers": layers,
        "num_hidden_groups": r.randrange(1, layers + 1),
        "inner_group_num": r.randrange(1, 3),
        "vocab_size": r.randrange(11, 99),
        "max_position_embeddings": r.randrange(7, 40),
        "type_vocab_size": r.randrange(1, 4),
    }
    return _class(r, settings, "AlbertForMaskedLM", "AlbertModel")


def _mamba2(r: Random) -> tuple[str, Settings]:
    groups, each = r.choice((1, 2, 3)), r.randrange(1, 4)
    expand, width = r.choice((1, 2)), 2 * r.randrange(1, 5)
    settings: Settings = {
        "n_groups": groups,
        "num_heads": groups * each,
        "head_dim": expand * width,
        "hidden_size": groups * each * width,
        "expand": expand,
        "state_size": r.randrange(3, 20),
        "conv_kernel": r.randrange(2, 6),
        "num_hidden_layers": r.randrange(1, 5),
        "vocab_size": r.randrange(11, 99),
        "use_bias": r.random() < 0.3,
        "use_conv_bias": r.random() < 0.7,
    }
    return _class(r, settings, "Mamba2ForCausalLM", "Mamba2Model")


def _class(r: Random, settings: Settings, headed: str, bare: str) -> tuple[str, Settings]:
    if r.random() < 0.5:
        settings["tie_word_embeddings"] = r.random() < 0.5
    return r.choice((headed, headed, bare)), settings


def _heads(r: Random) -> tuple[int, int]:
    kv = r.choice((1, 2, 3))
    return kv * r.choice((1, 2, 3)), kv


def _rope(r: Random) -> Settings:
    theta = r.choice((10000.0, 500000.0))
    scalings: tuple[Settings, ...] = (
        {"rope_type": "default"},
        {"rope_type": "linear", "factor": 2.0},
        {
            "rope_type": "llama3",
            "factor": 8.0,
            "low_freq_factor": 1.0,
            "high_freq_factor": 4.0,
            "original_max_position_embeddings": 64,
        },
        {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 64},
    )
    return {**r.choice(scalings), "rope_theta": theta}


FAMILIES: Mapping[str, Callable[[Random], tuple[str, Settings]]] = {
    "gpt2": _gpt2,
    "bert": _bert,
    "llama": _llama,
    "gemma3_text": _gemma3,
    "deepseek_v3": _deepseek_v3,
    "t5": _t5,
    "albert": _albert,
    "mamba2": _mamba2,
}
