"""The scenario under which a cost is asked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, TypeAlias, get_args

from designer.design.notation import shortened
from designer.symbolic.frozen import frozen
from designer.symbolic.issue import Refusal, said

Precision: TypeAlias = Literal["fp32", "bf16", "fp16", "int8", "int4"]
Convention: TypeAlias = Literal["causal", "dense"]

BITS: dict[str, int] = {"fp32": 32, "bf16": 16, "fp16": 16, "int8": 8, "int4": 4}
"""Nominal bits a number takes in each precision; scales of quantised formats are not counted."""

UNSAID_POSITIONS = 8192
"""The context where neither scenario nor model says one."""


@frozen
class Scenario:
    """Sequences at once, tokens in each, precisions, and which pairs of positions count.

    `context` None is the lesser of 8,192 and the model's own positions.

    Raises:
        Refusal: for a batch or context below 1 and for an unknown word, by the field's name.
    """

    batch: int = 1
    context: int | None = None
    weights: Precision = "bf16"
    cache: Precision = "bf16"
    convention: Convention = "causal"

    def __post_init__(self) -> None:
        _whole("batch", self.batch)
        if self.context is not None:
            _whole("context", self.context)
        _known("weights", self.weights, BITS)
        _known("cache", self.cache, BITS)
        _known("convention", self.convention, get_args(Convention))


def _whole(name: str, number: Any) -> None:
    if isinstance(number, bool) or not isinstance(number, int) or number < 1:
        raise Refusal(
            name, said("{number} is not a whole number of 1 or more.", number=shortened(str(number)))
        )


def _known(name: str, word: Any, words: Iterable[str]) -> None:
    if not isinstance(word, str) or word not in words:
        known = ", ".join(words)
        raise Refusal(
            name, said("{word} is not known; known are {known}.", word=shortened(str(word)), known=known)
        )
