"""How well a name answers to what is typed: its beginning, its words, its initials, or its letters in order.

Qt-free.
"""

from __future__ import annotations

from collections.abc import Sequence
from re import findall

BEGINS, ALIAS, WORD, ALIAS_BEGINS, INITIALS, WITHIN, IN_ORDER, DESCRIBED = 100, 95, 80, 70, 60, 50, 25, 10
"""The weight of each way to answer, the surest first."""


def score(typed: str, name: str, aliases: Sequence[str] = (), words: str = "") -> int | None:
    """How well a name answers; None where a word that is typed is nowhere found.

    `aliases` are other names for it, `words` what is said of it.
    """
    parts = typed.lower().split()
    found = [
        _score(part, name.lower(), [alias.lower() for alias in aliases], words.lower()) for part in parts
    ]
    if any(one == 0 for one in found):
        return None
    return sum(found) // max(len(found), 1)


def _score(part: str, name: str, aliases: Sequence[str], words: str) -> int:
    inner = findall(r"\w+", name)
    ways = (
        (BEGINS, name.startswith(part)),
        (ALIAS, part in aliases),
        (WORD, any(word.startswith(part) for word in inner)),
        (ALIAS_BEGINS, any(alias.startswith(part) for alias in aliases)),
        (INITIALS, len(part) > 1 and "".join(word[0] for word in inner).startswith(part)),
        (WITHIN, part in name),
        (IN_ORDER, len(part) > 2 and _in_order(part, name)),
        (DESCRIBED, len(part) > 2 and any(word.startswith(part) for word in findall(r"\w+", words))),
    )
    return next((weight for weight, answers in ways if answers), 0)


def _in_order(letters: str, name: str) -> bool:
    """Whether the letters stand in the name in this order, the first of them at the beginning of a word."""
    for word in findall(r"\w+", name):
        if word.startswith(letters[0]):
            rest = iter(name[name.index(word) :])
            if all(letter in rest for letter in letters):
                return True
    return False
