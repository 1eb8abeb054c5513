"""DeepSeek-V3, and Kimi-K2 after it."""

from __future__ import annotations

from designer.design.expression import Expression
from designer.design.tree import Node, Pattern, Run, Setting
from designer.formats.huggingface.config import Config
from designer.formats.huggingface.llama import decoder
from designer.formats.huggingface.parts import Family, Head, Parts, activation
from designer.symbolic.issue import said
from designer.symbolic.rope import YarnScaling

STACKED = {
    "experts.gate_up_proj.weight": "experts.gate_up_proj",
    "experts.down_proj.weight": "experts.down_proj",
}


def build(p: Parts, c: Config, head: Head) -> Node:
    """A DeepSeek-V3: latent attention, some dense layers, then experts in groups with a shared one."""
    c.count("hidden_size")
    layers = c.count("num_hidden_layers", least=0)
    attention, mlp = _attention(p, c), _mixture(p, c)
    c.ignore("attention_dropout", "ep_size", "scoring_func", "topk_method", "seq_aux", "aux_loss_alpha",
             "rope_theta", "num_key_value_heads", "qk_head_dim", "head_dim", "num_nextn_predict_layers",
             "num_mtp_layers", "moe_layer_freq")  # fmt: skip
    _say_what_is_not_built(c)
    return decoder(p, c, head, layers, attention, mlp, tied=c.flag("tie_word_embeddings", False))


def _attention(p: Parts, c: Config) -> Node:
    rope = p.rope(c, interleaved=c.flag("rope_interleave", True))
    return p.node(
        "latent_attention",
        name="self_attn",
        heads=c.count("num_attention_heads", 128),
        q_rank=c.optional("q_lora_rank", 1536),
        kv_rank=c.count("kv_lora_rank", 512),
        nope=c.count("qk_nope_head_dim", 128),
        rotary=c.count("qk_rope_head_dim", 64),
        value_dim=c.count("v_head_dim", 128),
        bias=c.flag("attention_bias", False),
        rope=rope,
        scale=_scale(c),
    )


def _scale(c: Config) -> Setting:
    """1/√width, times YaRN's temperature squared where the config asks for it in the scores."""
    given = c.within("rope_scaling", "rope_parameters")
    all_dim, factor = given.real("mscale_all_dim", None), given.real("factor", None)
    if not all_dim or not factor:
        return None
    temperature = YarnScaling(factor=factor).temperature(all_dim)
    return Expression(f"(qk_nope_head_dim + qk_rope_head_dim) ** -0.5 * {temperature**2!r}")


def _mixture(p: Parts, c: Config) -> Node:
    act = activation(c, "hidden_act", "silu")
    dense = p.node("mlp", hidden=c.count("intermediate_size", 18432), activation=act, label="dense")
    c.count("n_shared_experts", 1, least=0)
    experts = p.node(
        "experts",
        names=STACKED,
        label="experts",
        hidden=c.count("moe_intermediate_size", 2048),
        experts=c.count("n_routed_experts", 256),
        active=c.count("num_experts_per_tok", 8),
        shared_hidden=Expression("moe_intermediate_size * n_shared_experts"),
        score="sigmoid",
        groups=c.count("n_group", 8),
        active_groups=c.count("topk_group", 4),
        correction=True,
        scaling=c.real("routed_scaling_factor", 2.5),
        normalise=c.flag("norm_topk_prob", True),
        activation=act,
    )
    first = c.count("first_k_dense_replace", 3, least=0)
    assert isinstance(first, Expression)
    return p.node("choose", dense, experts, name="mlp", pick=Pattern((Run(0, first),), (1,)))


def _say_what_is_not_built(c: Config) -> None:
    heads = c.get("num_nextn_predict_layers") or c.get("num_mtp_layers")
    if heads:
        cause = said("{n} multi-token-prediction layers are kept beside the model and not counted.", n=heads)
        c.remark("note", "num_nextn_predict_layers", cause)
    if c.get("moe_layer_freq") not in (None, 1):
        cause = said("Every layer after the dense ones has experts, as transformers builds it.")
        c.remark("note", "moe_layer_freq", cause)


HUB = {
    "mlp.experts.gate_up_proj": ("mlp.experts.{}.gate_proj.weight", "mlp.experts.{}.up_proj.weight"),
    "mlp.experts.down_proj": ("mlp.experts.{}.down_proj.weight",),
}

FAMILY = Family(
    {"DeepseekV3ForCausalLM": "lm", "DeepseekV3Model": "base"},
    build,
    ("max_position_embeddings", 4096),
    {"n_routed_experts": "num_local_experts"},
    HUB,
    prefix="model",
    spare=("layers.*.self_attn.rotary_emb.inv_freq", "layers.61.*"),  # 61: the published multi-token layer
)
