"""Whether the layers of a Repeat follow a pattern. Qt-free, and asked before the first frame."""

from __future__ import annotations

from designer.design.tree import Pattern
from designer.ui.canvas.shown import Shown


def follows_a_pattern(shown: Shown) -> bool:
    """Whether the rounds of a Repeat differ by the fields of what it holds."""
    if not any(inner.schedules for inner in shown.step.inside):
        return False
    return any(_has_pattern(child) for child in shown.inside)


def _has_pattern(shown: Shown) -> bool:
    known = shown.read.get(_has_pattern)
    if known is None:
        own = any(isinstance(setting, Pattern) for setting in shown.node.fields.values())
        inner = shown.layout != "repeat" and any(map(_has_pattern, shown.inside))
        known = shown.read[_has_pattern] = own or inner
    return known
