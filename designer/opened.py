"""What Python and notebooks hold: an opened design with its readings, under the names of the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from designer.analysis.issues import issues
from designer.analysis.measured import Measured
from designer.analysis.tensors import NamedTensor, patterns
from designer.blocks.palette import registry
from designer.design.tree import Design, Number
from designer.formats.design_json import save
from designer.formats.opening import opened, varied
from designer.symbolic.issue import Issue
from designer.symbolic.size import Count


class Opened:
    """A design and what is known of it. Immutable: `with_` gives another."""

    def __init__(self, measured: Measured) -> None:
        self._measured = measured

    @property
    def design(self) -> Design:
        """The document itself."""
        return self._measured.design

    @property
    def name(self) -> str:
        """What the design is called."""
        return self.design.name

    @property
    def variables(self) -> dict[str, Number]:
        """The variables and what they come to."""
        return dict(self._measured.resolved.valued.numbers)

    @property
    def total(self) -> int:
        """All parameters, tied ones counted once."""
        return self._number("total")

    @property
    def active(self) -> int:
        """The parameters that one token meets, embedding table and head included."""
        return self._number("active")

    @property
    def trainable(self) -> int:
        """The parameters that are not frozen."""
        return self._number("trainable")

    @property
    def by_category(self) -> dict[str, int]:
        """Parameters of the seven categories, zeros kept."""
        return _plain(self._measured.by_category)

    @property
    def issues(self) -> list[Issue]:
        """What is imperfect about the design."""
        return issues(self._measured)

    @property
    def tensors(self) -> list[NamedTensor]:
        """Every parameter, a star where a repeated layer's index stands."""
        return patterns(self._measured.body)

    def with_(self, **variables: Number | str) -> Opened:
        """The same design with variables set: numbers, or expressions as text.

        Raises:
            Refusal: for a variable that the design does not have, or an expression that comes to nothing.
        """
        return Opened(self._measured.of(varied(self.design, list(variables.items()))))

    def cost(self, **scenario: Any) -> dict[str, int]:
        """Bytes and FLOPs under a scenario: `batch`, `context`, `weights`, `cache`, `convention`.

        Raises:
            Refusal: for a number below 1 or an unknown word.
        """
        return _plain(self._measured.costs(replace(self.design.scenario, **scenario)))

    def save(self, path: str | Path) -> None:
        """Write the design's own file.

        Raises:
            Refusal: where it cannot be written.
        """
        save(self.design, Path(path))

    def _number(self, reading: str) -> int:
        return _plain({reading: self._measured.reading(reading)})[reading]

    def __repr__(self) -> str:
        return f"<{self.name}: {self.total:,} parameters>"


def open_design(named: str | Path) -> Opened:
    """Open a design's file, a Hugging Face config, a folder that holds one, or a preset.

    Raises:
        Refusal: where there is nothing of this name, or it cannot be read.
    """
    kinds = registry()
    return Opened(Measured(opened(str(named), kinds), kinds))


def _plain(counts: Mapping[str, Count]) -> dict[str, int]:
    """Counts where every variable has a number: ints."""
    return cast("dict[str, int]", dict(counts))
