"""Llama, and the decoder that its relatives share."""

from __future__ import annotations

from designer.design.tree import Node, Setting
from designer.formats.huggingface.config import Config
from designer.formats.huggingface.parts import Family, Head, Parts, activation


def decoder(
    p: Parts, c: Config, head: Head, layers: Setting, attention: Node, mlp: Node, *, tied: bool
) -> Node:
    """Pre-norm layers of attention and feed-forward between a token table and a head, under Llama's names."""
    eps = c.real("rms_norm_eps", 1e-6)
    rows, hidden = c.count("vocab_size"), c.count("hidden_size")
    layer = (
        p.residual(p.rms_norm("input_layernorm", eps=eps), attention, label="attention"),
        p.residual(p.rms_norm("post_attention_layernorm", eps=eps), mlp, label="feed-forward"),
    )
    model = (
        p.node("token_embedding", rows=rows, hidden=hidden),
        p.node("repeat", *layer, name="layers", label="Decoder layer", times=layers),
        p.rms_norm("norm", eps=eps),
    )
    return headed(p, head, model, p.node("lm_head", rows=rows, tied=tied))


def headed(p: Parts, head: Head, model: tuple[Node, ...], lm_head: Node, prefix: str = "model") -> Node:
    """A model with its head; or bare, under its own names or those of a class whose head is not known."""
    if head == "base":
        return p.stack("", *model)
    body = p.stack(prefix, *model)
    return p.stack("", body) if head == "none" else p.stack("", body, lm_head)


def build(p: Parts, c: Config, head: Head) -> Node:
    """A Llama."""
    c.count("hidden_size")
    layers = c.count("num_hidden_layers", least=0)
    bias = c.flag("attention_bias", False)
    attention = p.node(
        "attention",
        name="self_attn",
        heads=c.count("num_attention_heads", 32),
        kv_heads=c.derived("num_key_value_heads", "num_attention_heads"),
        head_dim=c.derived("head_dim", "hidden_size / num_attention_heads"),
        bias=bias,
        out_bias=bias,
        rope=p.rope(c),
    )
    mlp = p.node(
        "mlp",
        name="mlp",
        hidden=c.count("intermediate_size", 11008),
        activation=activation(c, "hidden_act", "silu"),
        bias=c.flag("mlp_bias", False),
    )
    c.ignore("attention_dropout", "rope_theta")
    return decoder(p, c, head, layers, attention, mlp, tied=c.flag("tie_word_embeddings", False))


FAMILY = Family(
    {"LlamaForCausalLM": "lm", "LlamaModel": "base"},
    build,
    ("max_position_embeddings", 2048),
    prefix="model",
    spare=("layers.*.self_attn.rotary_emb.inv_freq",),
)
