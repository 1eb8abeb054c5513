"""Mamba-2."""

from __future__ import annotations

from designer.design.tree import Node
from designer.formats.huggingface.config import Config
from designer.formats.huggingface.llama import headed
from designer.formats.huggingface.parts import Family, Head, Parts, activation
from designer.symbolic.issue import said

UNLIMITED = (None, [0.0, float("inf")], [0.0, None], [0.0, {"__float__": "Infinity"}])
"""How configs say that a time step may be as long as it likes; transformers 5 writes the last."""


def build(p: Parts, c: Config, head: Head) -> Node:
    """A Mamba-2: state space mixers only."""
    hidden, times = c.count("hidden_size"), c.count("num_hidden_layers", least=0)
    eps = c.real("layer_norm_epsilon", 1e-5)
    mixer = p.node(
        "mamba2",
        name="mixer",
        heads=c.count("num_heads", 128),
        head_dim=c.count("head_dim", 64),
        groups=c.count("n_groups", 8),
        state=c.count("state_size", 128),
        kernel=c.count("conv_kernel", 4),
        expand=c.count("expand", 2),
        bias=c.flag("use_bias", False),
        conv_bias=c.flag("use_conv_bias", True),
        activation=activation(c, "hidden_act", "silu"),
        eps=eps,
    )
    rows = c.count("vocab_size")
    layer = p.residual(p.rms_norm("norm", eps=eps), mixer, label="mixer")
    model = (
        p.node("token_embedding", names={"embed_tokens": "embeddings"}, rows=rows, hidden=hidden),
        p.node("repeat", layer, name="layers", label="Mamba layer", times=times),
        p.rms_norm("norm_f", eps=eps),
    )
    c.ignore("residual_in_fp32", "time_step_rank", "time_step_min", "time_step_max", "time_step_floor",
             "rescale_prenorm_residual", "chunk_size", "time_step_limit", "norm_before_gate",
             "rms_norm")  # fmt: skip
    if c.get("time_step_limit") not in UNLIMITED:
        cause = said("Time steps are not limited; it changes no count, but logits.")
        c.remark("warning", "time_step_limit", cause)
    return headed(
        p, head, model, p.node("lm_head", rows=rows, tied=c.flag("tie_word_embeddings", False)), "backbone"
    )


FAMILY = Family(
    {"Mamba2ForCausalLM": "lm", "Mamba2Model": "base"},
    build,
    hub={"embeddings.weight": ("embedding.weight",)},
    prefix="backbone",
)
