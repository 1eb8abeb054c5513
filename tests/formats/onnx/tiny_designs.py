"""Small designs that between them hold every block and every way in which blocks may stand to each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from designer.analysis.measured import Measured
from designer.blocks.palette import registry
from designer.design.making import group, make
from designer.design.tree import Design, Node, Pattern, Run
from designer.symbolic.scope import Stored

REGISTRY = registry()
ROWS, WIDTH = 29, 16
"""The vocabulary and the width of every design here."""

node = partial(make, REGISTRY)
value = partial(group, REGISTRY)


def embedded(*layers: Node, head: bool = True, **embedding) -> Node:
    """Layers between a token table and a head."""
    table = node("token_embedding", rows=ROWS, hidden=WIDTH, name="model", **embedding)
    end = (node("lm_head", name="head", rows=ROWS),) if head else ()
    return node("stack", table, *layers, *end)


def attention(**fields) -> Node:
    """Attention of 4 query heads over 2 key heads, 6 wide, unless said otherwise."""
    return node("attention", **{"name": "attn", "heads": 4, "kv_heads": 2, "head_dim": 6, **fields})


def mlp(**fields) -> Node:
    """A feed-forward 20 wide."""
    return node("mlp", **{"name": "mlp", "hidden": 20, **fields})


def residual(*inside: Node, name: str = "") -> Node:
    """A branch behind a norm."""
    return node("residual", node("rms_norm", name=f"{name}norm"), *inside)


def layers(*inside: Node, times: int = 3, **fields) -> Node:
    """A Repeat called layers."""
    return node("repeat", *inside, times=times, **{"name": "layers", **fields})


def gpt() -> Node:
    return node(
        "stack",
        node("token_embedding", rows=ROWS, hidden=WIDTH, name="wte", scale=1.5),
        node("learned_position", rows=32, name="wpe"),
        node("dropout"),
        layers(
            node("residual", node("layer_norm", name="ln", bias=False),
                 attention(kv_heads=4, rope=None, bias=True, out_bias=True, fused="qkv",
                           names={"qkv_proj": Stored("c_attn", "transposed")})),
            node("residual", node("layer_norm", name="ln2"), mlp(gate="no", activation="gelu", bias=True),
                 scale=0.5),
        ),
        node("lm_head", rows=ROWS, tied=True, bias=True, softcap=3.0, spare_bias=True, name="head"),
    )  # fmt: skip


def windows() -> Node:
    """Windows, bases and norms on queries and keys that differ from round to round."""
    near, far = value("rope", theta=100.0), value("rope", theta=1e4, turned=4, interleaved=True)
    over = Pattern((), (value("qk_norm", over="head", plus_one=True), value("qk_norm", over="all")))
    mixer = attention(
        window=Pattern((None,), (3, 5)), rope=Pattern((), (near, far)), qk_norm=over, softcap=2.0, scale=0.3
    )
    return embedded(layers(residual(mixer), residual(mlp(), name="post_"), times=5))


def scaled() -> Node:
    """Every scaling of rotary positions, one a layer."""
    scalings = (
        value("linear_scaling", factor=3.0),
        value("llama3_scaling", factor=4.0, original=16),
        value("yarn_scaling", factor=4.0, original=16),
    )
    ropes = tuple(value("rope", scaling=scaling) for scaling in scalings)
    return embedded(layers(residual(attention(head_dim=8, rope=Pattern((), ropes)))))


def numbered() -> Node:
    """Two rounds of two rounds of two blocks, named 0 to 7."""
    a = node("stack", residual(attention()), name="{}")
    b = node("stack", residual(mlp(activation="relu2"), name="post_"), name="{}")
    inner = node("repeat", a, b, times=2)
    return embedded(node("repeat", inner, times=2, name="layers"))


def chosen() -> Node:
    """Dense layers first, then experts, kept stacked."""
    experts = node(
        "experts", experts=6, active=2, hidden=9, groups=3, active_groups=2, score="sigmoid", correction=True,
        scaling=2.5, shared_hidden=7, shared_gate=True, router_bias=True,
    )  # fmt: skip
    choose = node("choose", mlp(name=""), experts, name="mlp", pick=Pattern((Run(0, 1),), (1,)))
    return embedded(layers(residual(attention()), residual(choose, name="post_")))


def apart() -> Node:
    """Experts kept one by one, each a block of its own."""
    own = node(
        "stack", node("layer_norm", name="norm"), node("mlp", hidden=5, gate="no", bias=True, name="ff")
    )
    mixed = node(
        "experts", experts=4, active=2, hidden=9, stacked=False, normalise=False, expert=own, name="moe"
    )
    plain = node("experts", experts=3, active=1, hidden=9, stacked=False, name="moe2")
    return embedded(layers(residual(mixed), residual(plain, name="post_"), times=2))


def latent() -> Node:
    """Latent attention with narrow queries, then with straight ones."""
    common = {"heads": 4, "kv_rank": 10, "nope": 6, "rotary": 4, "value_dim": 5}
    narrow = node("latent_attention", name="a", q_rank=8, bias=True, **common)
    straight = node("latent_attention", name="b", q_rank=None, scale=0.25, **common)
    return embedded(layers(residual(narrow), residual(straight, name="post_"), times=2))


def hybrid() -> Node:
    """State spaces with attention now and then: caches and states in one series."""
    mamba = node("mamba2", heads=4, head_dim=4, groups=2, state=5, kernel=3, bias=True)
    choose = node("choose", mamba, attention(name=""), name="mixer", pick=Pattern((), (0, 0, 1)))
    return embedded(layers(residual(choose), times=4))


def beside() -> Node:
    """Two branches side by side, with sinusoids before and one kernel of a single row."""
    mamba = node("mamba2", name="ssm", heads=2, head_dim=3, groups=1, state=4, kernel=1, conv_bias=False)
    pair = node("parallel", attention(), mamba, mlp(gate="fused", activation="quick_gelu"))
    return embedded(
        node("sinusoidal_position", base=100.0), layers(residual(pair), times=2), node("scale", by=0.7)
    )


def encoder() -> Node:
    """Both ways, near keys only, an MLM head."""
    narrow = node("attention", name="attn", heads=2, kv_heads=2, head_dim=5, sees="all", rope=None,
                  window=Pattern((), (2, None)))  # fmt: skip
    return node(
        "stack",
        node("token_embedding", rows=ROWS, hidden=6, name="table"),
        node("segment_embedding", rows=3, name="segments"),
        node("learned_position", rows=40, offset=2, name="positions"),
        node("embedding_projection", hidden=WIDTH, name="wider"),
        layers(node("residual", narrow), node("layer_norm", name="norm"), shared=True, times=4),
        node("mlm_transform", hidden=6, name="transform"),
        node("lm_head", rows=ROWS, tied=True, bias=True, name="head"),
    )


def pooled() -> Node:
    """One row a sequence."""
    mixer = node("attention", name="attn", heads=4, kv_heads=1, head_dim=6, sees="all")
    return embedded(layers(residual(mixer)), node("pooler", name="pooler"), head=False)


def translator() -> Node:
    """An encoder and a decoder with biases by distance."""

    def bias(both_ways: bool) -> Node:
        return node("position_bias", name="bias", heads=4, buckets=8, reach=12, both_ways=both_ways)

    def mixer(name: str, sees: str) -> Node:
        own = {"distances": sees != "memory", "scale": 1.0, "rope": None, "kv_heads": 4}
        return residual(attention(name=name, sees=sees, **own), name=f"{name}_")

    source = node("stack", bias(True), layers(mixer("self", "all"), times=2), name="encoder")
    target = node(
        "stack", bias(False), layers(mixer("self", "past"), mixer("cross", "memory")), name="decoder"
    )
    table = node("token_embedding", rows=ROWS, hidden=WIDTH, name="shared")
    again = node("token_embedding", rows=ROWS, hidden=WIDTH, shared=True, name="again")
    head = node("lm_head", rows=ROWS, tied=True)
    return node("stack", node("encoder", table, source), again, node("learned_position", rows=32, name="wpe"),
                target, head)  # fmt: skip


def crossed() -> Node:
    """Rows of an encoder that is not there, read with fewer keys than queries."""
    own = {
        "heads": 4,
        "kv_heads": 2,
        "head_dim": 6,
        "rope": None,
        "sees": "memory",
        "fused": "kv",
        "bias": True,
    }
    return embedded(
        node("encoder_states", hidden=10),
        layers(
            residual(attention()), residual(node("attention", name="cross", **own), name="cross_"), times=2
        ),
    )


def mixed() -> Node:
    """A layer that sees the past, one that sees everything there is, one that sees what is near."""
    return embedded(
        residual(attention(name="past"), name="a_"),
        residual(attention(name="all", sees="all"), name="b_"),
        residual(attention(name="near", sees="all", window=2), name="c_"),
    )


def borrowed() -> Node:
    """One set of weights in two places, met in every layer."""
    return embedded(
        layers(
            node("stack", residual(attention()), name="one", shares="common"),
            node("stack", residual(attention()), name="two", shares="common"),
            residual(mlp(activation="gelu_tanh"), name="own_"),
            times=2,
        )
    )


DESIGNS: Mapping[str, Callable[[], Node]] = {
    made.__name__: made
    for made in (gpt, windows, scaled, numbered, chosen, apart, latent, hybrid, beside, encoder, pooled,
                 translator, crossed, mixed, borrowed)
}  # fmt: skip


def measured(tree: Node) -> Measured:
    """A design of a tree, with its readings."""
    return Measured(Design(tree, name="tiny"), REGISTRY)
