"""Functions of the graph's own: one for each distinct layer, called wherever that layer stands."""

from __future__ import annotations

import re
from collections.abc import Iterable

from onnx import FunctionProto

from designer.formats.onnx.graph import Graph, slashed
from designer.formats.onnx.held import Numbers, Slot
from designer.formats.onnx.sheet import Sheet
from designer.symbolic.body import Body
from designer.symbolic.operation import Buffer, Parameter
from designer.symbolic.walk import Where

DOMAIN = "designer"
OPSET = 23
"""The oldest opset with attention, rotary positions and RMS normalization as operators."""


class FunctionSheet(Sheet):
    """The body of a function. What it asks for outside becomes an input, in the order of asking.

    Names are relative to the layer, so that equal layers leave equal bodies.
    """

    def __init__(self, around: Sheet, where: Where) -> None:
        self.proto = FunctionProto()
        super().__init__(self.proto.node, around, where.place, where.path)
        self.formals: dict[str, str] = {}
        self.presents: dict[str, str] = {}
        self.shapes: list[Numbers] = []
        self._first: int | None = None

    def reach(self, name: str, short: str = "") -> str:
        """The input by which something of the graph comes in."""
        if name not in self.formals:
            self.formals[name] = self.unique(short or self._relative(name))
        return self.formals[name]

    def weight(self, op: Parameter | Buffer, name: str, shape: Numbers) -> str:
        """A weight is an input, named as inside its layer."""
        self.shapes.append(shape)
        return self.reach(self.outer.weight(op, name, shape), name.removeprefix(self.path))

    def present(self, slot: Slot) -> str:
        """An output of the function, which the call gives its name in the graph."""
        local = self.unique(self._relative(slot.present))
        self.presents[local] = self.outer.present(slot)
        return local

    def outside(self, given: Iterable[str]) -> dict[str, str]:
        """Names in here to names in the graph: of what came in, of what is given, of what is remembered."""
        known = {formal: name for name, formal in self.formals.items()}
        for local in given:
            if local not in known:
                known[local] = self.outer.unique(self.place + local)
        return known | self.presents

    def _relative(self, name: str) -> str:
        """`past_key_values.7.key` as `past_key_values.0.key` where 7 is the layer's first."""
        parts = re.fullmatch(r"((?:past|present)\w*)\.(\d+)\.(.+)", name)
        if parts is None:
            return name
        stem, number, rest = parts.groups()
        self._first = int(number) if self._first is None else self._first
        return f"{stem}.{int(number) - self._first}.{rest}"


def call(g: Graph, body: Body, where: Where) -> None:
    """Run a body as a function. Its entry and finds are held outside, and so are its exit and offers."""
    sheet = FunctionSheet(g.sheet, where)
    sheet.reach(g.get(body.entries[0]), "x")
    for value in (*body.entries, *body.finds.values()):
        held = g.settled(value)
        g.held[value] = held._replace(name=sheet.reach(held.name))
    with g.on(sheet, where):
        g.run(body, where)
        g.get(body.exits[0])
        given = {value: g.settled(value) for value in (body.exits[0], *body.offers.values())}
    outside = sheet.outside(held.name for held in given.values())
    if len(sheet.proto.node):
        _write(g, sheet, where, outside)
    for value, held in given.items():
        g.held[value] = held._replace(name=outside[held.name])


def _write(g: Graph, sheet: FunctionSheet, where: Where, outside: dict[str, str]) -> None:
    came = set(sheet.formals.values())
    results = [local for local in outside if local not in came]
    sheet.proto.input.extend(sheet.formals.values())
    sheet.proto.output.extend(results)
    node = g.sheet.nodes.add(
        op_type=_name(g, sheet),
        domain=DOMAIN,
        name="/" + slashed(where.place),
        input=list(sheet.formals),
        output=[outside[local] for local in results],
    )
    node.metadata_props.add(key="namespace", value=slashed(where.place))


def _name(g: Graph, sheet: FunctionSheet) -> str:
    """The name of the function that does this to weights of these shapes: a known one's, or a new one's."""
    assert g.functions is not None
    key = sheet.proto.SerializeToString(deterministic=True), tuple(sheet.shapes)
    if key not in g.functions:
        stem = re.sub(r"\W+", "_", re.sub(r"\.?\d*\.?$", "", sheet.place)) or "layer"
        g.functions[key] = g.main.unique(stem)
    return g.functions[key]


def written(g: Graph) -> list[FunctionProto]:
    """Every function, to stand beside the graph."""
    protos: list[FunctionProto] = []
    for (body, _), name in (g.functions or {}).items():
        proto = FunctionProto.FromString(body)
        proto.name, proto.domain = name, DOMAIN
        proto.opset_import.add(domain="", version=OPSET)
        protos.append(proto)
    return protos
