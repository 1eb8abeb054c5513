"""Where nodes are written: the graph itself, a function's body or the body of a Scan."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from onnx import GraphProto, TensorProto

from designer.formats.onnx.held import Numbers, Slot
from designer.symbolic.operation import Buffer, Parameter


class Sheet:
    """Nodes, the names taken among them, and what was made once and may be used again.

    `place` and `path` are what names of the graph and of weights leave off here.
    """

    def __init__(self, nodes: Any, around: Sheet | None = None, place: str = "", path: str = "") -> None:
        self.nodes, self.around = nodes, around
        self.place, self.path = place, path
        self.taken: dict[str, int] = {}
        self.made: dict[Hashable, str] = {}

    @property
    def outer(self) -> Sheet:
        """The sheet that this one lies in."""
        assert self.around is not None
        return self.around

    @property
    def ground(self) -> Sheet:
        """The graph or the function that a Scan lies in, and that its nodes see."""
        return self

    @property
    def main(self) -> Sheet:
        """The graph itself."""
        return self if self.around is None else self.around.main

    def home(self, name: str) -> Sheet:
        """The sheet that a weight has its name on, where what is made of it is made once."""
        return self

    def unique(self, stem: str) -> str:
        """A name that nothing else has here."""
        count = self.taken[stem] = self.taken.get(stem, -1) + 1
        return self.unique(f"{stem}_{count}") if count else stem

    def reach(self, name: str, short: str = "") -> str:
        """What a name of the graph itself is called here; `short` is what it might be called."""
        return name

    def weight(self, op: Parameter | Buffer, name: str, shape: Numbers) -> str:
        """A weight of the graph, by the name it has here."""
        raise NotImplementedError

    def present(self, slot: Slot) -> str:
        """The name under which what a slot holds leaves from here."""
        raise NotImplementedError


class GraphSheet(Sheet):
    """The graph itself: it holds the weights, in the order of the data."""

    def __init__(self, graph: GraphProto, location: str) -> None:
        super().__init__(graph.node)
        self._graph, self._location = graph, location
        self.weights: dict[str, Parameter | Buffer] = {}
        self.presents: set[str] = set()

    def weight(self, op: Parameter | Buffer, name: str, shape: Numbers) -> str:
        """Declared, not allocated: the numbers are in the file beside the graph."""
        if name not in self.weights:
            self.weights[name] = op
            tensor = self._graph.initializer.add(
                name=name, data_type=TensorProto.FLOAT, dims=shape, data_location=TensorProto.EXTERNAL
            )
            tensor.external_data.add(key="location", value=self._location)
        return name

    def present(self, slot: Slot) -> str:
        """An output of the graph."""
        self.presents.add(slot.present)
        return slot.present
