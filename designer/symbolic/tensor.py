"""The symbolic tensor: its methods are the whole vocabulary a block is written in."""

from __future__ import annotations

from typing import Any

from designer.symbolic import operation as ops
from designer.symbolic.issue import Misfit, said
from designer.symbolic.operation import Mask
from designer.symbolic.rope import Rope
from designer.symbolic.scope import Scope
from designer.symbolic.size import Count, Shape, product, total
from designer.symbolic.stream import Pair, Stream
from designer.symbolic.value import Value


class Tensor:
    """A value seen from the scope that uses it. A row of `shape` for each item of `stream`."""

    __slots__ = ("scope", "value")

    def __init__(self, scope: Scope, value: Value) -> None:
        self.scope, self.value = scope, value

    @property
    def shape(self) -> Shape:
        """The row's shape: (width,) of hidden states, (heads, width) of queries, () of ids."""
        return self.value.shape

    @property
    def stream(self) -> Any:
        """The axis it has one row an item of; None for a weight."""
        return self.value.stream

    @property
    def width(self) -> Count:
        """The last axis.

        Raises:
            Misfit: for ids, which have none.
        """
        if not self.value.shape:
            raise Misfit(said("It is given token ids, which have no width: an embedding must come first."))
        return self.value.shape[-1]

    @property
    def rows(self) -> Count | None:
        """How many rows there are where the design says so; None where the scenario decides."""
        return getattr(self.value.stream, "rows", None)

    def at(self, scope: Scope) -> Tensor:
        """The same value, used from another scope of the same body."""
        return Tensor(scope, self.value)

    def part(self, name: str) -> Tensor:
        """The same value, with what is made of it named under `name`."""
        return self.at(self.scope.part(name))

    def _give(self, shape: Shape, stream: Stream | Pair | None = None) -> Value:
        return Value(shape, self.value.stream if stream is None else stream)

    def recorded(self, op: ops.Op) -> Tensor:
        """The first thing that an operation gives, once it is recorded here."""
        self.scope.recording.ops.append(op)
        return Tensor(self.scope, op.outputs[0])

    def _values(self, *others: Tensor | None) -> tuple[Value, ...]:
        return (self.value, *(other.value for other in others if other is not None))

    # --- weights ---------------------------------------------------------------------------------------

    def parameter(self, name: str, shape: Shape, category: str | None = None) -> Tensor:
        """A weight of `shape`. The same name in the same body is the same parameter."""
        scope, stored = self.scope, self.scope.stored(name)
        known = scope.recording.weights.get(scope.prefix + name)
        if known is not None:
            cause = said("Keeps {name} as {a} and as {b}.", name=stored.name, a=spelled(known.shape),
                         b=spelled(shape))  # fmt: skip
            scope.same(known.shape, shape, cause)
            return Tensor(scope, known)
        made = scope.recording.weights[scope.prefix + name] = Value(shape, None)
        flipped = stored.layout == "transposed" and len(shape) == 2
        kept, counts_as = shape[::-1] if flipped else shape, category or scope.category
        return self.recorded(
            ops.Parameter((), (made,), stored.name, kept, counts_as, flipped, scope.stacked, stored.also)
        )

    def alias(self, name: str) -> Tensor:
        """This weight, used a second time; `name` is what the checkpoint may also call it."""
        value = Value(self.shape, None)
        stored = self.scope.stored(name).name
        return self.recorded(ops.Alias(self._values(), (value,), stored, self.scope.category))

    def buffer(self, name: str, shape: Shape) -> Tensor:
        """A stored tensor that is no parameter."""
        value = Value(shape, None)
        return self.recorded(ops.Buffer((), (value,), self.scope.stored(name).name, shape))

    def lookup(self, table: Tensor) -> Tensor:
        """A row of `table` (rows, width) for each id."""
        return self.recorded(ops.Lookup(self._values(table), (self._give((*self.shape, table.width)),)))

    def linear(
        self,
        name: str,
        out: Count,
        bias: bool = False,
        weight: Tensor | None = None,
        category: str | None = None,
    ) -> Tensor:
        """(…, in) to (…, out); `weight` (out, in) uses a found one, as a tied head does."""
        inner = self.width
        if weight is None:
            used = self.parameter(f"{name}.weight", (out, inner), category)
        else:
            used = weight.alias(f"{name}.weight")
            cause = said("{name} takes width {a} and is given {b}.", name=name, a=used.width, b=inner)
            self.scope.check("equal", used.width, inner, cause)
            cause = said("{name} gives {a}, its weight {b}.", name=name, a=out, b=used.shape[0])
            self.scope.check("equal", used.shape[0], out, cause)
        added = self.parameter(f"{name}.bias", (out,), category) if bias else None
        return self.recorded(ops.Linear(self._values(used, added), (self._give((*self.shape[:-1], out)),)))

    def norm(
        self, name: str | None, flavour: str = "rms", bias: bool = False, eps: float = 1e-6, shift: int = 0
    ) -> Tensor:
        """Normalise over the last axis ("rms" or "layer"); without a name, without a weight."""
        shape = (self.width,)
        weight = self.parameter(f"{name}.weight", shape, "normalization") if name is not None else None
        added = self.parameter(f"{name}.bias", shape, "normalization") if name is not None and bias else None
        return self.recorded(
            ops.Norm(self._values(weight, added), (self._give(self.shape),), flavour, eps, shift)
        )

    # --- arithmetic ------------------------------------------------------------------------------------

    def join(self, other: Tensor) -> Tensor:
        """The sum of two tensors of one and the same shape, as where a branch comes back to its stream."""
        if self.shape != other.shape:
            cause = said("Adds rows of {a} to rows of {b}.", a=spelled(other.shape), b=spelled(self.shape))
            self.scope.same(self.shape, other.shape, cause)
        return self._binary("add", other, self.shape)

    def __add__(self, other: Tensor | float) -> Tensor:
        return self._broadcast("add", other)

    def __mul__(self, other: Tensor | float) -> Tensor:
        return self._broadcast("multiply", other)

    def __truediv__(self, other: Tensor | float) -> Tensor:
        return self._broadcast("divide", other)

    def _constant(self, function: str, constant: float) -> Tensor:
        return self.recorded(ops.Binary(self._values(), (self._give(self.shape),), function, float(constant)))

    def _broadcast(self, function: str, other: Tensor | float) -> Tensor:
        if not isinstance(other, Tensor):
            return self._constant(function, other)
        rank = max(len(self.shape), len(other.shape))
        mine, its = ((1,) * (rank - len(t.shape)) + t.shape for t in (self, other))
        shape: list[Count] = []
        for a, b in zip(mine, its, strict=True):
            if a != b and not (_one(a) or _one(b)):
                self.scope.check("equal", a, b, said("Widths {a} and {b} meet and differ.", a=a, b=b))
            shape.append(b if _one(a) else a)
        return self._binary(function, other, tuple(shape))

    def _binary(self, function: str, other: Tensor, shape: Shape) -> Tensor:
        if self.stream is not None and other.stream is not None and self.stream != other.stream:
            cause = said("Joins rows of {a} with rows of {b}.", a=self.stream.name, b=other.stream.name)
            raise Misfit(cause)
        out = Value(shape, self.stream if self.stream is not None else other.stream)
        return self.recorded(ops.Binary(self._values(other), (out,), function))

    def activate(self, function: str) -> Tensor:
        """A function of each element, or "softmax" over the last axis."""
        return self.recorded(ops.Activate(self._values(), (self._give(self.shape),), function))

    def sum(self) -> Tensor:
        """The last axis summed to 1."""
        return self.recorded(ops.Sum(self._values(), (self._give((*self.shape[:-1], 1)),)))

    def top(self, count: Count) -> Tensor:
        """1 where an element is among the `count` greatest of the last axis, else 0."""
        return self.recorded(ops.Top(self._values(), (self._give(self.shape),), count))

    # --- layout ----------------------------------------------------------------------------------------

    def view(self, *shape: Count) -> Tensor:
        """The same numbers in another shape; where something was found not to divide, as many as may be."""
        here, there = product(self.shape), product(shape)
        if here != there and not self.scope.recording.uneven:
            cause = said("{a} numbers cannot be seen as {b}.", a=spelled(self.shape), b=spelled(shape))
            self.scope.check("equal", here, there, cause)
        return self.recorded(ops.View(self._values(), (self._give(shape),)))

    def split(self, *sizes: Count, axis: int = -1) -> tuple[Tensor, ...]:
        """Cut along an axis, counted from the end, into parts of these sizes."""
        at = len(self.shape) + axis
        parts = total(sizes)
        if parts != self.shape[at]:
            cause = said("Parts of {a} do not add up to {b}.", a=spelled(sizes), b=self.shape[at])
            self.scope.check("equal", parts, self.shape[at], cause)
        parts = tuple(self._give((*self.shape[:at], n, *self.shape[at + 1 :])) for n in sizes)
        self.scope.recording.ops.append(ops.Split(self._values(), parts, sizes, axis))
        return tuple(Tensor(self.scope, part) for part in parts)

    def concat(self, *others: Tensor) -> Tensor:
        """Joined along the last axis; the other axes must agree."""
        for other in others:
            for mine, its in zip(self.shape[:-1], other.shape[:-1], strict=True):
                if mine != its:
                    self.scope.check("equal", mine, its, said("Joins {a} rows with {b}.", a=mine, b=its))
        width = total([self.width, *(other.width for other in others)])
        return self.recorded(ops.Concat(self._values(*others), (self._give((*self.shape[:-1], width)),)))

    def spread(self, heads: Count) -> Tensor:
        """One head's row given to many: (1, w) to (heads, w)."""
        return self.recorded(ops.Spread(self._values(), (self._give((heads, self.width)),)))

    def first(self) -> Tensor:
        """The first row of each sequence."""
        stream = Stream("sequence", rank=1, rows=1)
        return self.recorded(ops.First(self._values(), (self._give(self.shape, stream),)))

    # --- along the sequence ----------------------------------------------------------------------------

    def input(self, name: str, stream: Stream | None = None, shape: Shape = ()) -> Tensor:
        """Another input of the graph: ids, or rows of `shape`."""
        return self.recorded(ops.Input((), (self._give(shape, stream),), name))

    def positions(self, offset: int = 0) -> Tensor:
        """Where each row stands, plus `offset`, as ids."""
        return self.recorded(ops.Positions(self._values(), (self._give(()),), offset))

    def sinusoid(self, width: Count, base: float) -> Tensor:
        """Positions as sines and cosines (Vaswani et al. 2017, without its interleaving)."""
        return self.recorded(ops.Sinusoid(self._values(), (self._give((width,)),), base))

    def rope(self, rope: Rope | None) -> Tensor:
        """Turned by position; None turns nothing."""
        if rope is None:
            return self
        turned = rope.turned if rope.turned is not None else self.width
        cause = said("RoPE turns {a} of a head's {b} numbers.", a=turned, b=self.width)
        self.scope.check("at_most", turned, self.width, cause)
        self.scope.check("divides", 2, turned, said("RoPE turns pairs, and {a} is odd.", a=turned))
        return self.recorded(ops.Rotate(self._values(), (self._give(self.shape),), rope))

    def cached(self, name: str, window: Count | None = None) -> Tensor:
        """These rows with everything remembered before them, under `name` ("key", "value")."""
        out = self._give(self.shape, self.stream.remembered())
        return self.recorded(ops.Cached(self._values(), (out,), name, window))

    def conv(self, name: str, kernel: Count, bias: bool) -> Tensor:
        """Causal depthwise convolution along the sequence."""
        weight = self.parameter(f"{name}.weight", (self.width, 1, kernel))
        added = self.parameter(f"{name}.bias", (self.width,)) if bias else None
        return self.recorded(ops.Conv(self._values(weight, added), (self._give(self.shape),), kernel))

    def distance_bias(self, table: Tensor, keys: Stream, reach: int, both_ways: bool) -> Tensor:
        """A number for each head and each pair of positions, learned by bucketed distance (T5).

        `table` is (buckets, heads); what comes out is (heads,) for each pair of rows here and of `keys`."""
        buckets = table.shape[0]
        out = Value((table.width,), Pair(self.stream, keys))
        return self.recorded(ops.DistanceBias(self._values(table), (out,), buckets, reach, both_ways))  # pyright: ignore

    # --- what does not follow the stack ----------------------------------------------------------------

    def offer(self, name: str) -> Tensor:
        """Given, under a name, to whatever follows."""
        self.scope.recording.offers[name] = self.value
        return self

    def find(self, name: str) -> Tensor:
        """A value offered above.

        Raises:
            Misfit: where nobody offers it.
        """
        value = self.scope.find(name)
        if value is None:
            raise Misfit(said("Nothing above offers {name}.", name=name))
        return Tensor(self.scope, value)

    def divides(self, divisor: Count, number: Count, cause: str, **values: object) -> None:
        """Record that `divisor` must divide `number`; counting goes on where it does not."""
        self.scope.check("divides", divisor, number, said(cause, **values))

    def at_most(self, low: Count, high: Count, cause: str, **values: object) -> None:
        """Record that `low` is at most `high`; counting goes on where it is not."""
        self.scope.check("at_most", low, high, said(cause, **values))


