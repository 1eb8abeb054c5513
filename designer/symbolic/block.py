"""What every block is: declared fields and a forward."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, ClassVar, Literal

from designer.symbolic.field import Declared
from designer.symbolic.issue import Said
from designer.symbolic.size import Count
from designer.symbolic.tensor import Tensor

Layout = Literal["leaf", "stack", "residual", "parallel", "repeat", "choose", "encoder"]


class Block(Declared):
    """A kind of layer with its field values.

    A subclass declares fields and writes `forward` as its paper does; everything else is a reading of what
    forward records. `category` is where its own parameters count. `layout` and `stands` say how it is drawn.
    `title` is its name for people, `help` what its parameters do in plain words, `source` where it is from,
    `segment` the name that checkpoints usually keep it under, `aliases` other words that people use for it.
    Inside a ready part, one that `gives_way` becomes what its new surroundings have in its category.
    """

    kind: ClassVar[str] = "block"
    category: ClassVar[str] = "other"
    layout: ClassVar[Layout] = "leaf"
    stands: ClassVar[Literal["on", "beside"]] = "on"
    label: ClassVar[str] = "Block"
    help: ClassVar[str] = ""
    source: ClassVar[str] = ""
    segment: ClassVar[str] = ""
    called: ClassVar[Mapping[str, str]] = {}
    """What its weights are called by people, by their names in `forward`."""
    gives_way: ClassVar[bool] = False
    aliases: ClassVar[tuple[str, ...]] = ()

    @property
    def title(self) -> str:
        """The name on its card; a block may be more exact than its kind's label."""
        return self.label

    @property
    def glyph(self) -> str:
        """The name of its icon; empty for that of its layout or category."""
        return ""

    def summary(self, width: Count | None) -> Iterator[Said]:
        """What is worth saying under the title, given the width that flows in (None: ids)."""
        return iter(())

    def meaning(self, width: Count | None) -> Iterator[Said]:
        """What its parameters do, in sentences with the numbers in them; `help` where there are none."""
        return iter(())

    def forward(self, x: Tensor, /, *inside: Any) -> Tensor:
        """What the block makes of `x`, with the steps it holds (a `Step` each). By itself a block changes
        nothing."""
        return chain(x, inside)


def chain(x: Tensor, inside: Iterable[Callable[[Tensor], Tensor]]) -> Tensor:
    """One step after another."""
    for step in inside:
        x = step(x)
    return x
