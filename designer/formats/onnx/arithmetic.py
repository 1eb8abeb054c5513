"""Rules of arithmetic: matrices, norms, sums, functions of each element."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from designer.formats.onnx.graph import Graph
from designer.formats.onnx.held import Numbers, numbers
from designer.symbolic.issue import Refusal, said
from designer.symbolic.operation import Activate, Binary, Linear, Norm, Sum, Top, Value

BINARY: Mapping[str, str] = {"add": "Add", "multiply": "Mul", "divide": "Div"}
SIMPLE: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "relu": ("Relu", {}),
    "gelu": ("Gelu", {}),
    "gelu_tanh": ("Gelu", {"approximate": "tanh"}),
    "tanh": ("Tanh", {}),
    "sigmoid": ("Sigmoid", {}),
    "softplus": ("Softplus", {}),
    "exp": ("Exp", {}),
    "softmax": ("Softmax", {"axis": -1}),
}


def linear(g: Graph, op: Linear) -> None:
    """A matrix product; weights kept [out, in] are turned first, under their own name and `.T`."""
    x, weight, *bias = op.inputs
    held = g.held[weight]
    if held.form == "flipped":
        turned = held.name
    else:
        kept = g.get(weight)
        turned = g.beside(
            kept,
            "turned",
            lambda: g.op("Transpose", kept, perm=[1, 0], at=held.label, out=g.sheet.unique(f"{kept}.T")),
        )
    y = g.op("MatMul", g.get(x), turned, at=held.label)
    g.keep(op.output, g.op("Add", y, g.get(bias[0]), at=held.label) if bias else y)


def norm(g: Graph, op: Norm) -> None:
    """RMS or layer normalization over the last axis."""
    x, *weights = op.inputs
    label = g.held[weights[0]].label if weights else ""
    scale = g.get(weights[0]) if weights else g.floats(np.ones(numbers(x.shape)[-1]))
    if op.shift:
        stored = scale
        scale = g.beside(stored, "shifted", lambda: g.op("Add", stored, g.floats(op.shift), at=label))
    if op.flavour == "rms":
        y = g.op("RMSNormalization", g.get(x), scale, axis=-1, epsilon=op.eps, at=label)
    else:
        rest = [g.get(weight) for weight in weights[1:]]
        y = g.op("LayerNormalization", g.get(x), scale, *rest, axis=-1, epsilon=op.eps, at=label)
    g.keep(op.output, y)


def binary(g: Graph, op: Binary) -> None:
    """Of two values, or of one and a constant, which asks for no shape."""
    kind, a = BINARY[op.function], op.inputs[0]
    if op.constant is not None:
        held = g.settled(a)
        y = g.op(kind, held.name, g.floats(op.constant))
        g.held[op.output] = held._replace(name=y)
        return
    b = op.inputs[1]
    rank = max(len(a.shape), len(b.shape))
    g.keep(op.output, g.op(kind, _widened(g, a, rank), _widened(g, b, rank)))


def _widened(g: Graph, value: Value, rank: int) -> str:
    """A value with literal ones before its row, so that rows meet from the right."""
    shape: Numbers = numbers(value.shape)
    if len(shape) == rank or value.stream is None:
        return g.get(value)
    return g.get(value, (1,) * (rank - len(shape)) + shape)


def activate(g: Graph, op: Activate) -> None:
    """A function of each element, or softmax over the last axis."""
    x = g.get(op.inputs[0])
    if op.function in SIMPLE:
        kind, attributes = SIMPLE[op.function]
        y = g.op(kind, x, **attributes)
    elif op.function == "silu":
        y = g.op("Mul", x, g.op("Sigmoid", x))
    elif op.function == "quick_gelu":
        y = g.op("Mul", x, g.op("Sigmoid", g.op("Mul", x, g.floats(1.702))))
    elif op.function == "relu2":
        y = g.op("Relu", x)
        y = g.op("Mul", y, y)
    else:
        raise Refusal("", said("ONNX export does not know the function {name}.", name=op.function))
    g.keep(op.output, y)


def added_up(g: Graph, op: Sum) -> None:
    """The last axis summed to 1."""
    g.keep(op.output, g.op("ReduceSum", g.get(op.inputs[0]), g.ints([-1]), keepdims=1))


def top(g: Graph, op: Top) -> None:
    """1 where an element is among the greatest, else 0."""
    x = g.get(op.inputs[0])
    _, at = g.ops("TopK", x, g.ints([*numbers((op.count,))]), outputs=2, axis=-1)
    zeros = g.op("ConstantOfShape", g.op("Shape", x))
    ones = g.op("Expand", g.floats(1), g.op("Shape", at))
    g.keep(op.output, g.op("ScatterElements", zeros, at, ones, axis=-1))
