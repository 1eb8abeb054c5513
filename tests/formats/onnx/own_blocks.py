"""Blocks that the palette does not have, for what only such blocks do."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from designer.analysis.measured import Measured
from designer.design.making import make
from designer.design.tree import Design, Node
from designer.symbolic.block import Block
from designer.symbolic.field import count, flag
from designer.symbolic.operation import Mask
from designer.symbolic.region import recur
from designer.symbolic.step import Step
from designer.symbolic.tensor import Tensor, attend
from tests.formats.onnx.tiny_designs import REGISTRY


class Sharing(Block):
    """Attention that offers its keys and values, or takes those of a layer before."""

    kind: ClassVar[str] = "sharing"
    category: ClassVar[str] = "attention"
    gives: bool = flag(True, "Gives")

    def forward(self, x: Tensor, /, *inside: Step) -> Tensor:
        q = x.linear("q", 12).view(4, 3)
        if self.gives:
            k = x.linear("k", 6).view(2, 3).cached("key").offer("keys")
            v = x.linear("v", 8).view(2, 4).cached("value").offer("values")
        else:
            k, v = x.find("keys"), x.find("values")
        return attend(q, k, v, Mask()).linear("o", x.width)


class TwoCaches(Block):
    """Two attentions under one name, the second over keys that are looked at from two sides."""

    kind: ClassVar[str] = "two_caches"
    category: ClassVar[str] = "attention"
    width: int = count(3, "Width")

    def forward(self, x: Tensor, /, *inside: Step) -> Tensor:
        first, second = (self._one(x, name) for name in ("a", "b"))
        return (first + second * 0.5).linear("o", x.width)

    def _one(self, x: Tensor, name: str) -> Tensor:
        q = x.linear(f"{name}.q", 4 * self.width).view(4, self.width)
        k = x.linear(f"{name}.k", 2 * self.width).view(2, self.width).cached("key")
        v = x.linear(f"{name}.v", 2 * self.width).view(2, self.width).cached("value")
        if name == "a":
            return attend(q, k, v, Mask())
        mixed = k.view(2 * self.width).linear("mixed", 2 * self.width).view(2, self.width)
        return attend(q, k, v, Mask()) + attend(q, mixed, v, Mask())


class Fed(Block):
    """Attention whose remembered rows pass through what the block holds before they are scored."""

    kind: ClassVar[str] = "fed"
    category: ClassVar[str] = "attention"

    def forward(self, x: Tensor, /, *inside: Step) -> Tensor:
        (step,) = inside
        q, rows = x.linear("q", 12).view(4, 3), x.linear("k", 6).cached("key")
        keys = step(rows).view(2, 3)
        return attend(q, keys, rows.view(2, 3), Mask()).linear("o", x.width)


class Lanes(Block):
    """A row widened to lanes by weights of more axes than it has."""

    kind: ClassVar[str] = "lanes"
    category: ClassVar[str] = "other"

    def forward(self, x: Tensor, /, *inside: Step) -> Tensor:
        lanes = x * x.parameter("scales", (3, x.width)) + x
        return lanes.view(3 * x.width).linear("o", x.width)


class Elman(Block):
    """A recurrence with a matrix in its step, of which every step sees the same."""

    kind: ClassVar[str] = "elman"
    category: ClassVar[str] = "other"

    def forward(self, x: Tensor, /, *inside: Step) -> Tensor:
        def step(h: Tensor, row: Tensor) -> tuple[Tensor, Tensor]:
            h = (h.linear("again", x.width) + row).activate("tanh")
            return h, h

        return recur(x, (x.width,), step)


OWN = REGISTRY.with_own(sharing=Sharing, two_caches=TwoCaches, fed=Fed, lanes=Lanes, elman=Elman)
own_node = partial(make, OWN)


def own_measured(tree: Node) -> Measured:
    """A design that may hold these blocks."""
    return Measured(Design(tree, name="own"), OWN)
