"""Rules along the sequence: rotary positions, caches, convolutions, biases by distance."""

from __future__ import annotations

from math import log
from typing import Any

from designer.formats.onnx import streams
from designer.formats.onnx.graph import FLOAT, INT, Graph
from designer.formats.onnx.held import along, numbers
from designer.symbolic.issue import Refusal, said
from designer.symbolic.operation import Cached, Conv, DistanceBias, Rotate
from designer.symbolic.rope import Rope, plain
from designer.symbolic.stream import Pair, Stream


def rotate(g: Graph, op: Rotate) -> None:
    """Pairs turned by position; cosines and sines are made once for each base, width and stream."""
    x = op.inputs[0]
    heads, width = numbers(x.shape)
    turned = width if op.rope.turned is None else op.rope.turned
    cos, sin = (_table(g, op.rope, turned, along(x), wave) for wave in ("Cos", "Sin"))
    how: dict[str, Any] = {"num_heads": heads, "interleaved": int(op.rope.interleaved)}
    if turned != width:
        how["rotary_embedding_dim"] = turned
    y = g.op("RotaryEmbedding", g.flat(x), cos, sin, **how)
    g.keep(op.output, y, (heads * width,))


def _table(g: Graph, rope: Rope, turned: int, stream: Stream, wave: str) -> str:
    """Cosines or sines for each row: [batch, rows, turned / 2]."""
    if rope.scaling is None:
        frequencies, factor = plain(rope.theta, turned), 1.0
    else:
        frequencies, factor = rope.scaling.frequencies(rope.theta, turned)

    def angles() -> str:
        at = g.op("Cast", streams.positions(g, stream), to=FLOAT, at="rotary")
        return g.op(
            "Mul", g.op("Unsqueeze", at, g.ints([2]), at="rotary"), g.floats(frequencies), at="rotary"
        )

    def table() -> str:
        y = g.op(wave, g.once(("angles", rope, turned, stream), angles), at="rotary")
        return y if factor == 1.0 else g.op("Mul", y, g.floats(factor), at="rotary")

    return g.once((wave, rope, turned, stream), table)


def cached(g: Graph, op: Cached) -> None:
    """Whoever needs these rows first meets the cache: attention in one node, anybody else by joining them."""
    held = g.settled(op.inputs[0])
    if g.memory.keeps(op):
        if held.form != "rows":
            g.get(op.inputs[0])
        held = g.held[op.inputs[0]]._replace(slot=g.slot())
    g.held[op.output] = held


def conv(g: Graph, op: Conv) -> None:
    """Causal depthwise convolution over the last rows and the new ones."""
    x, *weights = op.inputs
    channels, kernel = numbers((x.shape[-1], op.kernel))
    rows, pads = g.op("Transpose", g.get(x), perm=[0, 2, 1]), [kernel - 1, 0]
    if g.memory.keeps(op):
        slot, pads = g.slot(), [0, 0]
        rows = g.op("Concat", g.past(slot), rows, axis=2)
        last = g.ints([1 - kernel]), g.ints([2**62]), g.ints([2])
        g.op("Slice", rows, *last, out=g.sheet.present(slot))
    label = g.held[weights[0]].label
    y = g.op("Conv", rows, *[g.get(w) for w in weights], group=channels, pads=pads, at=label)
    g.keep(op.output, g.op("Transpose", y, perm=[0, 2, 1]))


def distance_bias(g: Graph, op: DistanceBias) -> None:
    """T5's bias: a row of the table for each pair's bucket, held [1, heads, queries, keys]."""
    pair = op.output.stream
    assert isinstance(pair, Pair)
    if not 0 < _near(op) < op.reach:
        cause = said("Of {buckets} buckets that reach {reach} tokens far, none is left for far distances.",
                     buckets=op.buckets, reach=op.reach)  # fmt: skip
        raise Refusal(g.where.place.rstrip("."), cause)
    key = ("bucket", pair, op.buckets, op.reach, op.both_ways)
    bucket = g.once(key, lambda: _bucket(g, op, pair))
    y = g.op("Transpose", g.op("Gather", g.get(op.inputs[1]), bucket, axis=0), perm=[2, 0, 1])
    g.keep(op.output, g.op("Unsqueeze", y, g.ints([0])))


def _near(op: DistanceBias) -> int:
    """How many distances have a bucket each: half of those on a side."""
    (buckets,) = numbers((op.buckets,))
    return buckets // 4 if op.both_ways else buckets // 2


def _bucket(g: Graph, op: DistanceBias, pair: Pair) -> str:
    """The bucket of each distance (Raffel et al. 2019): near ones have their own, far ones share."""
    (buckets,) = numbers((op.buckets,))

    def do(kind: str, *inputs: str, **attributes: Any) -> str:
        return g.op(kind, *inputs, at="bucket", **attributes)

    back, ahead = streams.behind(g, pair.queries, pair.keys), ""
    if op.both_ways:
        buckets //= 2
        ahead = do("Mul", do("Cast", do("Less", back, g.ints(0)), to=INT), g.ints(buckets))
        back = do("Abs", back)
    else:
        back = do("Max", back, g.ints(0))
    exact = _near(op)
    far = do("Div", do("Cast", do("Max", back, g.ints(1)), to=FLOAT), g.floats(exact))
    far = do("Div", do("Log", far), g.floats(log(op.reach / exact)))
    far = do("Cast", do("Mul", far, g.floats(buckets - exact)), to=INT)
    far = do("Min", do("Add", far, g.ints(exact)), g.ints(buckets - 1))
    at = do("Where", do("Less", back, g.ints(exact)), back, far)
    return do("Add", at, ahead) if ahead else at
