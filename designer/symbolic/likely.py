"""The names that were probably meant by one that nobody knows."""

from __future__ import annotations

from collections.abc import Iterable


def likely(name: str, known: Iterable[str], most: int = 1) -> list[str]:
    """The known names that are spelled most like `name`, the likeliest first; none where none is near."""
    from difflib import get_close_matches  # asked for only where something is wrong

    return get_close_matches(name, sorted(known), n=most)
