"""Tiny models the whole way: saved by transformers, exported with their weights, run by onnxruntime."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import torch

from designer.analysis.measured import Measured
from designer.blocks.palette import registry
from designer.formats.huggingface.importing import design_of
from designer.formats.onnx.export import Options, export
from tests.conformance.tiny import Tiny
from tests.formats.onnx.running import Arrays, Running, off_by

TOLERANCE = 1e-4
"""Of max(1, |logit|)."""
LENGTH, WRITTEN, SOURCE = 13, 7, 6
"""Tokens read, tokens that a decoder beside an encoder writes, rows of an encoder that is not there."""
REGISTRY = registry()


def measured_of(folder: Path) -> Measured:
    """The design of a folder's config."""
    raw = json.loads((folder / "config.json").read_text())
    return Measured(design_of(raw, REGISTRY), REGISTRY)


class Pair:
    """A model of transformers and the graph that it became, with texts for both."""

    def __init__(self, tiny: Tiny) -> None:
        self.tiny = tiny
        self.model = tiny.model()
        with TemporaryDirectory() as folder:
            saved = Path(folder)
            self.model.save_pretrained(saved)
            export(measured_of(saved), saved / "model.onnx", Options(weights=saved))
            self.graph = Running(saved / "model.onnx")
        self.answers = [name for name in self.graph.outputs if not name.startswith("present")]
        self.asked = {entry.name for entry in self.graph.session.get_inputs()}
        draw = torch.Generator().manual_seed(1)

        config = self.model.config

        def ids(length: int, below: int = config.vocab_size) -> torch.Tensor:
            return torch.randint(0, below, (2, length), generator=draw)

        seen = torch.ones(2, SOURCE, dtype=torch.long)
        seen[1, 4:] = 0
        self.texts: dict[str, torch.Tensor] = {
            "input_ids": ids(LENGTH),
            "attention_mask": torch.ones(2, LENGTH, dtype=torch.long),
            "position_ids": torch.arange(LENGTH).expand(2, -1),
            "token_type_ids": ids(LENGTH, 2),
            "decoder_input_ids": ids(WRITTEN),
            "encoder_hidden_states": torch.randn(2, SOURCE, config.hidden_size, generator=draw),
            "encoder_attention_mask": seen,
        }

    def theirs(self, model: Any = None, **changed: torch.Tensor) -> Mapping[str, np.ndarray]:
        """What transformers answers; positions are given only where they are changed."""
        given = {n: text for n, text in self.texts.items() if n in self.asked and n != "position_ids"}
        with torch.no_grad():
            answer = (model or self.model)(**{**given, **changed})
        return {name: answer[name].numpy() for name in self.answers}

    def rounding(self) -> float:
        """How far transformers is from itself in float64."""
        rows = self.texts["encoder_hidden_states"]
        wide = {"encoder_hidden_states": rows.double()} if "encoder_hidden_states" in self.asked else {}
        exact = self.theirs(copy.deepcopy(self.model).double(), **wide)
        return max(off_by(answer, exact[name]) for name, answer in self.theirs().items())

    def ours(self, past: Arrays | None = None, **changed: torch.Tensor) -> dict[str, np.ndarray]:
        """What the graph answers."""
        texts = {**self.texts, **changed}
        return self.graph({name: text.numpy() for name, text in texts.items()}, past)

    def off(self, **changed: torch.Tensor) -> float:
        """How far they are apart on whole texts."""
        ours, theirs = self.ours(**changed), self.theirs(**changed)
        return max(off_by(ours[name], theirs[name]) for name in self.answers)

    def off_step_by_step(self) -> float:
        """How far the graph, fed in pieces with what it remembers, is from transformers on the whole text."""
        theirs = self.theirs()[self.answers[0]]
        past, worst = None, 0.0
        for piece, changed in self.pieces():
            past = self.ours(past, **changed)
            worst = max(worst, off_by(past[self.answers[0]], theirs[:, piece]))
        return worst

    def pieces(self) -> Iterator[tuple[slice, dict[str, Any]]]:
        """A first piece, a few tokens at once, then one by one."""
        writes = "decoder_input_ids" in self.asked
        length = WRITTEN if writes else LENGTH
        ends = (0, length - 5, length - 2, length - 1, length)
        for start, end in pairwise(ends):
            piece = slice(start, end)
            if writes:
                yield piece, {"decoder_input_ids": self.texts["decoder_input_ids"][:, piece]}
                continue
            cut = ("input_ids", "position_ids", "token_type_ids")
            changed = {name: self.texts[name][:, piece] for name in cut}
            yield piece, changed | {"attention_mask": self.texts["attention_mask"][:, :end]}


@cache
def pair(tiny: Tiny) -> Pair:
    """Both sides of a tiny model, made once."""
    return Pair(tiny)
