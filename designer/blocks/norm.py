"""Normalization."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from designer.symbolic.block import Block
from designer.symbolic.field import Declared, choice, flag, real
from designer.symbolic.issue import Said, said
from designer.symbolic.size import Count
from designer.symbolic.step import Step
from designer.symbolic.tensor import Tensor


class RMSNorm(Block):
    """Scale each row to unit root mean square, then by a learned weight."""

    kind: ClassVar[str] = "rms_norm"
    category: ClassVar[str] = "normalization"
    gives_way: ClassVar[bool] = True
    label: ClassVar[str] = "RMSNorm"
    help: ClassVar[str] = "One learned scale for each feature, applied after the row is brought to unit size."
    source: ClassVar[str] = "Zhang and Sennrich 2019, arXiv:1910.07467"
    eps: float = real(1e-6, "ε", key="rms_norm_eps")
    plus_one: bool = flag(
        False, "Weight + 1", help="The stored weight is the difference from 1, as in Gemma."
    )

    def forward(self, x: Tensor, /, *inside: Step) -> Tensor:
        return x.norm("norm", "rms", eps=self.eps, shift=1 if self.plus_one else 0)


class LayerNorm(Block):
    """Centre each row and scale it to unit variance, then by a learned weight."""

    kind: ClassVar[str] = "layer_norm"
    category: ClassVar[str] = "normalization"
    gives_way: ClassVar[bool] = True
    label: ClassVar[str] = "LayerNorm"
    help: ClassVar[str] = (
        "One learned scale and, with biases, one learned shift for each feature, applied after the row is "
        "brought to mean 0 and variance 1."
    )
    source: ClassVar[str] = "Ba et al. 2016, arXiv:1607.06450"
    bias: bool = flag(True, "Bias")
    eps: float = real(1e-5, "ε", key="layer_norm_eps")

    def summary(self, width: Count | None) -> Iterator[Said]:
        if not self.bias:
            yield said("without bias")

    def forward(self, x: Tensor, /, *inside: Step) -> Tensor:
        return x.norm("norm", "layer", self.bias, self.eps)


class QKNorm(Declared):
    """How queries and keys are normalised before they meet."""

    kind: ClassVar[str] = "qk_norm"
    label: ClassVar[str] = "Norm on q, k"
    over: str = choice("head", "Over", {"head": "each head, one weight", "all": "all heads at once"})
    eps: float = real(1e-6, "ε", key="rms_norm_eps")
    plus_one: bool = flag(False, "Weight + 1")

    def applied(self, x: Tensor, name: str) -> Tensor:
        """`x`, (heads, width), normalised under `name`."""
        heads, width = x.shape
        flat = x.view(heads * width) if self.over == "all" else x
        return flat.norm(name, "rms", eps=self.eps, shift=1 if self.plus_one else 0).view(heads, width)
