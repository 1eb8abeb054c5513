"""The axes of a graph: how many rows a stream has, where they stand, how far apart they are."""

from __future__ import annotations

from typing import Any

from designer.formats.onnx.graph import BOOL, INT, Graph
from designer.symbolic.stream import Stream


def rows(stream: Stream | Any) -> str:
    """The name of a stream's axis: `sequence_length` for the tokens that everything begins with."""
    return "sequence_length" if stream.name == "tokens" else f"{stream.name}_sequence_length"


def grows(g: Graph, stream: Stream) -> bool:
    """Whether these are the new rows and everything remembered before them."""
    return stream.whole and stream.name == g.memory.written


def ids(g: Graph, stream: Stream) -> str:
    """The input that says which rows there are."""
    return g.input(stream.ids, ("batch_size", rows(stream)), INT)


def real(g: Graph, stream: Stream) -> str:
    """Which rows are real: 1, or 0 for padding. The input tells of everything remembered as well."""
    if not grows(g, stream.remembered()) or g.memory.cache is None:
        return g.input(stream.mask, ("batch_size", rows(stream)), INT)
    every = g.input(stream.mask, ("batch_size", "total_sequence_length"), INT)
    return every if stream.whole else g.once(("new", stream), lambda: _new(g, stream, every))


def _new(g: Graph, stream: Stream, every: str) -> str:
    """The end of the mask, which tells of the new rows."""
    first = g.op("Neg", g.op("Unsqueeze", length(g, stream), g.ints([0]), at="mask"), at="mask")
    return g.op("Slice", every, first, g.ints([2**62]), g.ints([1]), at="mask")


def length(g: Graph, stream: Stream) -> str:
    """How many rows a stream has: a scalar of the graph."""

    def make() -> str:
        name = f"{stream.name}{'_whole' if grows(g, stream) else ''}"
        if grows(g, stream) and stream.mask:
            return _size(g, real(g, stream), 1, name)
        new = _size(g, ids(g, stream), 1, name)
        cache = g.memory.cache if grows(g, stream) else None
        return g.op("Add", _size(g, g.past(cache), 2, name), new, at=name) if cache else new

    return g.once(("length", stream), make)


def _size(g: Graph, of: str, axis: int, name: str) -> str:
    return g.op("Squeeze", g.op("Shape", of, start=axis, end=axis + 1, at=name), g.ints([0]), at=name)


def standing(g: Graph, stream: Stream) -> str:
    """The index of each of a stream's rows among all that there are: [rows]."""

    def make() -> str:
        new, end = length(g, stream), length(g, stream.remembered())
        return g.op("Range", g.op("Sub", end, new, at=stream.name), end, g.ints(1), at=stream.name)

    return g.once(("standing", stream), make)


def positions(g: Graph, stream: Stream | Any) -> str:
    """Where each row stands: given, or counted on from what is remembered. [batch or 1, rows]."""
    if stream.positions:
        return g.input(stream.positions, ("batch_size", rows(stream)), INT)
    return g.once(
        ("positions", stream), lambda: g.op("Unsqueeze", standing(g, stream), g.ints([0]), at=stream.name)
    )


def behind(g: Graph, q: Stream, k: Stream) -> str:
    """How far each key lies behind each query, negative if ahead: [queries, keys]."""

    def make() -> str:
        keys = g.op("Range", g.ints(0), length(g, k), g.ints(1), at="distance")
        return g.op("Sub", g.op("Unsqueeze", standing(g, q), g.ints([1]), at="distance"), keys, at="distance")

    return g.once(("behind", q, k), make)


def seen(g: Graph, q: Stream, k: Stream, causal: bool, window: int | None) -> str | None:
    """Which keys each query may see, as bools [batch or 1, 1, queries, keys]; None where it may see all.

    A causal query always sees itself, so that a padded row stays finite; nobody looks at what it says.
    """
    if not causal and window is None and not k.mask:
        return None
    return g.once(("seen", q, k, causal, window), lambda: _seen(g, q, k, causal, window))


def _seen(g: Graph, q: Stream, k: Stream, causal: bool, window: int | None) -> str:
    near = _near(g, q, k, causal, window)
    if not k.mask:
        assert near is not None
        return g.op("Unsqueeze", near, g.ints([0, 1]), at="mask")
    keys = g.op("Unsqueeze", g.op("Cast", real(g, k), to=BOOL, at="mask"), g.ints([1, 2]), at="mask")
    if near is None:
        one, many = g.ints([1]), g.op("Unsqueeze", length(g, q), g.ints([0]), at="mask")
        return g.op("Expand", keys, g.op("Concat", one, one, many, one, axis=0, at="mask"), at="mask")
    allowed = g.op("And", keys, near, at="mask")
    if not causal:
        return allowed
    return g.op("Or", allowed, g.op("Equal", behind(g, q, k), g.ints(0), at="mask"), at="mask")


def _near(g: Graph, q: Stream, k: Stream, causal: bool, window: int | None) -> str | None:
    """What causality and window leave: [queries, keys]."""
    if not causal:
        if window is None:
            return None
        far = g.op("Abs", behind(g, q, k), at="mask")
        return g.op("LessOrEqual", far, g.ints(window), at="mask")
    back = behind(g, q, k)
    before = g.op("GreaterOrEqual", back, g.ints(0), at="mask")
    if window is None:
        return before
    return g.op("And", before, g.op("Less", back, g.ints(window), at="mask"), at="mask")
