"""Blocks that hold blocks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from designer.symbolic.block import Block, Layout, chain
from designer.symbolic.field import count, flag, real
from designer.symbolic.issue import Misfit, Said, said
from designer.symbolic.region import repeat
from designer.symbolic.schedule import Schedule
from designer.symbolic.size import Count
from designer.symbolic.step import Step
from designer.symbolic.stream import Stream
from designer.symbolic.tensor import Tensor


class Stack(Block):
    """One block after another."""

    kind: ClassVar[str] = "stack"
    layout: ClassVar[Layout] = "stack"
    label: ClassVar[str] = "Stack"
    help: ClassVar[str] = "Groups blocks that follow one another. It has no parameters of its own."


class Residual(Block):
    """Add what comes out to what went in."""

    kind: ClassVar[str] = "residual"
    layout: ClassVar[Layout] = "residual"
    label: ClassVar[str] = "Residual"
    aliases: ClassVar[tuple[str, ...]] = ("skip",)
    help: ClassVar[str] = (
        "Adds the branch's answer to the stream instead of replacing it, so that gradients pass unhindered. "
        "It has no parameters of its own; the branch must give back the width it was given."
    )
    source: ClassVar[str] = "He et al. 2015, arXiv:1512.03385"
    scale: float | None = real(None, "Branch scale", help="What the branch's answer is multiplied by.")

    def forward(self, x: Tensor, /, *inside: Step) -> Tensor:
        y = chain(x, inside)
        return x.join(y if self.scale is None else y * self.scale)


class Parallel(Block):
    """Give each branch the same input and add what they answer."""

    kind: ClassVar[str] = "parallel"
    layout: ClassVar[Layout] = "parallel"
    label: ClassVar[str] = "Parallel"
    aliases: ClassVar[tuple[str, ...]] = ("branches",)
    help: ClassVar[str] = (
        "Every branch reads the same rows and their answers are summed, as GPT-J and PaLM run attention "
        "beside the feed-forward. It has no parameters of its own."
    )
    source: ClassVar[str] = "Wang and Komatsuzaki 2021 (GPT-J)"

    def forward(self, x: Tensor, /, *inside: Step) -> Tensor:
        if not inside:
            return x
        first, *rest = [step(x) for step in inside]
        for y in rest:
            first = first.join(y)
        return first


class Choose(Block):
    """One of the blocks inside: which one may differ from layer to layer."""

    kind: ClassVar[str] = "choose"
    layout: ClassVar[Layout] = "choose"
    label: ClassVar[str] = "Choose by layer"
    aliases: ClassVar[tuple[str, ...]] = ("hybrid", "pattern", "alternate")
    help: ClassVar[str] = (
        "Runs one of its blocks; which one may follow a pattern over the layers, such as three linear ones, "
        "then a full one. Blocks that no layer picks do not count."
    )
    pick: int = count(
        0, "Which", least=0, structural=True, help="The place of the block that runs, counted from 0."
    )

    def forward(self, x: Tensor, /, *inside: Step) -> Tensor:
        if not inside:
            return x
        if self.pick >= len(inside):
            raise Misfit(
                said("Picks block {pick} of {held}, counted from 0.", pick=self.pick, held=len(inside))
            )
        return inside[self.pick](x)


class Repeat(Block):
    """The same stack again and again, each round with its own weights or all with the same."""

    kind: ClassVar[str] = "repeat"
    layout: ClassVar[Layout] = "repeat"
    label: ClassVar[str] = "Repeat ×N"
    aliases: ClassVar[tuple[str, ...]] = ("layers", "loop", "×")
    segment: ClassVar[str] = "layers"
    help: ClassVar[str] = (
        "Runs what it holds once a layer. Each layer has its own weights, unless all share one set: then "
        "parameters count once, while compute and cache count every time."
    )
    source: ClassVar[str] = (
        "Vaswani et al. 2017, arXiv:1706.03762; sharing: Lan et al. 2019, arXiv:1909.11942"
    )
    times: int = count(12, "Layers", key="num_hidden_layers", least=0)
    shared: bool = flag(False, "One set of weights", help="Every layer uses the same weights.")

    def summary(self, width: Count | None) -> Iterator[Said]:
        if self.shared:
            yield said("one set of weights")

    def forward(self, x: Tensor, /, *inside: Step) -> Tensor:
        schedule = Schedule.together(s for step in inside for s in step.schedules)
        return repeat(x, lambda y: chain(y, inside), self.times, schedule, self.shared)


class Encoder(Block):
    """Read the input, offer what was understood, and begin a second sequence."""

    kind: ClassVar[str] = "encoder"
    layout: ClassVar[Layout] = "encoder"
    label: ClassVar[str] = "Encoder"
    help: ClassVar[str] = (
        "What it holds reads the source. Its output is kept for every cross-attention below, and the stream "
        "goes on with the target's tokens. It has no parameters of its own."
    )
    source: ClassVar[str] = "Vaswani et al. 2017, arXiv:1706.03762"

    def forward(self, x: Tensor, /, *inside: Step) -> Tensor:
        chain(x, inside).offer("memory")
        return x.input("decoder_input_ids", Stream("decoder", "decoder_input_ids", mask="", positions=""))
