"""How a value of the trace is held in the graph."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias, cast

from designer.symbolic.operation import Value
from designer.symbolic.size import Shape
from designer.symbolic.stream import Stream

Numbers: TypeAlias = tuple[int, ...]
Dims: TypeAlias = tuple[int | str, ...]

Form = Literal["rows", "heads", "flipped"]
"""[leading axes, *shape]; or [batch, heads, rows, width], as caches are; or a weight kept [in, out]."""


class Slot(NamedTuple):
    """Something the graph remembers from call to call: the input it comes in by, the output it leaves by."""

    past: str
    present: str
    before: Dims
    after: Dims


class Held(NamedTuple):
    """A name in the graph, the shape it really has there after the leading axes, and its form.

    `slot`: a cache that it still has to meet. `label`: the module that a weight belongs to.
    """

    name: str
    shape: Numbers
    form: Form = "rows"
    slot: Slot | None = None
    label: str = ""


def numbers(shape: Shape) -> Numbers:
    """A shape of plain ints: a graph is only written of such a trace."""
    return cast(Numbers, shape)


def along(value: Value) -> Stream:
    """The stream that a value has a row for each item of."""
    assert isinstance(value.stream, Stream)
    return value.stream


def leading(value: Value) -> int:
    """How many axes stand before the row."""
    return 0 if value.stream is None else value.stream.rank
