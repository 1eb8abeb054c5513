"""GPT-2."""

from __future__ import annotations

from designer.design.expression import Expression
from designer.design.tree import Node, Pattern, Setting
from designer.formats.huggingface.config import Config
from designer.formats.huggingface.llama import headed
from designer.formats.huggingface.parts import Family, Head, Parts, activation, transposed
from designer.symbolic.issue import said


def build(p: Parts, c: Config, head: Head) -> Node:
    """A GPT-2: learned positions, pre-norm layers, weights kept [in, out]."""
    hidden = c.count("n_embd")
    times, heads = c.count("n_layer", least=0), c.count("n_head", 12)
    rows, positions = c.count("vocab_size"), c.count("n_positions", 1024)
    inner = c.derived("n_inner", "4 * n_embd")
    eps = c.real("layer_norm_epsilon", 1e-5) or 0.0
    width = Expression("n_embd / n_head")
    same = {
        "heads": heads,
        "kv_heads": heads,
        "head_dim": width,
        "rope": None,
        "bias": True,
        "out_bias": True,
    }

    attention = p.node("attention", name="attn", names=transposed(qkv_proj="c_attn", o_proj="c_proj"),
                       fused="qkv", scale=_scale(c), **same)  # fmt: skip
    act = activation(c, "activation_function", "gelu_new")
    mlp = p.node("mlp", name="mlp", names=transposed(up_proj="c_fc", down_proj="c_proj"), hidden=inner,
                 gate="no", bias=True, activation=act)  # fmt: skip
    layer = [p.residual(p.layer_norm("ln_1", eps), attention, label="attention")]
    crossed = c.flag("add_cross_attention", False)
    if crossed:
        names = transposed(q_proj="q_attn", kv_proj="c_attn", o_proj="c_proj")
        cross = p.node("attention", name="crossattention", names=names, fused="kv", sees="memory",
                       scale=_scale(c), **same)  # fmt: skip
        layer.append(p.residual(p.layer_norm("ln_cross_attn", eps), cross, label="cross-attention"))
    layer.append(p.residual(p.layer_norm("ln_2", eps), mlp, label="feed-forward"))

    model = (
        p.node("token_embedding", names={"embed_tokens": "wte"}, rows=rows, hidden=hidden),
        p.node("learned_position", names={"embed_positions": "wpe"}, rows=positions),
        *([p.node("encoder_states", hidden=hidden)] if crossed else []),
        p.node("repeat", *layer, name="h", label="Decoder layer", times=times),
        p.layer_norm("ln_f", eps),
    )
    c.ignore("resid_pdrop", "embd_pdrop", "attn_pdrop", "n_ctx", "summary_type", "summary_use_proj",
             "summary_activation", "summary_proj_to_labels", "summary_first_dropout",
             "reorder_and_upcast_attn")  # fmt: skip
    tied = c.flag("tie_word_embeddings", True)
    return headed(p, head, model, p.node("lm_head", rows=rows, tied=tied), "transformer")


def _scale(c: Config) -> Setting:
    """What scores are multiplied by: 1/√width unless the config says otherwise."""
    plain = Expression("(n_embd / n_head) ** -0.5") if c.flag("scale_attn_weights", True) else 1.0
    if not c.flag("scale_attn_by_inverse_layer_idx", False):
        return None if isinstance(plain, Expression) else plain
    layers = c.whole("n_layer", least=0)
    if layers > 1000:
        raise c.refusal("n_layer", said("{n} layers with a score scale each are too many.", n=layers))
    text = plain.text if isinstance(plain, Expression) else "1.0"
    return Pattern(tuple(Expression(f"{text} / {i + 1}") for i in range(layers)), (plain,))


FAMILY = Family(
    {"GPT2LMHeadModel": "lm", "GPT2Model": "base"},
    build,
    ("n_positions", 1024),
    {
        "n_embd": "hidden_size",
        "n_positions": "max_position_embeddings",
        "n_head": "num_attention_heads",
        "n_layer": "num_hidden_layers",
    },
    prefix="transformer",
    spare=(
        "h.*.attn.bias",
        "h.*.attn.masked_bias",
        "h.*.crossattention.bias",
        "h.*.crossattention.masked_bias",
    ),
)
