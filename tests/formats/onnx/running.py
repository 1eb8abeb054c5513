"""An exported graph in onnxruntime, fed by the names it has."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnxruntime

Arrays = Mapping[str, np.ndarray]


class Running:
    """A graph in onnxruntime; a past that is not given is empty."""

    def __init__(self, path: Path, options: onnxruntime.SessionOptions | None = None) -> None:
        options = options or onnxruntime.SessionOptions()
        options.log_severity_level = 3
        self.session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
        self.outputs = [output.name for output in self.session.get_outputs()]

    def fed(self, texts: Arrays, past: Arrays | None) -> dict[str, np.ndarray]:
        """As many of the texts as the graph asks for, and its past."""
        fed: dict[str, np.ndarray] = {}
        batch = len(texts["input_ids"])
        for entry in self.session.get_inputs():
            if not entry.name.startswith("past_"):
                fed[entry.name] = texts[entry.name]
            elif past is None:
                sizes = [batch, *(0 if dim == "past_sequence_length" else dim for dim in entry.shape[1:])]
                fed[entry.name] = np.zeros(sizes, np.float32)
            else:
                name = entry.name.replace("past_key_values", "present")
                fed[entry.name] = past[name.replace("past_states", "present_states")]
        return fed

    def __call__(self, texts: Arrays, past: Arrays | None = None) -> dict[str, np.ndarray]:
        """Every output by name."""
        given = self.session.run(self.outputs, self.fed(texts, past))
        return dict(zip(self.outputs, given, strict=True))


def off_by(ours: np.ndarray, theirs: np.ndarray) -> float:
    """The greatest difference, measured against max(1, |theirs|)."""
    assert ours.shape == theirs.shape
    return float(np.max(np.abs(ours - theirs) / np.maximum(1, np.abs(theirs))))
