"""Rules of regions that follow one another: blocks and repeats."""

from __future__ import annotations

from collections.abc import Mapping

from designer.formats.onnx import functions
from designer.formats.onnx.graph import Graph
from designer.formats.onnx.held import Held
from designer.symbolic.body import Body
from designer.symbolic.operation import NUMBERED, BlockRegion, Region, RepeatRegion, Value
from designer.symbolic.walk import Where, numbers_itself


def block(g: Graph, op: BlockRegion) -> None:
    """A block's body, where it stands."""
    body, where = op.bodies[0], g.where.inside(op)
    enter(g, op, body, op.inputs[0], {})
    _passed(g, body, where, layer=op.name == NUMBERED)
    g.held[op.output] = g.held[body.exits[0]]
    for name, held in leave(g, body).items():
        g.held[op.offers[name]] = held


def repeat(g: Graph, op: RepeatRegion) -> None:
    """Round after round; what one offers the next may find."""
    row, carried = op.inputs[0], dict[str, Held]()
    assert isinstance(op.rounds, int)
    for round, where in enumerate(g.where.rounds(op, op.rounds)):
        g.pulse()
        body = op.body(round)
        enter(g, op, body, row, carried)
        _passed(g, body, where, layer=not numbers_itself(op))
        row = body.exits[0]
        carried |= leave(g, body)
    g.held[op.output] = g.settled(row)
    for name, value in op.offers.items():
        g.held[value] = carried[name]


def _passed(g: Graph, body: Body, where: Where, layer: bool) -> None:
    """A body run; a layer as a function, where functions are wanted and none is being written."""
    if layer and g.functions is not None and g.sheet is g.main:
        functions.call(g, body, where)
    else:
        g.run(body, where)


def enter(g: Graph, op: Region, body: Body, entry: Value, carried: Mapping[str, Held]) -> None:
    """Hold what a body takes in: its entry, and what it finds above or from the round before."""
    g.held[body.entries[0]] = g.settled(entry)
    found(g, op, body, carried)


def found(g: Graph, op: Region, body: Body, carried: Mapping[str, Held]) -> None:
    """Hold what a body finds."""
    for name, value in body.finds.items():
        g.held[value] = carried[name] if name in carried else g.settled(op.finds[name])


def leave(g: Graph, body: Body) -> dict[str, Held]:
    """What a body offers."""
    return {name: g.settled(value) for name, value in body.offers.items()}
