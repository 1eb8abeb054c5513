"""The same search by a plain loop: each design resolved, traced and counted by itself with ints."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import product

from designer.analysis.issues import issues
from designer.analysis.measured import Measured
from designer.blocks.palette import registry
from designer.design.edits import set_variable
from designer.design.tree import Design
from designer.formats.huggingface.importing import design_of

REGISTRY = registry()

LLAMA = {
    "model_type": "llama",
    "hidden_size": 4096,
    "intermediate_size": 14336,
    "num_attention_heads": 32,
    "num_key_value_heads": 8,
    "num_hidden_layers": 32,
    "vocab_size": 128256,
    "max_position_embeddings": 8192,
}
CONFIGS = {
    "llama": LLAMA,
    "gpt2": {
        "model_type": "gpt2",
        "n_embd": 64,
        "n_head": 4,
        "n_layer": 3,
        "vocab_size": 99,
        "n_positions": 32,
    },
    "bert": {
        "model_type": "bert",
        "hidden_size": 64,
        "num_attention_heads": 4,
        "num_hidden_layers": 3,
        "intermediate_size": 100,
        "vocab_size": 99,
        "max_position_embeddings": 32,
    },
    "gemma3_text": {
        "model_type": "gemma3_text",
        "hidden_size": 64,
        "intermediate_size": 96,
        "num_attention_heads": 4,
        "num_key_value_heads": 2,
        "head_dim": 16,
        "num_hidden_layers": 8,
        "vocab_size": 99,
        "sliding_window": 16,
        "max_position_embeddings": 128,
    },
    "deepseek_v3": {
        "model_type": "deepseek_v3",
        "hidden_size": 64,
        "intermediate_size": 96,
        "moe_intermediate_size": 32,
        "num_hidden_layers": 4,
        "first_k_dense_replace": 1,
        "num_attention_heads": 4,
        "num_key_value_heads": 4,
        "n_routed_experts": 8,
        "num_experts_per_tok": 2,
        "n_group": 2,
        "topk_group": 1,
        "n_shared_experts": 1,
        "q_lora_rank": 24,
        "kv_lora_rank": 16,
        "qk_nope_head_dim": 8,
        "qk_rope_head_dim": 4,
        "v_head_dim": 8,
        "vocab_size": 99,
        "max_position_embeddings": 64,
    },
    "t5": {
        "model_type": "t5",
        "d_model": 64,
        "d_kv": 16,
        "d_ff": 96,
        "num_layers": 3,
        "num_decoder_layers": 2,
        "num_heads": 4,
        "vocab_size": 99,
    },
    "albert": {
        "model_type": "albert",
        "hidden_size": 64,
        "embedding_size": 16,
        "num_attention_heads": 4,
        "num_hidden_layers": 6,
        "num_hidden_groups": 2,
        "inner_group_num": 1,
        "intermediate_size": 96,
        "vocab_size": 99,
        "max_position_embeddings": 32,
    },
    "mamba2": {
        "model_type": "mamba2",
        "hidden_size": 32,
        "num_heads": 8,
        "head_dim": 8,
        "n_groups": 2,
        "state_size": 16,
        "expand": 2,
        "num_hidden_layers": 3,
        "vocab_size": 99,
    },
}


@cache
def design(family: str) -> Design:
    """A small design of a family, and Llama-3-8B."""
    return design_of(CONFIGS[family], REGISTRY)


def measured(family: str) -> Measured:
    """The same with its readings, its memory fresh."""
    return Measured(design(family), REGISTRY)


@dataclass(frozen=True)
class Counted:
    """One design of a grid: whether it fits and its numbers, by name."""

    index: int
    variables: dict
    fits: bool
    values: dict


def each(start: Measured, ranges: dict[str, list], readings: list[str]) -> list[Counted]:
    """Every design of a grid, in its order, by a loop."""
    before = {str(issue.cause) for issue in issues(start)}
    found = []
    for index, point in enumerate(product(*ranges.values())):
        variables = dict(zip(ranges, point, strict=True))
        changed = start.design
        for name, value in variables.items():
            changed = set_variable(changed, name, value)
        one = Measured(changed, REGISTRY, start.memo)
        faults = [i for i in issues(one) if i.severity != "note" and i.where != "scenario"]
        fits = all(str(issue.cause) in before for issue in faults)
        values = {name: one.reading(name) for name in readings}
        found.append(Counted(index, variables, fits, {**one.resolved.valued.numbers, **values}))
    return found


def spelled(ranges: dict[str, list]) -> list[tuple[str, str]]:
    """The ranges as a command line has them."""
    return [(name, ",".join(map(str, values))) for name, values in ranges.items()]


def exactly(number: object) -> object:
    """A number as it compares without rounding."""
    return number if isinstance(number, int) else Fraction(str(number))
