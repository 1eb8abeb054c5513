"""An exported graph in onnxruntime, fed by the names it has."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnxruntime

Arrays = Mapping[str, np.ndarray]


class Running:
    """A graph that takes whatever of the offered inputs it asks for; a past that is not given is empty."""

    def __init__(self, path: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        options.intra_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
        self.outputs = [output.name for output in self.session.get_outputs()]

    def __call__(self, past: Arrays | None = None, **offered: np.ndarray) -> dict[str, np.ndarray]:
        """Every output by name."""
        batch = next(iter(offered.values())).shape[0]
        fed: dict[str, np.ndarray] = {}
        for entry in self.session.get_inputs():
            name, dims = entry.name, entry.shape
            if not name.startswith("past_"):
                fed[name] = offered[name]
            elif past is None:
                sizes = [batch, *(0 if dim == "past_sequence_length" else dim for dim in dims[1:])]
                fed[name] = np.zeros(sizes, np.float32)
            else:
                fed[name] = past[
                    name.replace("past_key_values", "present").replace("past_states", "present_states")
                ]
        return dict(zip(self.outputs, self.session.run(self.outputs, fed), strict=True))


def off_by(ours: np.ndarray, theirs: np.ndarray) -> float:
    """The greatest difference, measured against max(1, |theirs|)."""
    assert ours.shape == theirs.shape
    return float(np.max(np.abs(ours - theirs) / np.maximum(1, np.abs(theirs)), initial=0.0))
