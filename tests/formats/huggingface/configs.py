"""Small, lopsided configs of every family, and what a change of a key changes in the tensors."""

from __future__ import annotations

from collections import Counter
from typing import Any

from designer.analysis.measured import Measured
from designer.analysis.tensors import patterns
from tests.published import of_config

Shapes = dict[str, tuple[int, ...]]

SMALL: dict[str, dict[str, Any]] = {
    "llama": {
        "hidden_size": 24,
        "intermediate_size": 40,
        "num_hidden_layers": 3,
        "num_attention_heads": 6,
        "num_key_value_heads": 2,
        "vocab_size": 50,
    },
    "gpt2": {"n_embd": 24, "n_layer": 3, "n_head": 6, "vocab_size": 50, "n_positions": 17},
    "bert": {
        "hidden_size": 24,
        "intermediate_size": 40,
        "num_hidden_layers": 3,
        "num_attention_heads": 6,
        "vocab_size": 50,
        "max_position_embeddings": 17,
    },
    "albert": {
        "embedding_size": 5,
        "hidden_size": 24,
        "intermediate_size": 40,
        "num_hidden_layers": 6,
        "num_attention_heads": 6,
        "vocab_size": 50,
        "max_position_embeddings": 17,
    },
    "gemma3_text": {
        "hidden_size": 24,
        "intermediate_size": 40,
        "num_hidden_layers": 7,
        "num_attention_heads": 6,
        "num_key_value_heads": 2,
        "head_dim": 10,
        "vocab_size": 50,
        "sliding_window": 8,
    },
    "deepseek_v3": {
        "hidden_size": 24,
        "intermediate_size": 40,
        "moe_intermediate_size": 7,
        "num_hidden_layers": 5,
        "num_attention_heads": 6,
        "n_routed_experts": 8,
        "n_group": 2,
        "topk_group": 1,
        "num_experts_per_tok": 2,
        "q_lora_rank": 9,
        "kv_lora_rank": 11,
        "qk_nope_head_dim": 4,
        "qk_rope_head_dim": 2,
        "v_head_dim": 5,
        "vocab_size": 50,
    },
    "t5": {"d_model": 24, "d_kv": 5, "d_ff": 40, "num_layers": 3, "num_heads": 6, "vocab_size": 50},
    "mamba2": {
        "hidden_size": 12,
        "num_hidden_layers": 3,
        "num_heads": 6,
        "head_dim": 4,
        "n_groups": 2,
        "state_size": 5,
        "vocab_size": 50,
    },
}


def config(family: str, **keys: Any) -> dict[str, Any]:
    """The family's small config with keys changed; a key of `...` is taken away."""
    changed = {"model_type": family, **SMALL[family], **keys}
    return {key: value for key, value in changed.items() if value is not ...}


def imported(family: str, **keys: Any) -> Measured:
    """The small config with keys changed, as a design."""
    return of_config(config(family, **keys))


def tensors(family: str, **keys: Any) -> Counter[tuple[str, tuple]]:
    """(starred name, shape) of every parameter, and how many there are."""
    found: Counter[tuple[str, tuple]] = Counter()
    for tensor in patterns(imported(family, **keys).body):
        if tensor.tied_to is None:
            found[tensor.name, tensor.shape] += tensor.copies
    return found


def changes(family: str, before: dict[str, Any] | None = None, **keys: Any) -> tuple[Shapes, Shapes]:
    """The tensors that a change of keys takes away and those that it brings."""
    old, new = tensors(family, **(before or {})), tensors(family, **{**(before or {}), **keys})
    return dict((old - new).keys()), dict((new - old).keys())


def remarks(family: str, **keys: Any) -> list[tuple[str, str, str]]:
    """(severity, key, sentence) of everything that the import had to say."""
    return [(r.severity, r.where, str(r.cause)) for r in imported(family, **keys).design.remarks]
