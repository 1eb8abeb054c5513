"""Short configurations of published cost figures, written out as configs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.published import entries

COSTS: dict[str, dict[str, Any]] = {entry["name"]: entry for entry in entries("costs.json")}
"""Total, active, cache, state and FLOPs per token, by the model's name."""


def config(entry: dict[str, Any]) -> dict[str, Any]:
    """The config that a short configuration stands for."""
    short = entry["config"]
    tied = {"tie_word_embeddings": short["tie"]}
    return {
        "model_type": entry["model_type"],
        "vocab_size": short["V"],
        **tied,
        **_FAMILY[entry["model_type"]](short),
    }


def _gpt2(short: dict[str, Any]) -> dict[str, Any]:
    return {"n_embd": short["d"], "n_layer": short["L"], "n_head": short["H"]}


def _bert(short: dict[str, Any]) -> dict[str, Any]:
    return {
        "hidden_size": short["d"],
        "num_hidden_layers": short["L"],
        "num_attention_heads": short["H"],
        "intermediate_size": short["ff"],
    }


def _llama(short: dict[str, Any]) -> dict[str, Any]:
    return {**_bert(short), "num_key_value_heads": short["KV"], "head_dim": short["hd"]}


def _deepseek(short: dict[str, Any]) -> dict[str, Any]:
    layers = {"hidden_size": short["d"], "num_hidden_layers": short["L"], "num_attention_heads": short["H"]}
    return {**layers, "intermediate_size": short["ff"], "n_routed_experts": short["E"]}


def _mamba(short: dict[str, Any]) -> dict[str, Any]:
    layers = {"hidden_size": short["d"], "num_hidden_layers": short["L"], "num_heads": short["H"]}
    return {**layers, "head_dim": short["hd"]}


def _t5(short: dict[str, Any]) -> dict[str, Any]:
    gated = {} if short["tie"] else {"feed_forward_proj": "gated-gelu"}
    return {
        "d_model": short["d"],
        "num_layers": short["L"],
        "num_heads": short["H"],
        "d_kv": short["hd"],
        "d_ff": short["ff"],
        **gated,
    }


_FAMILY: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "gpt2": _gpt2,
    "bert": _bert,
    "albert": _bert,
    "llama": _llama,
    "gemma3_text": _llama,
    "deepseek_v3": _deepseek,
    "mamba2": _mamba,
    "t5": _t5,
}
