"""Where the program's own files lie. It stands on the lowest floor because formats and ui both read them."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def resource(*parts: str) -> Path:
    """The file or folder at `parts` under `resources/`.

    A wheel carries the folder inside the package, a checkout (an editable installation too) beside it.
    Nothing is opened: a missing file is the reader's FileNotFoundError.
    """
    shipped = _PACKAGE / "resources"
    root = shipped if shipped.is_dir() else _PACKAGE.parent / "resources"
    return root.joinpath(*parts)
