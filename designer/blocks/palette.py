"""The table of contents: every kind of block, in palette order, and every kind of value.

A new block is one file beside this one and one line here.
"""

from __future__ import annotations

from collections.abc import Mapping

from designer.symbolic.registry import Registry

SECTIONS: Mapping[str, Mapping[str, str]] = {
    "Containers": {
        "repeat": "designer.blocks.containers:Repeat",
        "residual": "designer.blocks.containers:Residual",
        "parallel": "designer.blocks.containers:Parallel",
        "choose": "designer.blocks.containers:Choose",
        "stack": "designer.blocks.containers:Stack",
        "encoder": "designer.blocks.containers:Encoder",
    },
    "Embedding": {
        "token_embedding": "designer.blocks.embedding:TokenEmbedding",
        "segment_embedding": "designer.blocks.embedding:SegmentEmbedding",
        "embedding_projection": "designer.blocks.embedding:EmbeddingProjection",
        "encoder_states": "designer.blocks.embedding:EncoderStates",
    },
    "Position": {
        "learned_position": "designer.blocks.position:LearnedPosition",
        "sinusoidal_position": "designer.blocks.position:SinusoidalPosition",
        "position_bias": "designer.blocks.position:PositionBias",
    },
    "Attention": {
        "attention": "designer.blocks.attention:Attention",
        "latent_attention": "designer.blocks.latent_attention:LatentAttention",
    },
    "Feed-forward": {
        "mlp": "designer.blocks.feed_forward:MLP",
        "experts": "designer.blocks.experts:Experts",
    },
    "Recurrent": {
        "mamba2": "designer.blocks.state_space:Mamba2",
    },
    "Normalization": {
        "rms_norm": "designer.blocks.norm:RMSNorm",
        "layer_norm": "designer.blocks.norm:LayerNorm",
    },
    "Head": {
        "lm_head": "designer.blocks.head:LMHead",
        "mlm_transform": "designer.blocks.head:MLMTransform",
        "pooler": "designer.blocks.head:Pooler",
    },
    "Other": {
        "scale": "designer.blocks.embedding:Scale",
        "dropout": "designer.blocks.embedding:Dropout",
    },
}

VALUES: Mapping[str, str] = {
    "rope": "designer.symbolic.rope:Rope",
    "linear_scaling": "designer.symbolic.rope:LinearScaling",
    "llama3_scaling": "designer.symbolic.rope:Llama3Scaling",
    "yarn_scaling": "designer.symbolic.rope:YarnScaling",
    "qk_norm": "designer.blocks.norm:QKNorm",
}


def registry() -> Registry:
    """Every kind there is, imported on first use."""
    kinds = {kind: where for section in SECTIONS.values() for kind, where in section.items()}
    return Registry({**kinds, **VALUES})
