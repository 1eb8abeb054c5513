"""Edits that are meant from where a number stands: `*2`, `/2`, `+64`, `-1`. Qt-free."""

from __future__ import annotations

import re
from collections.abc import Sequence

from designer.design.expression import Expression
from designer.design.tree import Setting

_STEP = re.compile(r"\s*([*/+\u2212-])\s*([^*/+\s].*)?", re.DOTALL)
_PRODUCT = re.compile(r"[\w.]+(\s*(\*|//?)\s*[\w.]+)*")


def step_in(text: str, signed: bool) -> str | None:
    """What a text does to whatever stands there, as `* 2`; None where it says what shall stand there.

    `signed`: numbers may be negative here, so that a sign in front belongs to the number.
    """
    found = _STEP.fullmatch(text)
    if found is None:
        return None
    sign, rest = found[1].replace("\u2212", "-"), (found[2] or "").strip()
    return None if signed and sign in "+-" else f"{sign} {rest}"


def stepped(setting: Setting, step: str) -> str | None:
    """A setting with the step taken, as it would be typed; None where there is no number to start from."""
    if isinstance(setting, Expression):
        return f"{_enclosed(setting.text.strip())} {step}"
    if isinstance(setting, bool) or not isinstance(setting, (int, float)):
        return None
    return f"{setting!r} {step}"


def distinct(settings: Sequence[Setting]) -> list[Setting]:
    """The different ones, in order."""
    found: list[Setting] = []
    for setting in settings:
        if not any(setting == known and type(setting) is type(known) for known in found):
            found.append(setting)
    return found


def _enclosed(text: str) -> str:
    """An expression as one operand: in brackets, unless every step after it would read the same."""
    return text if _PRODUCT.fullmatch(text) else f"({text})"
