"""The feed-forward network of a layer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from designer.symbolic.block import Block
from designer.symbolic.field import choice, count, flag
from designer.symbolic.issue import Said, said
from designer.symbolic.size import Count
from designer.symbolic.step import Step
from designer.symbolic.tensor import Tensor

ACTIVATIONS = {
    "silu": "SiLU",
    "gelu": "GELU",
    "gelu_tanh": "GELU (tanh)",
    "relu": "ReLU",
    "relu2": "ReLU²",
    "tanh": "tanh",
    "sigmoid": "sigmoid",
    "quick_gelu": "quick GELU",
}
GATES = {"no": "no", "split": "yes", "fused": "yes, kept in one with up"}


class MLP(Block):
    """Widen, bend, narrow; gated if asked."""

    kind: ClassVar[str] = "mlp"
    category: ClassVar[str] = "feed_forward"
    label: ClassVar[str] = "Feed-forward"
    aliases: ClassVar[tuple[str, ...]] = ("FFN", "SwiGLU", "GLU", "GeGLU")
    segment: ClassVar[str] = "mlp"
    called: ClassVar[Mapping[str, str]] = {
        "gate_proj": "gate",
        "up_proj": "up",
        "gate_up_proj": "gate, up",
        "down_proj": "down",
    }
    help: ClassVar[str] = (
        "Widens each row, bends it and narrows it again, every token by itself: most of what a model knows "
        "sits here. A gate is a second widening matrix whose bent answer scales the first."
    )
    source: ClassVar[str] = "Vaswani et al. 2017, arXiv:1706.03762; gates: Shazeer 2020, arXiv:2002.05202"
    hidden: int = count(11008, "Hidden width", key="intermediate_size")
    gate: str = choice("split", "Gate", GATES)
    activation: str = choice("silu", "Activation", ACTIVATIONS)
    bias: bool = flag(False, "Biases")

    @property
    def title(self) -> str:
        return "Feed-forward (MLP)" if self.gate == "no" else "Gated feed-forward"

    @property
    def glyph(self) -> str:
        return "mlp" if self.gate == "no" else ""

    def summary(self, width: Count | None) -> Iterator[Said]:
        if width is None:
            yield said("{hidden:,} wide", hidden=self.hidden)
        else:
            yield said("{a:,} → {b:,} → {a:,}", a=width, b=self.hidden)
        yield said("{name}", name=ACTIVATIONS.get(self.activation, self.activation))
        if self.bias:
            yield said("biases")

    def meaning(self, width: Count | None) -> Iterator[Said]:
        if width is None:
            return
        numbers = {"width": width, "hidden": self.hidden, "name": ACTIVATIONS.get(self.activation, "")}
        if self.gate == "no":
            yield said(
                "Up widens each token's {width:,} numbers to {hidden:,}, {name} bends them, and down narrows "
                "them again.",
                **numbers,
            )
        else:
            yield said(
                "Gate and up each widen a token's {width:,} numbers to {hidden:,}; {name} bends the gate, "
                "which scales the other, and down narrows the product again.",
                **numbers,
            )
        yield said("Every token passes by itself; most of what a model knows sits in these matrices.")

    def forward(self, x: Tensor, /, *inside: Step) -> Tensor:
        return self._widened(x).linear("down_proj", x.width, self.bias)

    def _widened(self, x: Tensor) -> Tensor:
        if self.gate == "no":
            return x.linear("up_proj", self.hidden, self.bias).activate(self.activation)
        if self.gate == "fused":
            g, u = x.linear("gate_up_proj", 2 * self.hidden, self.bias).split(self.hidden, self.hidden)
        else:
            g = x.linear("gate_proj", self.hidden, self.bias)
            u = x.linear("up_proj", self.hidden, self.bias)
        return g.activate(self.activation) * u
