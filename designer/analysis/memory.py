"""Memory: bytes of weights, of the key-value cache and of recurrent state."""

from __future__ import annotations

from typing import NamedTuple

from designer.design.scenario import BITS, Precision
from designer.symbolic.body import Body
from designer.symbolic.operation import Cached, Conv, RecurRegion, Region
from designer.symbolic.size import Count, least, product


class Kept(NamedTuple):
    """Numbers kept for one sequence: `growing` with the context (keys, values), and `constant` (states)."""

    growing: Count
    constant: Count


def kept(body: Body, tokens: Count) -> Kept:
    """What must be kept after `tokens` tokens of one sequence.

    A windowed layer keeps its window's rows, a latent attention its latent and rotary rows once, a
    cross-attention the encoder's rows, of which there are `tokens` too.
    """
    known = body.read.get(kept)
    if known is None or known[0] != tokens:  # only the latest is kept, however far a slider is drawn
        known = body.read[kept] = (tokens, _kept(body, tokens))
    return known[1]


def _kept(body: Body, tokens: Count) -> Kept:
    growing: Count = 0
    constant: Count = 0
    for op in body.ops:
        if isinstance(op, Cached):
            rows = tokens if op.window is None else least(tokens, op.window)
            growing = growing + product(op.output.shape) * rows
        elif isinstance(op, Conv):
            constant = constant + op.output.shape[-1] * (op.kernel - 1)
        elif isinstance(op, Region):
            for index, inner in enumerate(op.bodies):
                more, runs = kept(inner, tokens), op.times(index)[1]
                growing, constant = growing + more.growing * runs, constant + more.constant * runs
            if isinstance(op, RecurRegion):
                constant = constant + product(op.state)
    return Kept(growing, constant)


def in_bytes(numbers: Count, precision: Precision) -> Count:
    """Bytes that so many numbers take at nominal bits, rounded up."""
    bits = BITS[precision]
    return numbers * (bits // 8) if bits % 8 == 0 else (numbers * bits + 7) // 8
