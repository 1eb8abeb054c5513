"""Weights: what a body keeps, by name; needed where several bodies keep their weights in one place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from designer.symbolic.body import Body
from designer.symbolic.operation import NUMBERED, BlockRegion, Parameter, Region, RepeatRegion
from designer.symbolic.size import Count, Shape, least


class Weight(NamedTuple):
    """A parameter inside a body: `copies` of it are kept, `met` by one token; `fits` is False where the block
    that recorded it does not fit."""

    op: Parameter
    copies: Count
    met: Count
    fits: bool

    @property
    def shape(self) -> Shape:
        """As the checkpoint stores it, stacked axes first."""
        return (*self.op.stacked, *self.op.shape)


def weights(body: Body) -> Mapping[str, Weight]:
    """The parameters of one set of a body's weights, by name below it; without what is kept elsewhere.

    Layers of a Repeat that differ stand under a number each, with as many copies as there are rounds of it.
    """
    known = body.read.get(weights)
    if known is None:
        known = body.read[weights] = _weights(body)
    return known


def kept_together(bodies: Iterable[Body]) -> Mapping[str, Weight]:
    """The parameters of bodies that keep their weights in one place: one of each name, the first met."""
    together: dict[str, Weight] = {}
    for body in bodies:
        for name, weight in weights(body).items():
            together.setdefault(name, weight)
    return together


def kept_differently(bodies: Iterable[Body]) -> Iterator[tuple[str, Shape, Shape]]:
    """Names under which bodies that keep their weights in one place do not keep the same: (name, the shape
    met first, another's)."""
    together: dict[str, Weight] = {}
    for body in bodies:
        for name, weight in weights(body).items():
            known = together.setdefault(name, weight)
            if known.shape != weight.shape:
                yield name, known.shape, weight.shape


def _weights(body: Body) -> dict[str, Weight]:
    found: dict[str, Weight] = {}
    for op in body.ops:
        if isinstance(op, Parameter):
            found[op.name] = Weight(op, 1, 1, body.misfit is None)
        elif isinstance(op, Region) and not (isinstance(op, BlockRegion) and op.shares):
            for index, inner in enumerate(op.bodies):
                copies, runs = op.times(index)
                for name, (parameter, kept, met, fits) in weights(inner).items():
                    weight = Weight(
                        parameter, kept * copies, met * least(copies, runs), fits and body.misfit is None
                    )
                    found.setdefault(segment(op, index) + name, weight)
    return found


def segment(op: Region, index: int) -> str:
    """What tells the weights of a region's body from those beside it: a block's name, a number for each
    different layer, nothing for layers of one set."""
    if isinstance(op, BlockRegion):
        name = str(op.child) if op.name == NUMBERED else op.name
        return f"{name}." if name else ""
    return f"{index}." if isinstance(op, RepeatRegion) and not op.shared else ""