def attend(
    q: Tensor,
    k: Tensor,
    v: Tensor,
    mask: Mask,
    scale: float | None = None,
    softcap: float | None = None,
    bias: Tensor | None = None,
) -> Tensor:
    """Softmax attention of q (heads, w) over k (kv_heads, w) and v (kv_heads, v): (heads·v,).

    A query head reads the key head of its group, so kv_heads must divide heads.
    """
    if q.width != k.width:
        cause = said("Queries are {a} wide and keys {b}.", a=q.width, b=k.width)
        q.scope.check("equal", q.width, k.width, cause)
    q.divides(k.shape[0], q.shape[0], "{heads} query heads cannot share {kv} key/value heads evenly.",
              heads=q.shape[0], kv=k.shape[0])  # fmt: skip
    out = Value((q.shape[0] * v.width,), q.stream)
    inputs = tuple(t.value for t in (q, k, v, bias) if t is not None)
    q.scope.recording.ops.append(ops.Attend(inputs, (out,), mask, scale, softcap))
    return Tensor(q.scope, out)


def spelled(shape: Shape) -> str:
    """A shape as people write it: `32 × 128`."""
    return " × ".join(str(size) for size in shape) or "one"


def _one(size: Count) -> bool:
    return isinstance(size, int) and size == 1
