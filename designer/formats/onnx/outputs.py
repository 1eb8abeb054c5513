"""What comes out of a graph, and under which names."""

from __future__ import annotations

from designer.formats.onnx.graph import FLOAT, Graph
from designer.formats.onnx.held import Dims, along, numbers
from designer.formats.onnx.streams import rows
from designer.symbolic.body import Body
from designer.symbolic.issue import Refusal, said
from designer.symbolic.operation import Alias, Linear, Parameter, Value
from designer.symbolic.walk import walk

Output = tuple[str, int, Dims]
"""Its name, its type, its dimensions."""


def finish(g: Graph, trace: Body) -> list[Output]:
    """Write the graph's outputs: the trace's exit first, then whatever is remembered.

    A row for each token is `logits` where the last matrix counts as output, else `last_hidden_state`. One
    row for each sequence is `pooler_output`, and the rows it was taken from are `last_hidden_state`.

    Raises:
        Refusal: where the trace ends with ids.
    """
    end = trace.exits[0]
    if not end.shape:
        raise Refusal("", said("There is nothing to export: the design ends with token ids, as it began."))
    outputs: list[Output] = []
    if along(end).rank == 1:
        if g.pooled is not None:
            outputs.append(_output(g, "last_hidden_state", g.pooled[0], g.pooled[1]))
        outputs.append(_output(g, "pooler_output", g.get(end), end))
    else:
        name = "logits" if scores(trace) else "last_hidden_state"
        outputs.append(_output(g, name, g.get(end), end))
    met = [slot for slot in g.memory.slots if slot.present in g.main.presents]
    return outputs + [(slot.present, FLOAT, slot.after) for slot in met]


def _output(g: Graph, name: str, held: str, value: Value) -> Output:
    g.op("Identity", held, out=name)
    stream = along(value)
    lead = ("batch_size", rows(stream))[: stream.rank]
    return name, FLOAT, (*lead, *numbers(value.shape))


def scores(trace: Body) -> bool:
    """Whether the last matrix of the trace counts as output: then its rows score a vocabulary."""
    categories: dict[Value, str] = {}
    last = ""
    for op, _, _ in walk(trace):
        if isinstance(op, (Parameter, Alias)):
            categories[op.output] = op.category
        elif isinstance(op, Linear):
            last = categories.get(op.inputs[1], "")
    return last == "output"
