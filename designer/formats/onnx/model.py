"""A trace as an ONNX model: nothing is written to disk here."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from onnx import ModelProto, TensorProto, helper

from designer.formats.onnx.functions import DOMAIN, OPSET, written
from designer.formats.onnx.graph import Graph
from designer.formats.onnx.held import along, numbers
from designer.formats.onnx.memory import memory
from designer.formats.onnx.outputs import finish
from designer.formats.onnx.rules import RULES
from designer.formats.onnx.streams import ids
from designer.symbolic.body import Body
from designer.symbolic.frozen import frozen
from designer.symbolic.issue import Refusal, said
from designer.symbolic.operation import Buffer, ExpertsRegion, Op, Parameter, Region, RepeatRegion
from designer.symbolic.size import product
from designer.symbolic.walk import Where, walk

IR_VERSION = 10
FIRST = (
    "input_ids",
    "attention_mask",
    "position_ids",
    "token_type_ids",
    "decoder_input_ids",
    "encoder_hidden_states",
    "encoder_attention_mask",
)
"""The order of inputs; the past follows."""
MOST = 500_000
"""Operations and tensors of a graph, beyond which nothing would open it."""
LARGEST = 2**60
"""Numbers in one tensor; offsets in bytes must stay within 64 bits."""


@frozen
class Model:
    """A model without its numbers, and the operations that its weights, by name, come from."""

    proto: ModelProto
    weights: Mapping[str, Parameter | Buffer]

    @property
    def tensors(self) -> Mapping[str, TensorProto]:
        """The weights as the graph declares them, in the order of the data."""
        return {tensor.name: tensor for tensor in self.proto.graph.initializer}


def model(
    trace: Body,
    location: str,
    *,
    name: str = "",
    functions: bool = False,
    properties: Mapping[str, str] | None = None,
    pulse: Callable[[], None] = lambda: None,
) -> Model:
    """Write a trace as a model whose weights lie in the file `location` beside it.

    The trace must be of plain ints and without misfits. `functions`: one for each distinct layer, else flat.

    Raises:
        Refusal: where the graph would be absurdly large or holds what ONNX cannot say.
    """
    _bounded(trace)
    g = Graph(RULES, memory(trace), location, functions, pulse)
    start = trace.entries[0]
    g.keep(start, ids(g, along(start)))
    g.run(trace, Where())
    outputs = finish(g, trace)
    g.proto.name = name or "design"
    order = {name: place for place, name in enumerate((*FIRST, *(slot.past for slot in g.memory.slots)))}
    for entry in sorted(g.inputs, key=lambda name: order.get(name, len(FIRST) - 1)):
        g.proto.input.append(helper.make_tensor_value_info(entry, *g.inputs[entry]))
    for end in outputs:
        g.proto.output.append(helper.make_tensor_value_info(*end))
    opsets = [helper.make_opsetid("", OPSET)]
    protos = written(g)
    if protos:
        opsets.append(helper.make_opsetid(DOMAIN, 1))
    proto = helper.make_model(g.proto, functions=protos, opset_imports=opsets, ir_version=IR_VERSION,
                              producer_name="LLM Designer")  # fmt: skip
    for key, value in (properties or {}).items():
        proto.metadata_props.add(key=key, value=value)
    return Model(proto, g.main.weights)


def _bounded(trace: Body) -> None:
    """Refuse what would never end, or what no graph has numbers for."""
    if _written(trace) > MOST:
        cause = said("Written out, the graph would have more than {most:,} operations.", most=MOST)
        raise Refusal("", cause)
    for op, _, _ in walk(trace):
        for value in op.outputs:
            if product(numbers(value.shape)) > LARGEST or (isinstance(op, Parameter) and _size(op) > LARGEST):
                raise Refusal(
                    "", said("Shapes such as {shape} are too large for a graph.", shape=value.shape)
                )


def _size(op: Parameter) -> int:
    return numbers((product((*op.stacked, *op.shape)),))[0]


def _written(body: Body) -> int:
    """How many operations a body comes to: each round of a Repeat is written out, experts and steps once."""
    known = body.read.get(_written)
    if known is None:
        known = body.read[_written] = sum(map(_of_op, body.ops))
    return known


def _of_op(op: Op) -> int:
    if isinstance(op, RepeatRegion):
        return sum(_written(body) * times for body, times in zip(op.bodies, numbers(op.counts), strict=True))
    if isinstance(op, ExpertsRegion):
        return _written(op.bodies[0]) * (numbers((op.count,))[0] if op.one_by_one else 1)
    return 1 + sum(map(_written, op.bodies)) if isinstance(op, Region) else 1
