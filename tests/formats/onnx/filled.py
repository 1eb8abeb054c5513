"""Graphs filled with numbers that leave nothing at rest: no scale is 1, no bias 0."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx

from designer.formats.onnx.filling import laid_out, write
from designer.formats.onnx.model import Model, model
from designer.symbolic.body import Body
from tests.formats.onnx.plainly import Arrays, Plainly
from tests.formats.onnx.running import Running

LENGTH, WRITTEN, SOURCE = 11, 6, 5


class Drawn:
    """A source of numbers, the same for a name each time."""

    def __init__(self, made: Model) -> None:
        draw = np.random.default_rng(7)
        self.weights = {
            name: self._drawn(draw, tuple(tensor.dims)).astype(np.float32)
            for name, tensor in made.tensors.items()
        }

    @staticmethod
    def _drawn(draw: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
        return draw.standard_normal(shape) * (0.4 if len(shape) > 1 else 0.3) + (
            0.5 if len(shape) == 1 else 0
        )

    def numbers(self, name: str) -> Iterator[np.ndarray]:
        yield self.weights[name].ravel()


class Ran(Running):
    """A trace written with numbers into a folder, checked, and run."""

    def __init__(self, trace: Body, folder: Path, functions: bool = False) -> None:
        self.trace = trace
        self.made = model(trace, "tiny.onnx.data", functions=functions)
        self.source = Drawn(self.made)
        laid_out(self.made)
        write(self.made, self.source, folder / "tiny.onnx.data", lambda count: None)
        path = folder / "tiny.onnx"
        path.write_bytes(self.made.proto.SerializeToString())
        onnx.checker.check_model(str(path), full_check=True)
        super().__init__(path)

    @property
    def answer(self) -> str:
        """The output that the trace ends with."""
        return next(name for name in reversed(self.outputs) if not name.startswith("present"))

    def plainly(self, texts: Arrays) -> np.ndarray:
        """What the trace says of texts."""
        weights = {name: numbers.astype(float) for name, numbers in self.source.weights.items()}
        return Plainly(weights, texts).answer(self.trace)


def texts() -> dict[str, np.ndarray]:
    """Two texts of everything that a graph may ask for."""
    draw = np.random.default_rng(3)
    real = np.ones((2, SOURCE), np.int64)
    real[1, 3:] = 0
    return {
        "input_ids": draw.integers(0, 29, (2, LENGTH)),
        "attention_mask": np.ones((2, LENGTH), np.int64),
        "position_ids": np.broadcast_to(np.arange(LENGTH), (2, LENGTH)).copy(),
        "token_type_ids": draw.integers(0, 3, (2, LENGTH)),
        "decoder_input_ids": draw.integers(0, 29, (2, WRITTEN)),
        "encoder_hidden_states": draw.standard_normal((2, SOURCE, 10)).astype(np.float32),
        "encoder_attention_mask": real,
    }
