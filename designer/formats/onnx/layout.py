"""Rules of layout: the same numbers in another arrangement."""

from __future__ import annotations

from designer.formats.onnx.graph import Graph
from designer.formats.onnx.held import leading, numbers
from designer.symbolic.operation import Concat, First, Split, Spread, View


def view(g: Graph, op: View) -> None:
    """Nothing is written until somebody needs the shape."""
    g.held[op.output] = g.settled(op.inputs[0])


def split(g: Graph, op: Split) -> None:
    """Cut along an axis of the row."""
    sizes = g.ints([*numbers(op.sizes)])
    names = g.ops("Split", g.get(op.inputs[0]), sizes, outputs=len(op.sizes), axis=op.axis)
    for part, name in zip(op.outputs, names, strict=True):
        g.keep(part, name)


def concat(g: Graph, op: Concat) -> None:
    """Joined along the last axis."""
    g.keep(op.output, g.op("Concat", *[g.get(value) for value in op.inputs], axis=-1))


def spread(g: Graph, op: Spread) -> None:
    """One head's row given to many."""
    shape = [1] * leading(op.output) + [*numbers(op.output.shape)]
    g.keep(op.output, g.op("Expand", g.get(op.inputs[0]), g.ints(shape)))


def first(g: Graph, op: First) -> None:
    """The first row of each sequence; all rows may be wanted as well."""
    x = g.get(op.inputs[0])
    if g.sheet is g.main:
        g.pooled = x, op.inputs[0]
    g.keep(op.output, g.op("Gather", x, g.ints(0), axis=1))
