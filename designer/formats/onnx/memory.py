"""What a graph remembers from call to call: keys and values, states of convolutions and recurrences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import count
from typing import NamedTuple

from designer.formats.onnx.held import Slot, numbers
from designer.symbolic.body import Body
from designer.symbolic.operation import BlockRegion, Cached, Conv, Op, RecurRegion, Region, RepeatRegion
from designer.symbolic.stream import Stream
from designer.symbolic.walk import walk


class Memory(NamedTuple):
    """The stream that grows from call to call, and every slot in the order of the data."""

    written: str
    slots: tuple[Slot, ...]

    def keeps(self, op: Op) -> bool:
        """Whether an operation keeps something: only along the stream that is being written."""
        stream = op.inputs[0].stream if op.inputs else None
        if not isinstance(stream, Stream) or stream.name != self.written or stream.rank != 2:
            return False
        return isinstance(op, (Cached, RecurRegion)) or (isinstance(op, Conv) and op.kernel != 1)

    @property
    def cache(self) -> Slot | None:
        """The first slot that grows, which tells how much there is in the past."""
        return next((slot for slot in self.slots if "past_sequence_length" in slot.before), None)


def memory(trace: Body) -> Memory:
    """What the graph of a trace remembers.

    Slots are numbered by mixer, in one series for caches and states. An encoder and a cross-attention
    remember nothing: what they read is there whole at every call.
    """
    known = Memory(written_stream(trace), ())
    mixers: dict[int, int] = {}
    slots: list[Slot] = []
    taken: Counter[str] = Counter()
    for op, mixer in _keeping(trace, known, count(), -1):
        slot = _slot(op, mixers.setdefault(mixer, len(mixers)))
        again = taken[slot.past]
        taken[slot.past] += 1
        if again:  # a mixer that keeps two of a name
            slot = slot._replace(past=f"{slot.past}.{again}", present=f"{slot.present}.{again}")
        slots.append(slot)
    return known._replace(slots=tuple(slots))


def written_stream(trace: Body) -> str:
    """The stream that the last rows of the trace belong to: of an encoder–decoder, the decoder's."""
    name = ""
    for op, _, _ in walk(trace):
        for value in op.outputs:
            if isinstance(value.stream, Stream) and value.stream.rank == 2:
                name = value.stream.name
    return name


def _keeping(body: Body, known: Memory, passes: Iterator[int], mixer: int) -> Iterator[tuple[Op, int]]:
    """What keeps something, with the pass of a block that it belongs to."""
    for op in body.ops:
        if known.keeps(op):
            yield op, mixer
        if isinstance(op, RepeatRegion):
            for round in range(numbers((op.rounds,))[0]):
                yield from _keeping(op.body(round), known, passes, mixer)
        elif isinstance(op, Region) and (isinstance(op, BlockRegion) or not known.keeps(op)):
            inner = next(passes) if isinstance(op, BlockRegion) else mixer
            yield from _keeping(op.bodies[0], known, passes, inner)


def _slot(op: Op, number: int) -> Slot:
    if isinstance(op, Cached):
        shape = numbers(op.output.shape)
        heads, width = shape if len(shape) == 2 else (1, *shape)
        return Slot(
            f"past_key_values.{number}.{op.name}",
            f"present.{number}.{op.name}",
            ("batch_size", heads, "past_sequence_length", width),
            ("batch_size", heads, "total_sequence_length", width),
        )
    if isinstance(op, RecurRegion):
        name, shape = "recurrent", numbers(op.state)
    else:
        assert isinstance(op, Conv)
        name, shape = "conv", numbers((op.output.shape[-1], op.kernel - 1))
    past, present = f"past_states.{number}.{name}", f"present_states.{number}.{name}"
    return Slot(past, present, ("batch_size", *shape), ("batch_size", *shape))
