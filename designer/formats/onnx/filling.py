"""Numbers for the weights of a graph: drawn at random or read from a checkpoint, and streamed to its file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from math import prod
from pathlib import Path
from typing import Protocol
from zlib import crc32

import numpy as np

from designer.analysis.tensors import tensors
from designer.formats.checkpoint import Dialect, Wanted, opened
from designer.formats.onnx.model import Model
from designer.formats.safetensors import Kept
from designer.symbolic.body import Body
from designer.symbolic.operation import Buffer, Conv, Linear, Norm, Op, Parameter, Value
from designer.symbolic.walk import walk

ALIGNED = 4096
"""Bytes: where each tensor begins, so that it can be mapped into memory."""
PIECE = 1 << 22
"""Numbers drawn at a time."""


class Source(Protocol):
    """Where the numbers of a weight come from."""

    def numbers(self, name: str) -> Iterator[np.ndarray]:
        """The float32 numbers of a weight, in order, a piece at a time."""
        ...


class Checkpointed:
    """Numbers of a checkpoint, widened to float32.

    Raises:
        Refusal: where the checkpoint and the design do not fit each other.
    """

    def __init__(self, trace: Body, model: Model, path: Path, dialect: Dialect) -> None:
        tied: dict[str, list[str]] = {}
        for tensor in tensors(trace):
            if tensor.tied_to is not None:
                tied.setdefault(tensor.tied_to, []).append(tensor.name)
        wanted = [Wanted(t.name, tuple(t.dims), tuple(tied.get(t.name, ()))) for t in model.tensors.values()]
        self._parts: Mapping[str, tuple[Kept, ...]] = opened(path).parts(wanted, dialect)

    def numbers(self, name: str) -> Iterator[np.ndarray]:
        """Those of every part, one after another."""
        for kept in self._parts[name]:
            yield from kept.widened()


class Random:
    """Numbers that let signals through: matrices normal with deviation 1/√fan-in, scales 1, shifts 0.

    A tensor's numbers depend on the seed and its name alone.
    """

    def __init__(self, trace: Body, model: Model, seed: int) -> None:
        self._model, self._seed = model, seed
        self._constant = constants(trace)

    def numbers(self, name: str) -> Iterator[np.ndarray]:
        """Drawn afresh at each asking, and the same each time."""
        op, shape = self._model.weights[name], tuple(self._model.tensors[name].dims)
        constant = 0.0 if isinstance(op, Buffer) else self._constant.get(op.output)
        scale = 1 / np.sqrt(np.float32(fan_in(op, shape)))
        drawn = np.random.default_rng([self._seed, crc32(name.encode())])
        left = prod(shape)
        while left:
            count = min(PIECE, left)
            if constant is not None:
                yield np.full(count, constant, np.float32)
            else:
                yield drawn.standard_normal(count, np.float32) * scale
            left -= count


def fan_in(op: Parameter | Buffer, shape: tuple[int, ...]) -> int:
    """How many numbers are summed into one: the input's width, or what a depthwise kernel spans."""
    if len(shape) < 2:
        return 1
    flipped = isinstance(op, Parameter) and op.transposed
    return max(1, shape[-2] if flipped else shape[-1])


def constants(trace: Body) -> dict[Value, float]:
    """Weights that begin at one number: a norm's scale at what makes it 1, shifts and biases at 0."""
    found: dict[Value, float] = {}
    for op, _, _ in walk(trace):
        if isinstance(op, Parameter) and op.category == "normalization":
            found.setdefault(op.output, 1.0)
        found.update(_shifts(op))
    return found


def _shifts(op: Op) -> dict[Value, float]:
    if isinstance(op, Norm):
        return dict(zip(op.inputs[1:], (1.0 - op.shift, 0.0), strict=False))
    if isinstance(op, (Linear, Conv)):
        return dict.fromkeys(op.inputs[2:], 0.0)
    return {}


def laid_out(model: Model) -> int:
    """Give every weight its place in the file; its bytes in all."""
    end = 0
    for tensor in model.tensors.values():
        start = -(-end // ALIGNED) * ALIGNED
        length = 4 * prod(tensor.dims)
        for key, value in (("offset", start), ("length", length)):
            tensor.external_data.add(key=key, value=str(value))
        end = start + length
    return end


def write(model: Model, source: Source, path: Path, wrote: Callable[[int], None]) -> None:
    """Fill the file of a graph that is laid out; `wrote` hears of bytes as they go, and may raise."""
    with path.open("wb") as file:
        for name, tensor in model.tensors.items():
            places = {entry.key: entry.value for entry in tensor.external_data}
            gap = int(places["offset"]) - file.tell()
            file.write(b"\0" * gap)
            wrote(gap)
            for piece in source.numbers(name):
                file.write(piece.astype("<f4", copy=False).data)
                wrote(piece.nbytes)
            if file.tell() != int(places["offset"]) + int(places["length"]):
                raise AssertionError(f"{name} has not as many numbers as it should")
