"""The writer that every rule is handed: it makes nodes, constants, inputs and weights, and holds values."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from re import compile as pattern
from typing import Any, TypeAlias

import numpy as np
from onnx import GraphProto, TensorProto, helper, numpy_helper

from designer.formats.onnx.held import Dims, Held, Numbers, Slot, leading, numbers
from designer.formats.onnx.memory import Memory
from designer.formats.onnx.sheet import GraphSheet, Sheet
from designer.symbolic.body import Body
from designer.symbolic.operation import Buffer, Op, Parameter, Value
from designer.symbolic.size import product
from designer.symbolic.walk import Where

FLOAT, INT, BOOL = TensorProto.FLOAT, TensorProto.INT64, TensorProto.BOOL

Rule: TypeAlias = Callable[["Graph", Any], None]
_DOTS = pattern(r"\.(?!\d)")


class Graph:
    """A graph while it is written. One rule for each primitive operation, none for a block.

    `location` is the file of weights beside it. `functions`: whether each layer becomes a call of a function.
    `pulse` is called now and then, and may raise.
    """

    def __init__(
        self,
        rules: Mapping[type[Op], Rule],
        memory: Memory,
        location: str,
        functions: bool,
        pulse: Callable[[], None],
    ) -> None:
        self.proto = GraphProto()
        self.main = GraphSheet(self.proto, location)
        self.sheet: Sheet = self.main
        self.where = Where()
        self.held: dict[Value, Held] = {}
        self.inputs: dict[str, tuple[int, Dims]] = {}
        self.pooled: tuple[str, Value] | None = None
        self.functions: dict[tuple[bytes, tuple[Numbers, ...]], str] | None = {} if functions else None
        self.memory, self.pulse = memory, pulse
        self._slots = iter(memory.slots)
        self._rules = rules
        self._stem = self._space = ""

    # --- where we are ----------------------------------------------------------------------------------

    @contextmanager
    def on(self, sheet: Sheet, where: Where) -> Iterator[None]:
        """Write on another sheet, or at another place."""
        before = self.sheet, self.where, self._stem, self._space
        self.sheet, self.where = sheet, where
        self._stem = where.place[len(sheet.ground.place) :]
        self._space = slashed(self._stem)
        yield
        self.sheet, self.where, self._stem, self._space = before

    def run(self, body: Body, where: Where) -> None:
        """Write a body's operations; its entries and finds are held already."""
        with self.on(self.sheet, where):
            for op in body.ops:
                self._rules[type(op)](self, op)

    # --- nodes -----------------------------------------------------------------------------------------

    def op(self, kind: str, *inputs: str, at: str = "", out: str = "", **attributes: Any) -> str:
        """A node with one output; `at` is the module inside this block, `out` a name for the output."""
        stem = self.named(f"{at}.{kind}" if at else kind)
        self._node(kind, stem, inputs, [out or stem], at, attributes)
        return out or stem

    def ops(self, kind: str, *inputs: str, outputs: int, **attributes: Any) -> list[str]:
        """A node with several outputs."""
        stem = self.named(kind)
        names = [f"{stem}.{index}" for index in range(outputs)]
        self._node(kind, stem, inputs, names, "", attributes)
        return names

    def into(self, kind: str, *inputs: str, names: Sequence[str], **attributes: Any) -> str:
        """A node whose further outputs have these names; the first one's name."""
        stem = self.named(kind)
        self._node(kind, stem, inputs, [stem, *names], "", attributes)
        return stem

    def named(self, what: str) -> str:
        """A new name at this place."""
        return self.sheet.unique(self._stem + what)

    def _node(
        self,
        kind: str,
        stem: str,
        inputs: Sequence[str],
        outputs: Sequence[str],
        at: str,
        attributes: Mapping[str, Any],
    ) -> None:
        node = self.sheet.nodes.add(op_type=kind, name="/" + slashed(stem), input=inputs, output=outputs)
        for key, value in attributes.items():
            node.attribute.append(helper.make_attribute(key, value))
        space = slashed(self._stem + at) if at else self._space
        if space:
            node.metadata_props.add(key="namespace", value=space)

    # --- what is made once -----------------------------------------------------------------------------

    def once(self, key: Hashable, make: Callable[[], str]) -> str:
        """What the whole graph needs once, such as a mask: made on the graph itself, used from anywhere."""
        if key not in self.main.made:
            with self.on(self.main, Where()):
                self.main.made[key] = make()
        return self.sheet.reach(self.main.made[key])

    def beside(self, weight: str, key: str, make: Callable[[], str]) -> str:
        """What is made of a weight, once."""
        sheet = self.sheet.home(weight)
        if (key, weight) not in sheet.made:
            with self.on(sheet, self.where):
                sheet.made[key, weight] = make()
        return sheet.made[key, weight]

    def ints(self, value: Any) -> str:
        """A constant of whole numbers."""
        return self._constant(np.asarray(value, np.int64))

    def floats(self, value: Any) -> str:
        """A constant of real numbers."""
        return self._constant(np.asarray(value, np.float32))

    def _constant(self, value: np.ndarray) -> str:
        """A Constant node: among the initializers stand the parameters and nothing else."""
        sheet = self.sheet.ground
        key = (value.dtype.char, value.shape, value.tobytes())
        if key not in sheet.made:
            with self.on(sheet, Where(place=sheet.place)):
                sheet.made[key] = self.op("Constant", at="const", value=numpy_helper.from_array(value))
        return sheet.made[key]

    # --- what comes in ---------------------------------------------------------------------------------

    def input(self, name: str, dims: Dims, dtype: int = INT) -> str:
        """An input of the graph, by the name it has here."""
        self.inputs.setdefault(name, (dtype, dims))
        return self.sheet.reach(name)

    def slot(self) -> Slot:
        """The next slot of the memory: rules meet what keeps something in the order of the data."""
        return next(self._slots)

    def past(self, slot: Slot) -> str:
        """What a slot held before."""
        return self.input(slot.past, slot.before, FLOAT)

    def weight(self, op: Parameter | Buffer, shape: Numbers) -> str:
        """A weight, by the name it has here."""
        return self.sheet.weight(op, self.where.path + op.name, shape)

    # --- values ----------------------------------------------------------------------------------------

    def keep(self, value: Value, name: str, shape: Numbers | None = None) -> None:
        """Say where a value is, and in which shape if not in the one it claims."""
        self.held[value] = Held(name, numbers(value.shape) if shape is None else shape)

    def settled(self, value: Value) -> Held:
        """Where a value is, once it has met its cache."""
        held = self.held[value]
        if held.slot is not None:
            held = self.held[value] = self._met(held, held.slot)
        return held

    def get(self, value: Value, shape: Numbers | None = None) -> str:
        """The name of a value in the shape it claims, or in another. A view costs nothing until here."""
        claimed = numbers(value.shape)
        shape = claimed if shape is None else shape
        held = self.settled(value)
        if held.form != "rows":
            held = self.held[value] = self._as_rows(held)
        if held.shape == shape:
            return held.name
        name = self.op("Reshape", held.name, self.ints([0] * leading(value) + list(shape)))
        if shape == claimed:
            self.held[value] = held._replace(name=name, shape=shape)
        return name

    def flat(self, value: Value) -> str:
        """The name of a value with its row as one axis."""
        return self.get(value, numbers((product(value.shape),)))

    def _as_rows(self, held: Held) -> Held:
        if held.form == "flipped":
            name = self.beside(
                held.name, "turned", lambda: self.op("Transpose", held.name, perm=[1, 0], at=held.label)
            )
        else:
            name = self.op("Transpose", held.name, perm=[0, 2, 1, 3])
        return held._replace(name=name, form="rows")

    def _met(self, held: Held, slot: Slot) -> Held:
        """Past and present rows as one, for whoever needs them so."""
        _, heads, _, width = slot.before
        rows = self.op("Reshape", held.name, self.ints([0, 0, heads, width]))
        rows = self.op("Transpose", rows, perm=[0, 2, 1, 3])
        every = self.op("Concat", self.past(slot), rows, axis=2, out=self.sheet.present(slot))
        return Held(every, numbers((int(heads), int(width))), "heads")


def slashed(place: str) -> str:
    """A place as viewers group by it: `model/layers.0/self_attn`."""
    return _DOTS.sub("/", place).rstrip("/.")
