"""Tiny models of transformers with random weights, lopsided so that no two sizes pass for one another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import torch
import transformers

transformers.logging.set_verbosity_error()
torch.set_num_threads(1)  # models as small as these only wait for threads
VOCABULARY = 97

SETTINGS: Mapping[str, Mapping[str, Any]] = {
    "gpt2": {"n_embd": 48, "n_head": 4, "n_layer": 3, "n_positions": 64, "vocab_size": VOCABULARY},
    "bert": {
        "hidden_size": 48, "num_attention_heads": 4, "intermediate_size": 80, "num_hidden_layers": 3,
        "vocab_size": VOCABULARY, "max_position_embeddings": 64, "type_vocab_size": 3,
    },
    "llama": {
        "hidden_size": 64, "num_attention_heads": 4, "num_key_value_heads": 2, "intermediate_size": 112,
        "num_hidden_layers": 3, "vocab_size": VOCABULARY,
    },
    "gemma3_text": {
        "hidden_size": 64, "num_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 24,
        "intermediate_size": 112, "num_hidden_layers": 7, "vocab_size": VOCABULARY, "sliding_window": 5,
        "query_pre_attn_scalar": 32,
    },
    "deepseek_v3": {
        "hidden_size": 64, "num_attention_heads": 4, "num_key_value_heads": 4, "intermediate_size": 112,
        "moe_intermediate_size": 32, "num_hidden_layers": 3, "vocab_size": VOCABULARY, "q_lora_rank": 40,
        "kv_lora_rank": 24, "qk_nope_head_dim": 16, "qk_rope_head_dim": 8, "v_head_dim": 12,
        "n_routed_experts": 16, "n_group": 4, "topk_group": 2, "num_experts_per_tok": 4,
        "first_k_dense_replace": 1, "n_shared_experts": 1,
    },
    "t5": {
        "d_model": 48, "d_kv": 20, "d_ff": 96, "num_layers": 3, "num_decoder_layers": 2, "num_heads": 4,
        "vocab_size": VOCABULARY, "relative_attention_num_buckets": 12, "relative_attention_max_distance": 20,
    },
    "albert": {
        "hidden_size": 48, "embedding_size": 24, "num_attention_heads": 4, "intermediate_size": 80,
        "num_hidden_layers": 3, "vocab_size": VOCABULARY, "max_position_embeddings": 64,
    },
    "mamba2": {
        "hidden_size": 32, "num_hidden_layers": 3, "num_heads": 8, "head_dim": 8, "n_groups": 2,
        "state_size": 12, "vocab_size": VOCABULARY, "expand": 2, "chunk_size": 8,
    },
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Tiny:
    """A class of transformers, and its settings: `plain` ones of its kind, and what sets it apart."""

    id: str
    kind: str
    architecture: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    plain: bool = True

    def config(self) -> Any:
        """The config, its class named in it."""
        given = {**(SETTINGS[self.kind] if self.plain else {}), **self.settings}
        config = transformers.AutoConfig.for_model(self.kind, **given)
        config.architectures = [self.architecture]
        config._attn_implementation = config._experts_implementation = "eager"
        return config

    def model(self, seed: int = 0) -> Any:
        """The model with weights drawn large enough for a mistake to show."""
        torch.manual_seed(seed)
        model = getattr(transformers, self.architecture)(self.config()).eval()
        with torch.no_grad():
            for name, weight in model.named_parameters():
                weight.copy_(_drawn(self.kind, name, weight))
            for name, buffer in model.named_buffers():
                if "correction" in name:
                    buffer.copy_(torch.randn_like(buffer) * 0.1)
        return model


def _drawn(kind: str, name: str, weight: torch.Tensor) -> torch.Tensor:
    if name.endswith("A_log"):
        return torch.rand_like(weight)
    if weight.dim() > 1:
        return torch.randn_like(weight) * 0.25
    scale = name.endswith("weight") and ("norm" in name.lower() or "ln_" in name) and kind != "gemma3_text"
    return torch.randn_like(weight) * 0.3 + (1.0 if scale else 0.0)
