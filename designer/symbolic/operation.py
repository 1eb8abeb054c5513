"""The primitive operations: all that a reading has to know.

A value is a row of `shape` for each item of its `stream`; batch and sequence never stand in a shape. Values
of weights have no stream.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from designer.symbolic.body import Body
from designer.symbolic.rope import Rope
from designer.symbolic.schedule import Schedule
from designer.symbolic.size import Count, Shape, least
from designer.symbolic.value import Op, Value


class Mask(NamedTuple):
    """Which keys a query may see: itself and all before it where causal, else all. With a window only the
    nearest so many of these: itself among them where causal, else so many on either side of it."""

    causal: bool = True
    window: Count | None = None


# --- weights ---------------------------------------------------------------------------------------------


@dataclass(slots=True, eq=False, repr=False)
class Parameter(Op):
    """A trained weight. `shape` is as the checkpoint stores it (without `stacked`, the leading axes it is
    stacked along); `transposed` says that it is stored [in, out]; `also` are its other names there."""

    name: str
    shape: Shape
    category: str
    transposed: bool = False
    stacked: Shape = ()
    also: tuple[str, ...] = ()
    frozen: bool = False


@dataclass(slots=True, eq=False, repr=False)
class Alias(Op):
    """(weight): a second use of a weight, which the checkpoint may also keep under this name. It counts 0."""

    name: str
    category: str


@dataclass(slots=True, eq=False, repr=False)
class Buffer(Op):
    """A stored tensor that is no parameter: not trained, not counted."""

    name: str
    shape: Shape


# --- what comes in ---------------------------------------------------------------------------------------


@dataclass(slots=True, eq=False, repr=False)
class Input(Op):
    """Another input of the graph: ids where the output's shape is (), else real rows."""

    name: str


@dataclass(slots=True, eq=False, repr=False)
class Positions(Op):
    """Where each row stands, plus `offset`."""

    offset: int = 0


@dataclass(slots=True, eq=False, repr=False)
class Lookup(Op):
    """(ids, table): the table's row for each id."""


@dataclass(slots=True, eq=False, repr=False)
class Sinusoid(Op):
    """(positions): sines, then cosines, of a position at width / 2 frequencies that fall from 1 to 1/base."""

    base: float


# --- arithmetic ------------------------------------------------------------------------------------------


@dataclass(slots=True, eq=False, repr=False)
class Linear(Op):
    """(x, weight[, bias]): 2·in·out FLOPs a row. The weight's shape is (out, in) as the block sees it."""


@dataclass(slots=True, eq=False, repr=False)
class Norm(Op):
    """(x[, weight[, bias]]): normalised over the last axis, scaled by the weight plus `shift` (Gemma: 1)."""

    flavour: str
    eps: float
    shift: int


@dataclass(slots=True, eq=False, repr=False)
class Binary(Op):
    """(a, b), or (a) and a constant: "add", "multiply" or "divide"; broadcast from the right against 1."""

    function: str
    constant: float | None = None


@dataclass(slots=True, eq=False, repr=False)
class Activate(Op):
    """A function of each element, or softmax over the last axis."""

    function: str


@dataclass(slots=True, eq=False, repr=False)
class Sum(Op):
    """The last axis summed to 1."""


@dataclass(slots=True, eq=False, repr=False)
class Top(Op):
    """1 where an element is among the `count` greatest of the last axis, else 0."""

    count: Count


# --- layout ----------------------------------------------------------------------------------------------


@dataclass(slots=True, eq=False, repr=False)
class View(Op):
    """The same numbers in another shape."""


@dataclass(slots=True, eq=False, repr=False)
class Split(Op):
    """Cut along an axis of the row, counted from the end, into `sizes`."""

    sizes: Shape
    axis: int


@dataclass(slots=True, eq=False, repr=False)
class Concat(Op):
    """Joined along the last axis."""


@dataclass(slots=True, eq=False, repr=False)
class Spread(Op):
    """One head's row given to many: (1, w) to (heads, w)."""


@dataclass(slots=True, eq=False, repr=False)
class First(Op):
    """The first row of each sequence."""


# --- along the sequence ----------------------------------------------------------------------------------


@dataclass(slots=True, eq=False, repr=False)
class Rotate(Op):
    """(x): pairs of each head's numbers turned by position."""

    rope: Rope


@dataclass(slots=True, eq=False, repr=False)
class Cached(Op):
    """The same rows with everything remembered before them: what a key-value cache keeps.

    With a window only the last `window` rows need be kept."""

    name: str
    window: Count | None


@dataclass(slots=True, eq=False, repr=False)
class Attend(Op):
    """(q, k, v[, bias]): softmax attention of q (heads, w) over k (kv_heads, w) and v (kv_heads, v).

    2·heads·(w + v) FLOPs a pair. `scale` None is 1/√w; `softcap` bounds the scores by tanh."""

    mask: Mask
    scale: float | None = None
    softcap: float | None = None


@dataclass(slots=True, eq=False, repr=False)
class DistanceBias(Op):
    """(x, table): T5's number for each head and each pair of positions, by bucketed distance."""

    buckets: int
    reach: int
    both_ways: bool


@dataclass(slots=True, eq=False, repr=False)
class Conv(Op):
    """(x, weight[, bias]): causal depthwise convolution; remembers the last kernel - 1 rows."""

    kernel: Count


# --- regions: operations that run bodies -----------------------------------------------------------------

Times: TypeAlias = tuple[Count, Count]

NUMBERED = "{}"
"""The name of a block that is called by a number."""


@dataclass(slots=True, eq=False, repr=False)
class Region(Op):
    """An operation that runs bodies. `finds` are the values they take from above, by name; `offers` what
    they give to whatever follows."""

    bodies: tuple[Body, ...]
    finds: dict[str, Value]
    offers: dict[str, Value]

    def times(self, index: int) -> Times:
        """(copies, runs) of a body: how many sets of its weights there are, how many passes a token makes."""
        return 1, 1


@dataclass(slots=True, eq=False, repr=False)
class BlockRegion(Region):
    """A block where it stands: the `child`-th inside its container (-1: of no place there), kept under
    `name`, or where `shares` says."""

    name: str
    shares: str
    child: int


@dataclass(slots=True, eq=False, repr=False)
class RepeatRegion(Region):
    """Bodies one after another, `counts[i]` rounds of each; `order` says which body a round runs."""

    counts: tuple[Count, ...]
    rounds: Count
    shared: bool
    order: Schedule

    def times(self, index: int) -> Times:
        """One set a round, or one set for all."""
        return (1 if self.shared else self.counts[index]), self.counts[index]

    def body(self, round: int) -> Body:
        """The body that a round runs."""
        index: int = self.order[round]
        return self.bodies[index]


@dataclass(slots=True, eq=False, repr=False)
class ExpertsRegion(Region):
    """(x, weights): each row through those of `count` copies whose weight is not 0, `active` of them, summed
    by weight. `one_by_one`: the checkpoint keeps each copy apart, its name with `{}` for the number."""

    count: Count
    active: Count
    one_by_one: bool

    def times(self, index: int) -> Times:
        """`count` sets of weights, `active` of them met by a token."""
        return self.count, least(self.active, self.count)


@dataclass(slots=True, eq=False, repr=False)
class RecurRegion(Region):
    """(rows...): state and output of a step along the sequence, from a state of zeros of shape `state`."""

    state: Shape
