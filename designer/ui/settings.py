"""What the program remembers between two runs, each thing declared once."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import cast, get_args

from PySide6.QtCore import QByteArray, QSettings

from designer.ui.appearance import Choice
from designer.ui.canvas.ledger.columns import Shows

RECENT = 10
"""Files that the menu of recent ones holds."""


class Settings:
    """The remembered things, over a store that the caller chooses."""

    def __init__(self, store: QSettings | None = None) -> None:
        self._store = store if store is not None else QSettings("llm-designer", "llm-designer")

    @property
    def theme(self) -> Choice:
        """Which theme the window wears."""
        value = self._store.value("theme", "system")
        return cast(Choice, value) if value in get_args(Choice) else "system"

    @theme.setter
    def theme(self, choice: Choice) -> None:
        self._store.setValue("theme", choice)

    @property
    def geometry(self) -> QByteArray | None:
        """Where the window stood."""
        return self._bytes("geometry")

    @property
    def layout(self) -> QByteArray | None:
        """Which panels were open, and how wide."""
        return self._bytes("layout")

    def keep_window(self, geometry: QByteArray, layout: QByteArray) -> None:
        """Remember the window."""
        self._store.setValue("geometry", geometry)
        self._store.setValue("layout", layout)

    def forget_window(self) -> None:
        """The next window stands as the first one did."""
        self._store.remove("geometry")
        self._store.remove("layout")

    @property
    def recent(self) -> list[Path]:
        """Files opened or saved, the latest first; those that are gone are left out."""
        kept = self._store.value("recent", [])
        names = [kept] if isinstance(kept, str) else kept if isinstance(kept, list) else []
        return [path for path in map(Path, map(str, names)) if path.exists()]

    def opened(self, path: Path) -> None:
        """Put a file at the head of the recent ones."""
        path = path.resolve()
        others: Iterable[Path] = (other for other in self.recent if other != path)
        self._store.setValue("recent", [str(other) for other in (path, *others)][:RECENT])

    def is_open(self, section: str, default: bool = True) -> bool:
        """Whether a section of a panel is open."""
        return self._store.value(f"sections/{section}", default, type=bool) is True

    def keep_open(self, section: str, is_open: bool) -> None:
        """Remember whether a section is open."""
        self._store.setValue(f"sections/{section}", is_open)

    @property
    def ledger(self) -> Shows:
        """Which columns the ledger beside the stack has."""
        return Shows(
            *(self._store.value(f"ledger/{name}", True, type=bool) is True for name in Shows._fields)
        )

    @ledger.setter
    def ledger(self, shows: Shows) -> None:
        for name, shown in zip(Shows._fields, shows, strict=True):
            self._store.setValue(f"ledger/{name}", shown)

    def _bytes(self, key: str) -> QByteArray | None:
        value = self._store.value(key)
        return value if isinstance(value, QByteArray) else None
