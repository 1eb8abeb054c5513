"""What a person names on the command line or in a dialog, as a design and the file that keeps it."""

from __future__ import annotations

from pathlib import Path

from designer.design.tree import Design
from designer.formats.opening import opened
from designer.symbolic.registry import Registry


def read(named: str, registry: Registry) -> tuple[Design, Path | None]:
    """(the design that is named, the file that keeps it; None for a preset or a config).

    Raises:
        Refusal: where it cannot be opened.
    """
    design = opened(named, registry)
    path = Path(named)
    return design, path.resolve() if path.is_file() and _is_design(path) else None


def _is_design(path: Path) -> bool:
    from designer.formats.design_reader import FORMAT
    from designer.formats.reading_json import read_object

    return read_object(path).get("format") == FORMAT


def empty(registry: Registry) -> Design:
    """A design that holds nothing yet."""
    from designer.formats.templates import empty_design

    return empty_design(registry)
