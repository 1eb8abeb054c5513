"""The scenario under which a cost is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Precision: TypeAlias = Literal["fp32", "bf16", "fp16", "int8", "int4"]
Convention: TypeAlias = Literal["causal", "dense"]

BITS: dict[str, int] = {"fp32": 32, "bf16": 16, "fp16": 16, "int8": 8, "int4": 4}
"""Nominal bits a number takes in each precision; scales of quantised formats are not counted."""

UNSAID_POSITIONS = 8192
"""The context where neither scenario nor model says one."""


@dataclass(frozen=True)
class Scenario:
    """Sequences at once, tokens in each, precisions, and which pairs of positions count.

    `context` None is the lesser of 8,192 and the model's own positions.
    """

    batch: int = 1
    context: int | None = None
    weights: Precision = "bf16"
    cache: Precision = "bf16"
    convention: Convention = "causal"

    def tokens(self, positions: int | None) -> int:
        """The context in tokens for a model with so many positions of its own (None: it does not say)."""
        if self.context is not None:
            return self.context
        return min(UNSAID_POSITIONS, positions) if positions is not None else UNSAID_POSITIONS
