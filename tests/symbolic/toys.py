"""Toy blocks, as small as a rule of the core can be shown on."""

from __future__ import annotations

from typing import Any, ClassVar

from designer.symbolic.block import Block, Layout, chain
from designer.symbolic.body import Body
from designer.symbolic.field import block, choice, count, flag, optional_count
from designer.symbolic.issue import Misfit, said
from designer.symbolic.operation import BlockRegion, Parameter, Region, RepeatRegion
from designer.symbolic.region import experts, recur, repeat
from designer.symbolic.schedule import Schedule
from designer.symbolic.scope import Memo
from designer.symbolic.size import Count
from designer.symbolic.step import Step
from designer.symbolic.tensor import Tensor
from designer.symbolic.walk import trace


class Chain(Block):
    kind: ClassVar[str] = "chain"
    layout: ClassVar[Layout] = "stack"


class Table(Block):
    kind: ClassVar[str] = "table"
    category: ClassVar[str] = "embedding"
    width: int = count(8, "Width")

    def forward(self, x: Tensor, /, *inside: Step) -> Tensor:
        return x.lookup(x.parameter("rows.weight", (10, self.width)))


class Line(Block):
    kind: ClassVar[str] = "line"
    category: ClassVar[str] = "feed_forward"
    out: int | None = optional_count(None, "Out")
    bias: bool = flag(False, "Bias")
    tag: int = count(0, "Tag", least=0)

    def forward(self, x: Tensor, /, *inside: Step) -> Tensor:
        return x.linear("w", x.width if self.out is None else self.out, self.bias)


class Residue(Block):
    kind: ClassVar[str] = "residue"
    layout: ClassVar[Layout] = "residual"

    def forward(self, x: Tensor, /, *inside: Step) -> Tensor:
        return x.join(chain(x, inside))


class Loop(Block):
    kind: ClassVar[str] = "loop"
    layout: ClassVar[Layout] = "repeat"
    times: int = count(3, "Times", least=0)
    shared: bool = flag(False, "Shared")

    def forward(self, x: Tensor, /, *inside: Step) -> Tensor:
        rhythm = Schedule.together(s for step in inside for s in step.schedules)
        return repeat(x, lambda y: chain(y, inside), self.times, rhythm, self.shared)


class Pick(Block):
    kind: ClassVar[str] = "pick"
    layout: ClassVar[Layout] = "choose"
    which: int = count(0, "Which", least=0)

    def forward(self, x: Tensor, /, *inside: Step) -> Tensor:
        return inside[self.which](x)


class Give(Block):
    kind: ClassVar[str] = "give"
    width: int | None = optional_count(None, "Width")

    def forward(self, x: Tensor, /, *inside: Step) -> Tensor:
        (x if self.width is None else x.linear("given", self.width)).offer("thing")
        return x


class Take(Block):
    kind: ClassVar[str] = "take"
    strict: bool = flag(True, "Must be there")

    def forward(self, x: Tensor, /, *inside: Step) -> Tensor:
        if not self.strict and x.scope.find("thing") is None:
            return x.linear("alone", x.width)
        return x.join(x.find("thing").linear("taken", x.width))


class Late(Block):
    kind: ClassVar[str] = "late"
    category: ClassVar[str] = "attention"

    def forward(self, x: Tensor, /, *inside: Step) -> Tensor:
        x.parameter("early", (3, x.width))
        raise Misfit(said("It was built too late."))


class Some(Block):
    kind: ClassVar[str] = "some"
    category: ClassVar[str] = "feed_forward"
    copies: int = count(6, "Copies")
    active: int = count(2, "Active")
    stacked: bool = flag(True, "Stacked")
    one: Step | None = block("One")

    def forward(self, x: Tensor, /, *inside: Step) -> Tensor:
        weights = x.linear("gate", self.copies)
        return experts(x, "experts", self.one or Line().forward, weights, self.active, self.stacked)


class Carry(Block):
    kind: ClassVar[str] = "carry"
    state: int = count(5, "State")
    leaves: int = count(5, "Leaves")

    def forward(self, x: Tensor, /, *inside: Step) -> Tensor:
        def step(h: Tensor, row: Tensor) -> tuple[Tensor, Tensor]:
            taken = row.linear("take", self.leaves)
            return (h * 0.5 + taken if self.leaves == self.state else taken), row

        return recur(x, (self.state,), step)


class Choosy(Block):
    kind: ClassVar[str] = "choosy"
    way: str = choice("a", "Way", {"a": "a", "b": "b"})

    def forward(self, x: Tensor, /, *inside: Step) -> Tensor:
        return x.linear(self.way, x.width)


def step(block: Block, *inside: Step, **settings: Any) -> Step:
    """A step, written in one line."""
    return Step(block, inside, **settings)


def stack(*inside: Step, width: Count = 8, **settings: Any) -> Step:
    """A table of this width and what follows it."""
    return step(Chain(), step(Table(width=width), name="table"), *inside, **settings)


def traced(*inside: Step, memo: Memo | None = None, width: Count = 8) -> Body:
    """The trace of a stack."""
    return trace(stack(*inside, width=width), memo)


def bodies(body: Body) -> list[Body]:
    """A body and every body in it, once for each place that runs it."""
    found = [body]
    for op in body.ops:
        if isinstance(op, Region):
            for inner in op.bodies:
                found.extend(bodies(inner))
    return found


def regions(body: Body, kind: type[Region] = BlockRegion) -> list[Any]:
    """Every region of a kind, outermost first."""
    return [op for inner in bodies(body) for op in inner.ops if isinstance(op, kind)]


def blocks(body: Body, name: str) -> list[Body]:
    """The bodies of the blocks that stand under a name."""
    return [op.bodies[0] for op in regions(body) if op.name == name]


def only_repeat(body: Body) -> RepeatRegion:
    """The one repeat of a trace."""
    (found,) = regions(body, RepeatRegion)
    return found


def own(body: Body) -> list[str]:
    """The names of the parameters that a body records itself."""
    return [op.name for op in body.ops if isinstance(op, Parameter)]
