"""Values, and the operations they flow through, in their barest form."""

from __future__ import annotations

from dataclasses import dataclass

from designer.symbolic.size import Shape
from designer.symbolic.stream import Pair, Stream


class Value:
    """What flows along one edge: a row of `shape` for each item of `stream`. Its identity is the edge.

    A weight's value has no stream.
    """

    __slots__ = ("shape", "stream")

    def __init__(self, shape: Shape, stream: Stream | Pair | None) -> None:
        self.shape, self.stream = shape, stream


@dataclass(slots=True, eq=False)
class Op:
    """One primitive operation: what it takes and what it gives."""

    inputs: tuple[Value, ...]
    outputs: tuple[Value, ...]

    @property
    def output(self) -> Value:
        """The first thing it gives."""
        return self.outputs[0]
