"""What is stored and what comes in: weights, ids, positions."""

from __future__ import annotations

from designer.formats.onnx import streams
from designer.formats.onnx.graph import FLOAT, INT, Graph
from designer.formats.onnx.held import Held, along, numbers
from designer.symbolic.operation import Alias, Buffer, Input, Lookup, Parameter, Positions, Sinusoid
from designer.symbolic.rope import plain


def parameter(g: Graph, op: Parameter) -> None:
    """A weight as its checkpoint keeps it."""
    name = g.weight(op, numbers(op.shape))
    form = "flipped" if op.transposed else "rows"
    g.held[op.output] = Held(name, numbers(op.output.shape), form, label=module(op.name))


def alias(g: Graph, op: Alias) -> None:
    """The same weight again."""
    g.held[op.output] = g.held[op.inputs[0]]._replace(label=module(op.name))


def buffer(g: Graph, op: Buffer) -> None:
    """A stored tensor that is no parameter."""
    g.keep(op.output, g.weight(op, numbers(op.shape)))


def module(name: str) -> str:
    """The module that a tensor belongs to: `q_proj` of `q_proj.weight`."""
    return name.rpartition(".")[0]


def comes_in(g: Graph, op: Input) -> None:
    """Ids, or real rows."""
    shape = numbers(op.output.shape)
    rows = streams.rows(along(op.output))
    g.keep(op.output, g.input(op.name, ("batch_size", rows, *shape), FLOAT if shape else INT))


def lookup(g: Graph, op: Lookup) -> None:
    """A row of the table for each id."""
    ids, table = op.inputs
    g.keep(op.output, g.op("Gather", g.get(table), g.get(ids), axis=0))


def positions(g: Graph, op: Positions) -> None:
    """Where each row stands."""
    at = streams.positions(g, along(op.output))
    g.keep(op.output, g.op("Add", at, g.ints(op.offset)) if op.offset else at)


def sinusoid(g: Graph, op: Sinusoid) -> None:
    """Sines, then cosines."""
    width = numbers(op.output.shape)[-1]
    at = g.op("Unsqueeze", g.op("Cast", g.get(op.inputs[0]), to=FLOAT), g.ints([-1]))
    angles = g.op("Mul", at, g.floats(plain(op.base, width)))
    g.keep(op.output, g.op("Concat", g.op("Sin", angles), g.op("Cos", angles), axis=-1))
