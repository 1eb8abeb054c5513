"""What the canvas knows of a node: the block it resolved to, and the bodies it left in the trace. Qt-free."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import field
from functools import cached_property
from operator import is_
from typing import Any

from designer.analysis.compute import flops
from designer.analysis.measured import Measured
from designer.analysis.parameters import Tally, tally
from designer.design.tree import Node
from designer.symbolic.block import Block, Layout
from designer.symbolic.body import Body
from designer.symbolic.frozen import frozen
from designer.symbolic.issue import Said
from designer.symbolic.operation import BlockRegion, Region, RepeatRegion
from designer.symbolic.size import Count
from designer.symbolic.step import Step
from designer.symbolic.walk import own_bodies

FEW_VECTORS = 4
"""A block that holds no more numbers than so many rows of its stream, and multiplies nothing, is slim."""


@frozen(eq=False)
class Shown:
    """A node with its step and its bodies, one for each way that rounds run it; none where no round does.

    Compared by identity: as long as it is the same object, nothing in it has changed, down to the last block
    it holds. `read` keeps what views have worked out of it.
    """

    node: Node
    step: Step
    bodies: tuple[Body, ...]
    inside: tuple[Shown, ...]
    closed: bool = False
    read: dict[Any, Any] = field(default_factory=dict)

    def is_of(self, node: Node, step: Step, bodies: tuple[Body, ...]) -> bool:
        """Whether it is made of these very objects."""
        return self.node is node and self.step is step and identical(self.bodies, bodies)

    @cached_property
    def block(self) -> Block:
        """The block as the first round runs it."""
        return self.step.at(0)

    @property
    def layout(self) -> Layout:
        """How the block is drawn; what holds something is drawn with it, even if nobody knows its kind."""
        return "stack" if self.node.inside and not self.known else self.block.layout

    @property
    def known(self) -> bool:
        """Whether anybody knows this kind of block."""
        return type(self.step.block) is not Block

    @property
    def drawn(self) -> tuple[Shown, ...]:
        """What is drawn inside it: nothing in a closed container, nor in a block that holds none."""
        return () if self.closed or self.layout == "leaf" else self.inside

    @cached_property
    def width(self) -> Count | None:
        """The width that flows in; None for ids, and where nothing runs the block."""
        entry = self.bodies[0].entries[0].shape if self.bodies else ()
        return entry[-1] if entry else None

    @cached_property
    def takes_ids(self) -> bool:
        """Whether the block makes rows of ids: the stream begins here."""
        if not self.bodies:
            return False
        body = self.bodies[0]
        return not body.entries[0].shape and bool(body.exits[0].shape)

    @cached_property
    def begins(self) -> bool:
        """Whether the block ends one stream and begins another: ids go out that did not come in."""
        if not self.bodies:
            return False
        before, after = self.bodies[0].entries[0], self.bodies[0].exits[0]
        return not after.shape and after.stream != before.stream

    @cached_property
    def merges(self) -> bool:
        """Whether a block beside the stream adds to it; else it only offers something to others."""
        return any(body.exits[0] is not body.entries[0] for body in self.bodies)

    @cached_property
    def counts(self) -> tuple[Tally, ...]:
        """What one set of weights counts, for each body."""
        return tuple(tally(body).settled() for body in self.bodies)

    @cached_property
    def slim(self) -> bool:
        """Whether the block is next to nothing beside its neighbours: no matrix, a few numbers a feature."""
        if not self.bodies or self.width is None or not self.known:
            return False
        few = FEW_VECTORS * self.width
        return all(flops(body, 1, "dense") == 0 and tally(body).total <= few for body in self.bodies)

    @cached_property
    def misfit(self) -> Said | None:
        """Why a body had to pass its entry on; what it counts is provisional then."""
        return next((body.misfit for body in self.bodies if body.misfit is not None), None)

    @cached_property
    def doubt(self) -> Said | None:
        """A condition of its own that does not hold, though it can be counted."""
        checks = (check for body in self.bodies for own in own_bodies(body) for check in own.checks)
        return next((check.cause for check in checks if check.verdict() is False), None)

    @cached_property
    def repeat(self) -> RepeatRegion | None:
        """The rounds that the block runs, where it runs any."""
        ops = self.bodies[0].ops if self.bodies else ()
        return next((op for op in ops if isinstance(op, RepeatRegion)), None)


def follow(measured: Measured, closed: Collection[int], before: Shown | None) -> Shown:
    """The design as it is to be shown, taking over from `before` whatever has not changed.

    `closed` holds the ids of containers whose content is hidden.
    """
    turned = before is not None and before.read.get("closed") != closed
    (region,) = (op for op in measured.body.ops if isinstance(op, BlockRegion))
    root = _shown(measured.design.tree, measured.resolved.step, region.bodies, before, closed, turned)
    root.read["closed"] = frozenset(closed)
    return root


def _shown(
    node: Node,
    step: Step,
    bodies: tuple[Body, ...],
    before: Shown | None,
    closed: Collection[int],
    turned: bool,
) -> Shown:
    same = before is not None and before.is_of(node, step, bodies)
    if before is not None and same and not turned:
        return before
    known, inner = _by_id(before), bodies_inside(bodies)
    inside: list[Shown] = []
    for index, (child, below) in enumerate(zip(node.inside, step.inside, strict=True)):
        last, runs = known.get(child.id), inner.get(index, ())
        if last is not None and not turned and last.is_of(child, below, runs):
            inside.append(last)
        else:
            inside.append(_shown(child, below, runs, last, closed, turned))
    is_closed = node.id in closed
    if before is not None and same and before.closed == is_closed and identical(before.inside, tuple(inside)):
        return before
    return Shown(node, step, bodies, tuple(inside), is_closed)


def _by_id(shown: Shown | None) -> Mapping[int, Shown]:
    return {inner.node.id: inner for inner in shown.inside} if shown is not None else {}


def bodies_inside(bodies: tuple[Body, ...]) -> Mapping[int, tuple[Body, ...]]:
    """The bodies of each block that a container holds, by its place there; what no round runs is absent."""
    if len(bodies) == 1:
        return _inside(bodies[0])
    found: dict[int, tuple[Body, ...]] = {}
    for body in bodies:
        for child, inner in _inside(body).items():
            found[child] = _joined(found.get(child, ()), inner)
    return found


def _inside(body: Body) -> Mapping[int, tuple[Body, ...]]:
    known = body.read.get(_inside)
    if known is None:
        known = body.read[_inside] = {}
        for op in body.ops:
            if isinstance(op, BlockRegion):
                if op.child >= 0:
                    met = known.get(op.child)
                    known[op.child] = op.bodies if met is None else _joined(met, op.bodies)
            elif isinstance(op, Region):
                for inner in op.bodies:
                    for child, met in _inside(inner).items():
                        known[child] = _joined(known.get(child, ()), met)
    return known


def _joined(known: tuple[Body, ...], more: tuple[Body, ...]) -> tuple[Body, ...]:
    """Bodies, and those of others that are not among them."""
    if not known:
        return more
    return (*known, *[body for body in more if all(body is not other for other in known)])


def identical(some: tuple[object, ...], others: tuple[object, ...]) -> bool:
    """Whether they hold the very same objects."""
    return some is others or (len(some) == len(others) and all(map(is_, some, others)))
