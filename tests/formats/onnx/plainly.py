"""A trace worked out in NumPy, in float64 and on whole texts: the plain reading that graphs are held against.

It shares nothing with the export: no layouts, no caches, no Scan. A value is [batch, rows, *row], one of a
stream without a sequence [batch, *row], a weight its own shape.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from designer.symbolic import operation as ops
from designer.symbolic.body import Body
from designer.symbolic.walk import Where

Arrays = Mapping[str, np.ndarray]


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def softmax(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def gelu_tanh(x):
    return 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))


def gelu(x):
    """By the error function's integral, since NumPy has no erf."""
    steps = np.linspace(0, 1, 2001)
    heights = np.exp(-((x[..., None] * steps) ** 2) / 2)
    area = (
        heights[..., 0]
        + heights[..., -1]
        + 4 * heights[..., 1:-1:2].sum(-1)
        + 2 * heights[..., 2:-1:2].sum(-1)
    ) / 6000
    return x * (0.5 + x * area / np.sqrt(2 * np.pi))


FUNCTIONS: Mapping[str, Callable[[Any], Any]] = {
    "relu": lambda x: np.maximum(x, 0),
    "relu2": lambda x: np.maximum(x, 0) ** 2,
    "silu": lambda x: x * sigmoid(x),
    "quick_gelu": lambda x: x * sigmoid(1.702 * x),
    "gelu": gelu,
    "gelu_tanh": gelu_tanh,
    "tanh": np.tanh,
    "sigmoid": sigmoid,
    "softplus": lambda x: np.logaddexp(0, x),
    "exp": np.exp,
    "softmax": softmax,
}
BINARY = {"add": np.add, "multiply": np.multiply, "divide": np.divide}


