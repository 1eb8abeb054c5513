"""Rules of regions that become a Scan: experts over their stack, recurrences along the sequence."""

from __future__ import annotations

from collections.abc import Sequence

from onnx import GraphProto, helper

from designer.formats.onnx.graph import FLOAT, Graph
from designer.formats.onnx.held import Numbers, Slot, leading, numbers
from designer.formats.onnx.regions import found
from designer.formats.onnx.sheet import Sheet
from designer.symbolic.operation import Buffer, ExpertsRegion, Parameter, RecurRegion
from designer.symbolic.size import product


class ScanSheet(Sheet):
    """The body of a Scan, which sees the names around it and shares them."""

    def __init__(self, graph: GraphProto, around: Sheet) -> None:
        super().__init__(graph.node, around)
        self.taken = around.taken

    @property
    def ground(self) -> Sheet:
        """What the Scan lies in."""
        return self.outer.ground

    def home(self, name: str) -> Sheet:
        """Weights are those around."""
        return self.outer.home(name)

    def reach(self, name: str, short: str = "") -> str:
        """A name of the graph is called here as it is around."""
        return self.outer.reach(name, short)

    def weight(self, op: Parameter | Buffer, name: str, shape: Numbers) -> str:
        """A weight of what is around."""
        return self.outer.weight(op, name, shape)

    def present(self, slot: Slot) -> str:
        """Nothing leaves from within a step."""
        raise AssertionError(f"{slot.present} cannot leave a Scan")


class Stack(ScanSheet):
    """The body of a Scan over copies of a block: each weight is one slice of a stack."""

    def __init__(self, graph: GraphProto, around: Sheet) -> None:
        super().__init__(graph, around)
        self.slices: dict[str, tuple[str, Parameter, Numbers]] = {}

    def home(self, name: str) -> Sheet:
        """What is made of a slice is made for each copy."""
        mine = any(name == one for one, _, _ in self.slices.values())
        return self if mine else self.outer.home(name)

    def weight(self, op: Parameter | Buffer, name: str, shape: Numbers) -> str:
        """The slice that this copy has of a weight."""
        if isinstance(op, Buffer):
            return self.outer.weight(op, name, shape)
        if name not in self.slices:
            short = name.removeprefix(self.ground.path)
            self.slices[name] = self.unique(f"{short}.one".replace(".{}", "")), op, shape
        return self.slices[name][0]


def experts(g: Graph, op: ExpertsRegion) -> None:
    """Each copy takes the rows whose weight for it is not 0, and adds what it makes of them to the sum."""
    x, weights = op.inputs
    (count, width), out = numbers((op.count, product(op.output.shape))), numbers(op.output.shape)
    rows = g.op("Reshape", g.get(x), g.ints([-1, *numbers(x.shape)]))
    shares = g.op("Transpose", g.op("Reshape", g.get(weights), g.ints([-1, count])), perm=[1, 0])
    graph = GraphProto(name="expert")
    sheet = Stack(graph, g.sheet)
    with g.on(sheet, g.where):
        total, share = g.named("sum"), g.named("share")
        grown = _added(g, op, rows, total, share)
    slices = [(one, shape) for one, _, shape in sheet.slices.values()]
    _declare(graph, [(total, [None, width]), (share, [None]), *slices], [(grown, [None, width])])
    stacks = [_stack(g, op, name, weight, shape) for name, (_, weight, shape) in sheet.slices.items()]
    sums = g.op("Concat", g.op("Shape", shares, start=1), g.ints([width]), axis=0)
    start = g.op("ConstantOfShape", sums)
    y = g.op("Scan", start, shares, *stacks, body=graph, num_scan_inputs=1 + len(stacks))
    lead = g.op("Shape", g.get(x), end=leading(x))
    g.keep(op.output, g.op("Reshape", y, g.op("Concat", lead, g.ints([*out]), axis=0)))


def _added(g: Graph, op: ExpertsRegion, rows: str, total: str, share: str) -> str:
    """One copy's step: the sum so far, and what it makes of its rows in proportion to its share of them."""
    body = op.bodies[0]
    at = g.op("Squeeze", g.op("NonZero", share), g.ints([0]))
    g.keep(body.entries[0], g.op("Gather", rows, at, axis=0))
    found(g, op, body, {})
    g.run(body, g.where)
    mine = g.op("Unsqueeze", g.op("Gather", share, at, axis=0), g.ints([1]))
    made = g.op("Mul", g.flat(body.exits[0]), mine)
    return g.op("ScatterND", total, g.op("Unsqueeze", at, g.ints([1])), made, reduction="add")


def _stack(g: Graph, op: ExpertsRegion, name: str, weight: Parameter, shape: Numbers) -> str:
    """All copies of a weight in one tensor, joined where the checkpoint keeps them apart."""
    (count,) = numbers((op.count,))
    if not op.one_by_one:
        return g.sheet.weight(weight, name, (count, *shape))
    apart = [g.sheet.weight(weight, name.replace("{}", str(number)), shape) for number in range(count)]
    label = weight.name.replace("{}", "all")
    joined = g.op("Concat", *apart, axis=0, at=label)
    return g.op("Reshape", joined, g.ints([count, *shape]), at=label)


def recur(g: Graph, op: RecurRegion) -> None:
    """A step for each row, the state handed on from one to the next and from call to call."""
    rows = [g.get(value) for value in op.inputs]
    slot = g.slot() if g.memory.keeps(op) else None
    start = g.past(slot) if slot is not None else _zeros(g, rows[0], numbers(op.state))
    last, y = g.ops(
        "Scan",
        start,
        *rows,
        outputs=2,
        body=_step(g, op),
        num_scan_inputs=len(rows),
        scan_input_axes=[1] * len(rows),
        scan_output_axes=[1],
    )
    if slot is not None:
        g.op("Identity", last, out=g.sheet.present(slot))
    g.keep(op.output, y)


def _zeros(g: Graph, rows: str, state: Numbers) -> str:
    """A state of zeros for each sequence."""
    shape = g.op("Concat", g.op("Shape", rows, end=1), g.ints([*state]), axis=0)
    return g.op("ConstantOfShape", shape)


def _step(g: Graph, op: RecurRegion) -> GraphProto:
    """State and rows in, state and output out."""
    body, graph = op.bodies[0], GraphProto(name="step")
    with g.on(ScanSheet(graph, g.sheet), g.where):
        given = [g.named("step") for _ in body.entries]
        for value, name in zip(body.entries, given, strict=True):
            g.keep(value, name)
        found(g, op, body, {})
        g.run(body, g.where)
        ends = [g.op("Identity", g.get(value)) for value in body.exits]
    entries = [(name, [None, *numbers(v.shape)]) for name, v in zip(given, body.entries, strict=True)]
    exits = [(name, [None, *numbers(v.shape)]) for name, v in zip(ends, body.exits, strict=True)]
    _declare(graph, entries, exits)
    return graph


Named = Sequence[tuple[str, Sequence[int | None]]]


def _declare(graph: GraphProto, entries: Named, exits: Named) -> None:
    """Say what goes in and what comes out of a Scan's body."""
    for name, shape in entries:
        graph.input.append(helper.make_tensor_value_info(name, FLOAT, shape))
    for name, shape in exits:
        graph.output.append(helper.make_tensor_value_info(name, FLOAT, shape))
