"""Parts that configs of many families are made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import Any, Literal

from designer.design.making import group, make
from designer.design.tree import Group, Node, Setting
from designer.formats.huggingface.config import Config
from designer.symbolic.frozen import frozen
from designer.symbolic.issue import said
from designer.symbolic.registry import Registry
from designer.symbolic.scope import Stored

Head = Literal["base", "none", "lm", "mlm", "encoder"]
"""What stands on the model: "base" is the bare model under its own names, "none" the bare model inside a
class whose head is not known; the others are that model with its head."""


@frozen
class Family:
    """One Hugging Face model type.

    `classes` are those that are built, the default first. `positions` is the key that says how many the model
    has of its own, with its default. `aliases` are other names that keys may stand under. `prefix` is what
    classes with a head put before the bare model's names. `hub` says which tensors of a published checkpoint,
    `{}` for each expert, make one of transformers' own: joined along the rows, then stacked. `spare` are
    patterns of tensors that checkpoints hold and nothing reads: buffers of older releases, ends of a
    pretraining that the published class lacks, what transformers skips.
    """

    classes: Mapping[str, Head]
    build: Callable[[Parts, Config, Head], Node]
    positions: tuple[str, int] | None = None
    aliases: Mapping[str, str] = field(default_factory=dict)
    hub: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    prefix: str = ""
    spare: tuple[str, ...] = ()


ACTIVATIONS: Mapping[str, str] = {
    "silu": "silu",
    "swish": "silu",
    "gelu": "gelu",
    "gelu_python": "gelu",
    "gelu_new": "gelu_tanh",
    "gelu_fast": "gelu_tanh",
    "gelu_pytorch_tanh": "gelu_tanh",
    "gelu_accurate": "gelu_tanh",
    "quick_gelu": "quick_gelu",
    "relu": "relu",
    "relu2": "relu2",
    "tanh": "tanh",
    "sigmoid": "sigmoid",
}
"""transformers' names of activations, each with the function it is."""


class Parts:
    """Makes nodes with the registry of the blocks there are."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry

    def node(self, kind: str, *inside: Node, **settings: Any) -> Node:
        """A node with all fields written."""
        return make(self.registry, kind, *inside, **settings)

    def stack(self, name: str, *inside: Node) -> Node:
        """One after another, under a name."""
        return self.node("stack", *inside, name=name)

    def residual(self, *inside: Node, label: str = "") -> Node:
        """A branch that is added to the stream."""
        return self.node("residual", *inside, label=label)

    def rms_norm(self, name: str, **settings: Setting) -> Node:
        """An RMSNorm that is the module `name`."""
        return self.node("rms_norm", name=name, names={"norm": ""}, **settings)

    def layer_norm(self, name: str, eps: float, bias: bool = True) -> Node:
        """A LayerNorm that is the module `name`."""
        return self.node("layer_norm", name=name, names={"norm": ""}, eps=eps, bias=bias)

    def rope(self, c: Config, default: float = 10000.0, interleaved: bool = False) -> Group:
        """Rotary positions, said in `rope_parameters` or in the older keys."""
        given = c.within("rope_scaling", "rope_parameters")
        theta = given.real("rope_theta", c.real("rope_theta", default))
        scaling = self.scaling(c, given)
        return group(self.registry, "rope", theta=theta, interleaved=interleaved, scaling=scaling)

    def scaling(self, c: Config, given: Config) -> Group | None:
        """How frequencies are stretched, as the keys of a group say."""
        kind = given.word("rope_type", "") or given.word("type", "") or "default"
        if kind in _SCALINGS:
            ours, keys = _SCALINGS[kind]
            declared = self.registry.get(ours)
            assert declared is not None
            there = {name: key for name, key in keys.items() if given.get(key) is not None}
            fields = {name: given.plain(key, declared.fields()[name]) for name, key in there.items()}
            return group(self.registry, ours, **fields)
        if kind not in ("default", "mrope"):
            cause = said(
                "RoPE scaling of kind {kind} is not known; it changes no count, but logits.", kind=kind
            )
            c.remark("warning", "rope_scaling", cause)
        return None


_SCALINGS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "linear": ("linear_scaling", {"factor": "factor"}),
    "llama3": (
        "llama3_scaling",
        {
            "factor": "factor",
            "low": "low_freq_factor",
            "high": "high_freq_factor",
            "original": "original_max_position_embeddings",
        },
    ),
    "yarn": (
        "yarn_scaling",
        {
            "factor": "factor",
            "original": "original_max_position_embeddings",
            "fast": "beta_fast",
            "slow": "beta_slow",
            "truncate": "truncate",
            "mscale": "mscale",
            "mscale_all": "mscale_all_dim",
            "attention": "attention_factor",
        },
    ),
}


def activation(c: Config, key: str, default: str) -> str:
    """The function that a key names."""
    return function(c, key, c.word(key, default))


def function(c: Config, key: str, word: str) -> str:
    """The function that a word of transformers names."""
    if word not in ACTIVATIONS:
        c.remark(
            "warning",
            key,
            said("Activation {word} is not known and stands as SiLU; counts are right.", word=word),
        )
    return ACTIVATIONS.get(word, "silu")


def transposed(**names: str) -> dict[str, Stored]:
    """Names of linears whose weights are kept [in, out]."""
    return {ours: Stored(kept, "transposed") for ours, kept in names.items()}
