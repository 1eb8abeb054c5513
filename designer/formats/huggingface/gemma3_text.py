"""Gemma 3, the text model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from designer.design.expression import Expression
from designer.design.making import group
from designer.design.tree import Group, Node, Pattern, Setting
from designer.formats.huggingface.config import Config
from designer.formats.huggingface.llama import headed
from designer.formats.huggingface.parts import Family, Head, Parts, activation
from designer.symbolic.issue import said
from designer.symbolic.schedule import Schedule

FULL, SLIDING = "full_attention", "sliding_attention"
THETA = {FULL: 1e6, SLIDING: 1e4}


def build(p: Parts, c: Config, head: Head) -> Node:
    """A Gemma 3: windowed layers with a full one now and then, norms around both branches."""
    hidden = c.count("hidden_size")
    times = c.count("num_hidden_layers", least=0)
    attention = _attention(p, c)
    mlp = p.node("mlp", name="mlp", hidden=c.count("intermediate_size", 9216),
                 activation=activation(c, "hidden_activation", "gelu_pytorch_tanh"))  # fmt: skip
    rows = c.count("vocab_size")
    eps = c.real("rms_norm_eps", 1e-6)

    def norm(name: str) -> Node:
        return p.rms_norm(name, eps=eps, plus_one=True)

    layer = (
        p.residual(norm("input_layernorm"), attention, norm("post_attention_layernorm"), label="attention"),
        p.residual(
            norm("pre_feedforward_layernorm"), mlp, norm("post_feedforward_layernorm"), label="feed-forward"
        ),
    )
    model = (
        p.node("token_embedding", rows=rows, hidden=hidden, scale=Expression("hidden_size ** 0.5")),
        p.node("repeat", *layer, name="layers", label="Decoder layer", times=times),
        norm("norm"),
    )
    c.ignore("attention_dropout", "attn_logit_softcapping", "hidden_act", "cache_implementation",
             "sliding_window_pattern", "_sliding_window_pattern", "rope_theta",
             "rope_local_base_freq")  # fmt: skip
    tied, softcap = c.flag("tie_word_embeddings", True), c.real("final_logit_softcapping", None)
    return headed(p, head, model, p.node("lm_head", rows=rows, tied=tied, softcap=softcap))


def _attention(p: Parts, c: Config) -> Node:
    both_ways = c.flag("use_bidirectional_attention", False)
    window: Setting = c.optional("sliding_window", 4096)
    if both_ways and window is not None:
        window = Expression("sliding_window // 2")
    bias = c.flag("attention_bias", False)
    scalar = c.real("query_pre_attn_scalar", 256.0) or 256.0
    if scalar < 0:
        raise c.refusal("query_pre_attn_scalar", said("{value} has no square root.", value=scalar))
    return p.node(
        "attention",
        name="self_attn",
        heads=c.count("num_attention_heads", 8),
        kv_heads=c.count("num_key_value_heads", 4),
        head_dim=c.count("head_dim", 256),
        bias=bias,
        out_bias=bias,
        qk_norm=group(p.registry, "qk_norm", eps=c.real("rms_norm_eps", 1e-6), plus_one=True),
        scale=scalar**-0.5,
        sees="all" if both_ways else "past",
        window=_by_kind(c, {FULL: None, SLIDING: window}),
        rope=_by_kind(c, {kind: _rope(p, c, kind) for kind in (FULL, SLIDING)}),
    )


def _by_kind(c: Config, meaning: Mapping[str, Setting]) -> Pattern:
    """A setting for each layer by its kind: the listed ones, or a full one every so many."""
    listed = c.get("layer_types")
    if listed is None:
        every = c.whole("sliding_window_pattern", c.whole("_sliding_window_pattern", 6))
        return Pattern((), (*(meaning[SLIDING],) * (min(every, 1000) - 1), meaning[FULL]))
    if not isinstance(listed, list) or not listed or any(kind not in tuple(meaning) for kind in listed):
        raise c.refusal("layer_types", said("It is no list of {kinds}.", kinds=" and ".join(meaning)))
    _as_long_as_layers(c, listed)
    shortest = Schedule.of(listed)
    first, cycle = (tuple(meaning[kind] for kind in part) for part in (shortest.first, shortest.cycle))
    return Pattern(first, cycle)


def _as_long_as_layers(c: Config, listed: list[Any]) -> None:
    layers = c.whole("num_hidden_layers", least=0)
    if len(listed) != layers:
        cause = said("It lists {listed} layers and there are {layers}.", listed=len(listed), layers=layers)
        raise c.refusal("layer_types", cause)


def _rope(p: Parts, c: Config, kind: str) -> Group:
    given = c.within("rope_parameters").within(kind)
    if kind == FULL:
        given = Config({**c.within("rope_scaling").raw, **given.raw}, given.place)
    old = c.real("rope_theta" if kind == FULL else "rope_local_base_freq", THETA[kind])
    return group(p.registry, "rope", theta=given.real("rope_theta", old), scaling=p.scaling(c, given))


FAMILY = Family(
    {"Gemma3ForCausalLM": "lm", "Gemma3TextModel": "base"},
    build,
    ("max_position_embeddings", 131072),
    prefix="model",
)
