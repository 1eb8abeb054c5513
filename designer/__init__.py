"""Draw a language model by stacking blocks, and see at once what it is made of and what it costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from designer.opened import open_design as open  # noqa: A004 (the name that notebooks expect)

__all__ = ["open"]


def __getattr__(name: str) -> object:
    """`designer.open`, imported when it is first asked for."""
    if name == "open":
        from designer.opened import open_design

        return open_design
    raise AttributeError(f"module 'designer' has no attribute {name!r}")
