"""ALBERT."""

from __future__ import annotations

from designer.design.expression import Expression
from designer.design.tree import Node, Setting
from designer.formats.huggingface.bert import embeddings, mlm_head
from designer.formats.huggingface.config import Config
from designer.formats.huggingface.parts import Family, Head, Parts, activation
from designer.symbolic.issue import said


def build(p: Parts, c: Config, head: Head) -> Node:
    """An ALBERT: a narrow table, a projection, and groups of layers that share one set of weights each."""
    small, hidden = c.count("embedding_size", 128), c.count("hidden_size")
    eps = c.real("layer_norm_eps", 1e-12) or 0.0
    projection = p.node(
        "embedding_projection", names={"linear": "embedding_hidden_mapping_in"}, hidden=hidden
    )
    groups = _groups(p, c, eps)
    model = (embeddings(p, c, small, eps), p.stack("encoder", projection, *groups))
    c.ignore("attention_probs_dropout_prob", "hidden_dropout_prob", "classifier_dropout_prob", "gap_size",
             "net_structure_type", "num_memory_blocks", "down_scale_factor", "position_embedding_type",
             "tie_word_embeddings")  # fmt: skip
    if head == "base":
        return p.stack("", *model, p.node("pooler", names={"dense": "pooler"}))
    body = p.stack("albert", *model)
    if head == "none":
        return p.stack("", body)
    lm = mlm_head(p, c, small, eps, transform="", norm="LayerNorm")
    return p.stack("", body, p.stack("predictions", *lm))


def _groups(p: Parts, c: Config, eps: float) -> list[Node]:
    """One shared Repeat a group; layer i of L belongs to group ⌊i·groups/L⌋."""
    count, inner = c.whole("num_hidden_groups", 1), c.whole("inner_group_num", 1)
    if count == 1:
        return [_group(p, c, eps, 0, inner, c.count("num_hidden_layers"))]
    layers = c.whole("num_hidden_layers")
    if count > 1000 or layers > 100_000:
        raise c.refusal("num_hidden_groups", said("{n} groups are too many.", n=count))
    belongs = [int(i / (layers / count)) for i in range(layers)]
    if unused := count - len(set(belongs)):
        cause = (
            "{n} of {groups} groups are used by no layer; a checkpoint keeps them, and they are not counted."
        )
        c.remark("unsound", "num_hidden_groups", said(cause, n=unused, groups=count))
    return [_group(p, c, eps, group, inner, belongs.count(group)) for group in range(count)]


def _group(p: Parts, c: Config, eps: float, group: int, inner: int, times: Setting) -> Node:
    if inner > 1000:
        raise c.refusal("inner_group_num", said("{n} layers in a group are too many.", n=inner))
    layers = (_layer(p, c, eps, f"albert_layer_groups.{group}.albert_layers.{i}") for i in range(inner))
    return p.node("repeat", *layers, label="Shared layer", times=times, shared=True)


def _layer(p: Parts, c: Config, eps: float, name: str) -> Node:
    heads, hidden = c.count("num_attention_heads", 64), c.count("intermediate_size", 16384)
    names = {"q_proj": "query", "k_proj": "key", "v_proj": "value", "o_proj": "dense"}
    width = Expression("hidden_size / num_attention_heads")
    attention = p.node("attention", name="attention", names=names, heads=heads, kv_heads=heads,
                       head_dim=width, bias=True, out_bias=True, rope=None, sees="all")  # fmt: skip
    names = {"up_proj": "ffn", "down_proj": "ffn_output"}
    mlp = p.node("mlp", names=names, hidden=hidden, gate="no", bias=True,
                 activation=activation(c, "hidden_act", "gelu_new"))  # fmt: skip
    return p.stack(
        name,
        p.residual(attention, label="attention"),
        p.layer_norm("attention.LayerNorm", eps),
        p.residual(mlp, label="feed-forward"),
        p.layer_norm("full_layer_layer_norm", eps),
    )


FAMILY = Family(
    {"AlbertForMaskedLM": "mlm", "AlbertModel": "base"},
    build,
    ("max_position_embeddings", 512),
    prefix="albert",
    spare=(
        "embeddings.position_ids",
        "embeddings.token_type_ids",
        "pooler.*",  # published checkpoints hold what pretraining ended with
        "sop_classifier.*",
    ),
)
