"""BERT."""

from __future__ import annotations

from designer.design.expression import Expression
from designer.design.tree import Node, Setting
from designer.formats.huggingface.config import Config
from designer.formats.huggingface.parts import Family, Head, Parts, activation
from designer.symbolic.issue import said
from designer.symbolic.scope import Stored


def embeddings(p: Parts, c: Config, hidden: Setting, eps: float) -> Node:
    """Tokens, positions and segments, summed and normalised."""
    rows, positions = c.count("vocab_size"), c.count("max_position_embeddings", 512)
    return p.stack(
        "embeddings",
        p.node("token_embedding", names={"embed_tokens": "word_embeddings"}, rows=rows, hidden=hidden),
        p.node("learned_position", names={"embed_positions": "position_embeddings"}, rows=positions),
        p.node(
            "segment_embedding",
            names={"embed_segments": "token_type_embeddings"},
            rows=c.count("type_vocab_size", 2, least=0),
        ),
        p.layer_norm("LayerNorm", eps),
    )


def mlm_head(
    p: Parts, c: Config, hidden: Setting, eps: float, *, transform: str, norm: str
) -> tuple[Node, ...]:
    """The transform and the head that scores with the token table, its bias kept apart."""
    tied = c.flag("tie_word_embeddings", True)
    bias = (
        {"lm_head.bias": Stored("bias", also=("decoder.bias",))} if tied else {"spare_bias": Stored("bias")}
    )
    act = activation(c, "hidden_act", "gelu")
    return (
        p.node("mlm_transform", name=transform, names={"norm": norm}, hidden=hidden, activation=act, eps=eps),
        p.node(
            "lm_head",
            names={"lm_head": "decoder", **bias},
            rows=c.count("vocab_size"),
            tied=tied,
            bias=True,
            spare_bias=not tied,
        ),
    )


def build(p: Parts, c: Config, head: Head) -> Node:
    """A BERT: post-norm layers that see the whole sequence, or what came before where it is a decoder."""
    hidden = c.count("hidden_size")
    times, heads = c.count("num_hidden_layers", least=0), c.count("num_attention_heads", 12)
    inner = c.count("intermediate_size", 3072)
    eps = c.real("layer_norm_eps", 1e-12) or 0.0
    decodes, crossed = c.flag("is_decoder", False), c.flag("add_cross_attention", False)
    if crossed and not decodes:
        raise c.refusal("add_cross_attention", said("Cross-attention needs is_decoder to be true."))

    def attention(name: str, sees: str) -> tuple[Node, Node]:
        names = {
            "q_proj": "self.query",
            "k_proj": "self.key",
            "v_proj": "self.value",
            "o_proj": "output.dense",
        }
        width = Expression("hidden_size / num_attention_heads")
        mixer = p.node("attention", name=name, names=names, heads=heads, kv_heads=heads, head_dim=width,
                       bias=True, out_bias=True, rope=None, sees=sees)  # fmt: skip
        label = "cross-attention" if sees == "memory" else "attention"
        return p.residual(mixer, label=label), p.layer_norm(f"{name}.output.LayerNorm", eps)

    names = {"up_proj": "intermediate.dense", "down_proj": "output.dense"}
    mlp = p.node("mlp", names=names, hidden=inner, gate="no", bias=True,
                 activation=activation(c, "hidden_act", "gelu"))  # fmt: skip
    layer = (
        *attention("attention", "past" if decodes else "all"),
        *(attention("crossattention", "memory") if crossed else ()),
        p.residual(mlp, label="feed-forward"),
        p.layer_norm("output.LayerNorm", eps),
    )
    label = "Decoder layer" if decodes else "Encoder layer"
    model = (
        embeddings(p, c, hidden, eps),
        *([p.node("encoder_states", hidden=hidden)] if crossed else []),
        p.stack("encoder", p.node("repeat", *layer, name="layer", label=label, times=times)),
    )
    c.ignore("attention_probs_dropout_prob", "hidden_dropout_prob", "classifier_dropout", "directionality",
             "position_embedding_type", "pooler_fc_size", "pooler_num_attention_heads", "pooler_type",
             "pooler_num_fc_layers", "pooler_size_per_head", "tie_word_embeddings")  # fmt: skip
    _positions_are_absolute(c)
    if head == "base":
        return p.stack("", *model, p.node("pooler", name="pooler"))
    body = p.stack("bert", *model)
    if head == "none":
        return p.stack("", body)
    lm = mlm_head(p, c, hidden, eps, transform="transform", norm="LayerNorm")
    return p.stack("", body, p.stack("cls.predictions", *lm))


def _positions_are_absolute(c: Config) -> None:
    kind = c.word("position_embedding_type", "absolute")
    if kind != "absolute":
        cause = said(
            "Positions of kind {kind} are counted as absolute ones, as transformers 5 builds them.", kind=kind
        )
        c.remark("note", "position_embedding_type", cause)


FAMILY = Family(
    {"BertForMaskedLM": "mlm", "BertModel": "base", "BertLMHeadModel": "lm"},
    build,
    ("max_position_embeddings", 512),
    prefix="bert",
    spare=(
        "embeddings.position_ids",
        "embeddings.token_type_ids",
        "pooler.dense.*",  # published checkpoints hold what pretraining ended with
        "cls.seq_relationship.*",
    ),
)