class Plainly:
    """Runs a trace on texts with weights by their names in the checkpoint."""

    def __init__(self, weights: Arrays, texts: Arrays) -> None:
        self.weights, self.texts = weights, texts
        self.known: dict[ops.Value, np.ndarray] = {}
        self.copies: tuple[int, ...] = ()
        self.number = ""

    def answer(self, trace: Body) -> np.ndarray:
        """What comes out at the end."""
        self.known[trace.entries[0]] = self.texts["input_ids"]
        self.run(trace, Where())
        return self.known[trace.exits[0]]

    def run(self, body: Body, where: Where) -> None:
        for op in body.ops:
            made = getattr(self, type(op).__name__)(op, where)
            if made is not None:
                self.known[op.outputs[0]] = made

    def of(self, op: ops.Op) -> list[np.ndarray]:
        return [self.known[value] for value in op.inputs]

    def stored(self, op, where: Where) -> np.ndarray:
        kept = self.weights[(where.path + op.name).replace("{}", self.number)]
        return kept[self.copies] if isinstance(op, ops.Parameter) else kept

    # --- weights and inputs ------------------------------------------------------------------------------

    def Parameter(self, op, where):
        kept = self.stored(op, where)
        return kept.T if op.transposed else kept

    def Buffer(self, op, where):
        return self.stored(op, where)

    def Alias(self, op, where):
        return self.known[op.inputs[0]]

    def Input(self, op, where):
        return self.texts[op.name]

    def Positions(self, op, where):
        stream = op.output.stream
        ids = (
            self.texts[stream.positions]
            if stream.positions
            else np.arange(self.texts[stream.ids].shape[1])[None]
        )
        return ids + op.offset

    def Lookup(self, op, where):
        ids, table = self.of(op)
        return table[ids]

    def Sinusoid(self, op, where):
        half = op.output.shape[-1] // 2
        angles = self.of(op)[0][..., None] * op.base ** (-np.arange(half) / half)
        return np.concatenate([np.sin(angles), np.cos(angles)], -1)

    # --- arithmetic and layout ---------------------------------------------------------------------------

    def Linear(self, op, where):
        x, weight, *bias = self.of(op)
        return x @ weight.T + (bias[0] if bias else 0)

    def Norm(self, op, where):
        x, *weights = self.of(op)
        if op.flavour == "layer":
            x = x - x.mean(-1, keepdims=True)
        y = x / np.sqrt((x**2).mean(-1, keepdims=True) + op.eps)
        scale, shift = (weights[0] + op.shift if weights else 1), (weights[1] if len(weights) > 1 else 0)
        return y * scale + shift

    def Binary(self, op, where):
        if op.constant is not None:
            return BINARY[op.function](self.of(op)[0], op.constant)
        rank = max(len(value.shape) for value in op.inputs)
        return BINARY[op.function](*(self._widened(value, rank) for value in op.inputs))

    def _widened(self, value, rank):
        known, missing = self.known[value], rank - len(value.shape)
        lead = known.ndim - len(value.shape)
        return known.reshape(*known.shape[:lead], *(1,) * missing, *known.shape[lead:])

    def Activate(self, op, where):
        return FUNCTIONS[op.function](self.of(op)[0])

    def Sum(self, op, where):
        return self.of(op)[0].sum(-1, keepdims=True)

    def Top(self, op, where):
        (x,) = self.of(op)
        return (np.argsort(np.argsort(-x, -1, kind="stable"), -1) < op.count).astype(x.dtype)

    def View(self, op, where):
        (x,) = self.of(op)
        lead = x.ndim - len(op.inputs[0].shape)
        return x.reshape(*x.shape[:lead], *op.output.shape)

    def Split(self, op, where):
        parts = np.split(self.of(op)[0], np.cumsum(op.sizes)[:-1], axis=op.axis)
        self.known.update(zip(op.outputs, parts, strict=True))

    def Concat(self, op, where):
        return np.concatenate(self.of(op), -1)

    def Spread(self, op, where):
        (x,) = self.of(op)
        return np.broadcast_to(x, (*x.shape[:2], *op.output.shape))

    def First(self, op, where):
        return self.of(op)[0][:, 0]

    # --- along the sequence ------------------------------------------------------------------------------

    def Rotate(self, op, where):
        (x,) = self.of(op)
        turned = op.rope.turned or x.shape[-1]
        frequencies, factor = op.rope.scaling.frequencies(op.rope.theta, turned) if op.rope.scaling else (
            op.rope.theta ** (-np.arange(0, turned, 2) / turned), 1.0)  # fmt: skip
        angles = self.texts["position_ids"][..., None, None] * np.asarray(frequencies, np.float64)
        cos, sin = np.cos(angles) * factor, np.sin(angles) * factor
        part = x[..., :turned]
        a, b = (part[..., 0::2], part[..., 1::2]) if op.rope.interleaved else np.split(part, 2, -1)
        pair = a * cos - b * sin, b * cos + a * sin
        y = np.stack(pair, -1).reshape(part.shape) if op.rope.interleaved else np.concatenate(pair, -1)
        return np.concatenate([y, x[..., turned:]], -1)

    def Cached(self, op, where):
        return self.of(op)[0]

    def Attend(self, op, where):
        q, k, v, *bias = self.of(op)
        each = q.shape[2] // k.shape[2]
        k, v = (np.repeat(rows, each, 2) for rows in (k, v))
        scale = q.shape[-1] ** -0.5 if op.scale is None else op.scale
        scores = np.einsum("bqhw,bkhw->bhqk", q, k) * scale
        if op.softcap is not None:
            scores = np.tanh(scores / op.softcap) * op.softcap
        back = np.arange(q.shape[1])[:, None] - np.arange(k.shape[1])
        allowed = back >= 0 if op.mask.causal else np.full(back.shape, True)
        if op.mask.window is not None:
            allowed = allowed & (back < op.mask.window if op.mask.causal else np.abs(back) <= op.mask.window)
        stream = op.inputs[1].stream
        real = self.texts[stream.mask][:, None, None, :] > 0 if stream.mask else True
        scores = np.where(allowed & real, scores + (bias[0] if bias else 0), -1e300)
        return np.einsum("bhqk,bkhv->bqhv", softmax(scores), v).reshape(*q.shape[:2], -1)

    def DistanceBias(self, op, where):
        x, table = self.of(op)
        keys = self.texts[op.output.stream.keys.ids].shape[1]
        buckets = np.array([[self._bucket(op, q - k) for k in range(keys)] for q in range(x.shape[1])])
        return table[buckets].transpose(2, 0, 1)[None]

    def _bucket(self, op, back: int) -> int:
        buckets, start = op.buckets, 0
        if op.both_ways:
            buckets //= 2
            start, back = (buckets if back < 0 else 0), abs(back)
        exact = buckets // 2
        if (back := max(back, 0)) < exact:
            return start + back
        far = exact + int(np.log(back / exact) / np.log(op.reach / exact) * (buckets - exact))
        return start + min(far, buckets - 1)

    def Conv(self, op, where):
        x, weight, *bias = self.of(op)
        padded = np.concatenate([np.zeros((x.shape[0], op.kernel - 1, x.shape[2])), x], 1)
        y = sum(padded[:, i : i + x.shape[1]] * weight[:, 0, i] for i in range(op.kernel))
        return y + (bias[0] if bias else 0)

    # --- regions -----------------------------------------------------------------------------------------

    def _enter(self, op, body, carried=None):
        for name, value in body.finds.items():
            self.known[value] = (carried or {}).get(name, self.known.get(op.finds.get(name)))

    def BlockRegion(self, op, where):
        (body,) = op.bodies
        self.known[body.entries[0]] = self.known[op.inputs[0]]
        self._enter(op, body)
        self.run(body, where.inside(op))
        self.known.update({op.offers[name]: self.known[value] for name, value in body.offers.items()})
        return self.known[body.exits[0]]

    def RepeatRegion(self, op, where):
        x, carried = self.known[op.inputs[0]], {}
        for index, here in enumerate(where.rounds(op, op.rounds)):
            body = op.body(index)
            self.known[body.entries[0]] = x
            self._enter(op, body, carried)
            self.run(body, here)
            x = self.known[body.exits[0]]
            carried |= {name: self.known[value] for name, value in body.offers.items()}
        self.known.update({value: carried[name] for name, value in op.offers.items()})
        return x

    def ExpertsRegion(self, op, where):
        x, weights = self.of(op)
        (body,), total = op.bodies, 0
        outer = self.copies, self.number
        for copy in range(op.count):
            self.copies, self.number = ((), str(copy)) if op.one_by_one else ((*outer[0], copy), "")
            self.known[body.entries[0]] = x
            self._enter(op, body)
            self.run(body, where)
            total = total + self.known[body.exits[0]] * weights[..., copy : copy + 1]
        self.copies, self.number = outer
        return total

    def RecurRegion(self, op, where):
        rows, (body,) = self.of(op), op.bodies
        state, made = np.zeros((rows[0].shape[0], *op.state)), []
        self._enter(op, body)
        for at in range(rows[0].shape[1]):
            self.known.update(zip(body.entries, (state, *(row[:, at] for row in rows)), strict=True))
            self.run(body, where)
            state, y = (self.known[value] for value in body.exits)
            made.append(y)
        return np.stack(made, 1)
