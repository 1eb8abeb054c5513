"""The words and numbers that an expression is written in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

from designer.symbolic.issue import Refusal, said

SCALES: Mapping[str, int] = {
    "": 1,
    "k": 1024,
    "K": 10**3,
    "M": 10**6,
    "B": 10**9,
    "T": 10**12,
    **{f"{letter}B": 1000**power for power, letter in enumerate("KMGT", 1)},
    **{f"{letter}iB": 1024**power for power, letter in enumerate("KMGT", 1)},
}
"""What the letters behind a number multiply it by: contexts are said in k = 1,024, counts in thousands."""

JOINING = frozenset({"and", "or", "not"})
"""The signs that are written as words."""

TOKEN = re.compile(
    r"(?P<number>(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9][0-9_]*)(?:[eE][+-]?[0-9]+)?[A-Za-z0-9_]*)"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<sign>//|\*\*|<=|>=|==|!=|[-+*/%<>(),.])"
    r"|(?P<space>\s)"
    r"|(?P<other>.)",
    re.DOTALL,
)
"""One piece of a text; every text is a row of them."""

INSTEAD: Mapping[str, str] = {
    "^": "**",
    "=": "==",
    "&": "and",
    "|": "or",
    "!": "not",
    "≠": "!=",
    "≤": "<=",
    "≥": ">=",
    "×": "*",
    "·": "*",
    "÷": "/",
    "−": "-",
    "–": "-",
    "²": "**2",
    "[": "(",
    "]": ")",
    "{": "(",
    "}": ")",
}
"""What to write for signs of other languages."""

_DIGITS, _EXPONENT = 60, 300
_NUMBER = re.compile(r"([0-9]+(?:_[0-9]+)*)?(?:\.([0-9]+(?:_[0-9]+)*)?)?(?:[eE]([+-]?[0-9]+))?([A-Za-z]*)")


def number(text: str) -> int | float | None:
    """The number a text is, with its suffix; None where it is none or has more than 60 digits.

    An int where its value is whole, unless it is written as a plain decimal: `2.0` is a real number,
    `1.5M` and `3e9` are counts.
    """
    match = _NUMBER.fullmatch(text)
    if match is None or (match[1] is None and match[2] is None) or match[4] not in SCALES:
        return None
    whole, part = (match[1] or "").replace("_", ""), (match[2] or "").replace("_", "")
    exponent = match[3] or "0"
    if len(whole) + len(part) > _DIGITS or len(exponent) > 5 or abs(int(exponent)) > _EXPONENT:
        return None
    value = (
        Fraction(int(whole + part or "0")) * Fraction(10) ** (int(exponent) - len(part)) * SCALES[match[4]]
    )
    written_as_real = "." in text and not match[3] and not match[4]
    return float(value) if written_as_real or value.denominator != 1 else int(value)


def read_number(text: str, place: str = "") -> int | float:
    """A number as `number` reads it, perhaps with a sign. Raises Refusal, which names `place`."""
    stripped = text.strip()
    value = number(stripped.removeprefix("-"))
    if value is None:
        raise Refusal(place, said("'{text}' is not a number.", text=shortened(stripped)))
    return -value if stripped.startswith("-") else value


def rename(text: str, old: str, new: str) -> str:
    """The text with the name `old` as `new` everywhere, and nothing else changed; broken text too."""
    tokens = [match.group() for match in TOKEN.finditer(text)]
    return "".join(new if token == old and _alone(tokens, at) else token for at, token in enumerate(tokens))


def shortened(text: str) -> str:
    """The text in one printable line, cut to 40 characters."""
    line = "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in " ".join(text[:99].split()))
    return line if len(line) <= 40 else f"{line[:37]}…"


def _alone(tokens: list[str], at: int) -> bool:
    """Whether a token is a name by itself: no part of `start.total`, no function."""
    before = next((t for t in reversed(tokens[:at]) if not t.isspace()), "")
    after = next((t for t in tokens[at + 1 :] if not t.isspace()), "")
    return before != "." and after not in (".", "(")
