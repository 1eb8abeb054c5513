"""Which kinds there are: a value that is passed to whoever turns data into blocks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from importlib import import_module
from typing import Any

from designer.symbolic.block import Block
from designer.symbolic.field import Declared
from designer.symbolic.frozen import frozen


@frozen
class Registry:
    """Kinds of blocks and of values, as "module:Class" imported on first use, and the user's own classes."""

    table: Mapping[str, str]
    own: Mapping[str, type[Declared]] = field(default_factory=dict[str, type[Declared]])
    _known: dict[str, type[Any]] = field(default_factory=dict[str, type[Any]], compare=False, repr=False)

    def get(self, kind: str) -> type[Any] | None:
        """The class of a kind, or None where nobody knows it."""
        if kind in self.own:
            return self.own[kind]
        if kind not in self._known and kind in self.table:
            module, _, name = self.table[kind].partition(":")
            self._known[kind] = getattr(import_module(module), name)
        return self._known.get(kind)

    def block(self, kind: str) -> type[Block] | None:
        """The class of a kind of block; None where nobody knows it, or it is the kind of a value."""
        made = self.get(kind)
        return made if made is not None and issubclass(made, Block) else None

    def __iter__(self) -> Iterator[str]:
        return iter({**self.table, **self.own})

    def with_own(self, **classes: type[Declared]) -> Registry:
        """The same kinds and the user's own beside them."""
        return Registry(self.table, {**self.own, **classes})
