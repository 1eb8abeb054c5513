"""The axes of a graph: how many rows a stream has, where they stand, how far apart they are."""

from __future__ import annotations

from designer.formats.onnx.graph import BOOL, INT, Graph
from designer.symbolic.stream import Stream


def rows(stream: Stream) -> str:
    """The name of a stream's axis: `sequence_length` for the tokens that everything begins with."""
    return "sequence_length" if stream.name == "tokens" else f"{stream.name}_sequence_length"


def grows(g: Graph, stream: Stream) -> bool:
    """Whether more rows come with every call, so that new ones and all there are must be told apart."""
    return stream.name == g.memory.written and g.memory.cache is not None


def ids(g: Graph, stream: Stream) -> str:
    """The input that says which rows there are."""
    return g.input(stream.ids, ("batch_size", rows(stream)), INT)


def real(g: Graph, stream: Stream) -> str:
    """Which rows are real: 1, or 0 for padding. Where rows are remembered, the input tells of them too."""
    if not grows(g, stream):
        return g.input(stream.mask, ("batch_size", rows(stream)), INT)
    every = g.input(stream.mask, ("batch_size", "total_sequence_length"), INT)
    if stream.whole:
        return every
    new = g.op("Neg", g.op("Unsqueeze", length(g, stream), g.ints([0]), at="mask"), at="mask")
    return g.op("Slice", every, new, g.ints([2**62]), g.ints([1]), at="mask")


def length(g: Graph, stream: Stream) -> str:
    """How many rows a stream has: a scalar of the graph."""
    return g.once(("length", stream), lambda: _length(g, stream))


def _length(g: Graph, stream: Stream) -> str:
    remembers = stream.whole and grows(g, stream)
    name = f"{stream.name}_whole" if remembers else stream.name
    if remembers and stream.mask:
        return _size(g, real(g, stream), 1, name)
    new = _size(g, ids(g, stream), 1, name)
    cache = g.memory.cache
    return g.op("Add", _size(g, g.past(cache), 2, name), new, at=name) if remembers and cache else new


def _size(g: Graph, of: str, axis: int, name: str) -> str:
    return g.op("Squeeze", g.op("Shape", of, start=axis, end=axis + 1, at=name), g.ints([0]), at=name)


def standing(g: Graph, stream: Stream) -> str:
    """The index of each of a stream's rows among all that there are: [rows]."""
    return g.once(("standing", stream), lambda: _standing(g, stream))


def _standing(g: Graph, stream: Stream) -> str:
    end = length(g, stream.remembered())
    new = not stream.whole and grows(g, stream)
    first = g.op("Sub", end, length(g, stream), at=stream.name) if new else g.ints(0)
    return g.op("Range", first, end, g.ints(1), at=stream.name)


def positions(g: Graph, stream: Stream) -> str:
    """Where each row stands: given, or counted on from what is remembered. [batch or 1, rows]."""
    if stream.positions:
        return g.input(stream.positions, ("batch_size", rows(stream)), INT)
    return g.once(
        ("positions", stream), lambda: g.op("Unsqueeze", standing(g, stream), g.ints([0]), at=stream.name)
    )


def behind(g: Graph, q: Stream, k: Stream) -> str:
    """How far each key lies behind each query, negative if ahead: [queries, keys]."""
    return g.once(("behind", q, k), lambda: _behind(g, q, k))


def _behind(g: Graph, q: Stream, k: Stream) -> str:
    queries = g.op("Unsqueeze", standing(g, q), g.ints([1]), at="distance")
    return g.op("Sub", queries, standing(g, k), at="distance")


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
