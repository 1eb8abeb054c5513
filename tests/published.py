"""Published models, with the numbers that other programs give for them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from designer.analysis.measured import Measured
from designer.blocks.palette import registry
from designer.formats.huggingface.importing import design_of

REFERENCE = Path(__file__).parent / "reference"
KINDS = registry()


def entries(name: str) -> list[dict[str, Any]]:
    """The entries of a file in tests/reference."""
    return json.loads((REFERENCE / name).read_text(encoding="utf-8"))


MODELS: dict[str, dict[str, Any]] = {entry["id"]: entry for entry in entries("models.json")}
"""Exact totals, categories and tensors, built by transformers on its meta device; by the model's id."""

FAMILIES = tuple(dict.fromkeys(entry["model_type"] for entry in MODELS.values()))


@cache
def measured(id: str) -> Measured:
    """A published model, imported and ready to be read."""
    return of_config(MODELS[id]["config"])


@cache
def in_symbols(id: str) -> Measured:
    """The same model with every variable of its design kept as a symbol."""
    plain = measured(id)
    return Measured(plain.design, KINDS, symbols=frozenset(plain.design.variables))


def of_config(config: dict[str, Any]) -> Measured:
    """A config, imported and ready to be read."""
    return Measured(design_of(config, KINDS), KINDS)
