"""Compute: FLOPs of one forward pass. Matrix work only, 2 for a multiply and an add."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from designer.design.scenario import Convention
from designer.symbolic.body import Body
from designer.symbolic.operation import (
    Activate,
    Attend,
    Binary,
    Conv,
    Linear,
    Mask,
    Op,
    Region,
    Sum,
)
from designer.symbolic.size import Count, least, product, quotient


def flops(body: Body, tokens: Count, convention: Convention = "causal") -> Count:
    """FLOPs of one pass over `tokens` tokens of one sequence, every position's logits included.

    Every stream of tokens has `tokens` rows: an encoder–decoder reads and writes as many. "dense" counts
    every pair of positions; "causal" those that the mask leaves. Elementwise work counts only inside a
    recurrence: each operation once an element (a sum, the elements it adds up).
    """
    asked = (tokens, convention)
    known = body.read.get(flops)
    if known is None or known[0] != asked:  # only the latest is kept, however far a slider is drawn
        known = body.read[flops] = (asked, _summed(body, tokens, convention))
    return known[1]


def _summed(body: Body, tokens: Count, convention: Convention) -> Count:
    work: Count = 0
    for op in body.ops:
        if isinstance(op, Region):
            for index, inner in enumerate(op.bodies):
                work = work + flops(inner, tokens, convention) * op.times(index)[1]
        elif (rule := WORK.get(type(op))) is not None:
            work = work + rule(op, tokens, convention)
    return work


def rows(stream: Any, tokens: Count) -> Count:
    """How many rows a stream has; a weight's has one."""
    if stream is None:
        return 1
    return stream.rows if stream.rows is not None else tokens


def pairs(mask: Mask, queries: Count, keys: Count, convention: Convention) -> Count:
    """How many (query, key) pairs are scored. Causal masks and windows look along one and the same stream."""
    if convention == "dense" or (not mask.causal and mask.window is None):
        return queries * keys
    if mask.window is None:
        return quotient(queries * (queries + 1), 2)
    if mask.causal:
        near = least(mask.window, queries)
        return quotient(near * (near + 1), 2) + (queries - near) * near
    near = least(mask.window, queries - 1)
    return (2 * near + 1) * queries - near * (near + 1)


def _linear(op: Op, tokens: Count, _: Convention) -> Count:
    return 2 * op.inputs[0].shape[-1] * product(op.output.shape) * rows(op.output.stream, tokens)


def _conv(op: Op, tokens: Count, _: Convention) -> Count:
    assert isinstance(op, Conv)
    return 2 * op.output.shape[-1] * op.kernel * rows(op.output.stream, tokens)


def _attend(op: Op, tokens: Count, convention: Convention) -> Count:
    assert isinstance(op, Attend)
    q, k, v = op.inputs[:3]
    scored = pairs(op.mask, rows(q.stream, tokens), rows(k.stream, tokens), convention)
    return 2 * q.shape[0] * (q.shape[1] + v.shape[1]) * scored


def _elementwise(op: Op, tokens: Count, _: Convention) -> Count:
    stream: Any = op.output.stream
    if stream is None or stream.name != "step":
        return 0
    worked = op.inputs[0].shape if isinstance(op, Sum) else op.output.shape
    return product(worked) * rows(stream, tokens)


WORK: Mapping[type[Op], Callable[[Op, Count, Convention], Count]] = {
    Linear: _linear,
    Conv: _conv,
    Attend: _attend,
    Binary: _elementwise,
    Activate: _elementwise,
    Sum: _elementwise,
}
