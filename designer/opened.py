"""What Python and notebooks hold: an opened design with its readings, under the names of the command line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from designer.analysis.issues import issues
from designer.analysis.measured import COSTS, Measured
from designer.analysis.tensors import NamedTensor, patterns
from designer.blocks.palette import registry
from designer.design import edits
from designer.design.expression import Expression
from designer.design.tree import Design
from designer.formats.design_json import save
from designer.formats.opening import opened
from designer.symbolic.issue import Issue, Refusal, said


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
    def total(self) -> int:
        """All parameters, tied ones counted once."""
        return self._reading("total")

    @property
    def active(self) -> int:
        """The parameters that one token meets, embedding table and head included."""
        return self._reading("active")

    @property
    def trainable(self) -> int:
        """The parameters that are not frozen."""
        return self._reading("trainable")

    @property
    def by_category(self) -> dict[str, int]:
        """Parameters of the seven categories, zeros kept."""
        return {name: self._reading(name) for name in self._measured.by_category}

    @property
    def issues(self) -> list[Issue]:
        """What is imperfect about the design."""
        return issues(self._measured)

    @property
    def tensors(self) -> list[NamedTensor]:
        """Every parameter, a star where a repeated layer's index stands."""
        return patterns(self._measured.body)

    def with_(self, **variables: int | float | str) -> Opened:
        """The same design with variables set: numbers, or expressions as text.

        Raises:
            Refusal: for a variable that the design does not have, or an expression that cannot be read.
        """
        design = self.design
        for name, value in variables.items():
            if name not in design.variables:
                known = ", ".join(design.variables)
                raise Refusal(name, said("The design has no such variable; it has {names}.", names=known))
            number = Expression(value) if isinstance(value, str) else value
            if (
                isinstance(number, Expression)
                and (broken := number.broken(set(design.variables))) is not None
            ):
                raise Refusal(name, broken.cause)
            design = edits.set_variable(design, name, number)
        return Opened(self._measured.of(design))

    def cost(self, **scenario: Any) -> dict[str, int]:
        """Bytes and FLOPs under a scenario: `batch`, `context`, `weights`, `cache`, `convention`."""
        asked = replace(self.design.scenario, **scenario)
        return {name: self._reading(name, asked) for name in COSTS}

    def save(self, path: str | Path) -> None:
        """Write the design's own file.

        Raises:
            Refusal: where it cannot be written.
        """
        save(self.design, Path(path))

    def _reading(self, name: str, scenario: Any = None) -> int:
        number = self._measured.reading(name, scenario)
        assert isinstance(number, int)
        return number

    def __repr__(self) -> str:
        return f"<{self.name}: {self.total:,} parameters>"


def open_design(named: str | Path) -> Opened:
    """Open a design's file, a Hugging Face config, a folder that holds one, or a preset.

    Raises:
        Refusal: where there is nothing of this name, or it cannot be read.
    """
    kinds = registry()
    return Opened(Measured(opened(str(named), kinds), kinds))
