"""How published checkpoints of a model type name their tensors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from designer.formats.checkpoint import Dialect
from designer.formats.huggingface.families import family

LEGACY: Mapping[str, tuple[str, ...]] = {
    "LayerNorm.weight": ("LayerNorm.gamma",),
    "LayerNorm.bias": ("LayerNorm.beta",),
}
"""Names of checkpoints that were converted from TensorFlow."""


def dialect_of(source: Mapping[str, Any]) -> Dialect:
    """The dialect of the config that a design was imported from; of any other design, its own names only."""
    kind = source.get("model_type")
    known = family(kind) if isinstance(kind, str) else None
    if known is None:
        return Dialect()
    return Dialect(known.prefix, {**LEGACY, **known.hub}, known.spare)
