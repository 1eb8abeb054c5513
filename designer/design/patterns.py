"""Patterns over layers as values: what they say of each layer, whatever it stands for."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from designer.design.tree import Pattern, Run, Setting
from designer.symbolic.issue import Refusal, said


def as_pattern(setting: Setting) -> Pattern:
    """A pattern as it is, a plain value as a pattern of that value alone."""
    return setting if isinstance(setting, Pattern) else Pattern((), (setting,))


def regular(pattern: Pattern) -> tuple[Setting, ...]:
    """The values that a pattern has besides its exceptions, each run once, in order."""
    return tuple(_value(entry) for entry in (*pattern.first, *pattern.cycle))


def flat(pattern: Pattern) -> tuple[tuple[Setting, ...], tuple[Setting, ...]] | None:
    """(first values, cycle) one by one, without exceptions; None where a variable says how long a run is."""
    parts: list[tuple[Setting, ...]] = []
    for part in (pattern.first, pattern.cycle):
        if any(isinstance(entry, Run) and not isinstance(entry.times, int) for entry in part):
            return None
        parts.append(tuple(value for entry in part for value in _spelled(entry)))
    return parts[0], parts[1]


def value_at(setting: Setting, layer: int) -> Setting:
    """What a setting is in a layer.

    Raises:
        Refusal: where that depends on a variable.
    """
    if not isinstance(setting, Pattern):
        return setting
    if layer in setting.but:
        return setting.but[layer]
    parts = flat(setting)
    if parts is None:
        raise Refusal("", said("The pattern depends on a variable: which layer is which may change."))
    first, cycle = parts
    rest = cycle or first[-1:] or (None,)
    return first[layer] if layer < len(first) else rest[(layer - len(first)) % len(rest)]


def mapped(setting: Setting, change: Callable[[Setting], Setting]) -> Setting:
    """A setting with every value of it changed, in a pattern too."""
    if not isinstance(setting, Pattern):
        return change(setting)

    def entry(known: Setting | Run) -> Setting | Run:
        return Run(change(known.value), known.times) if isinstance(known, Run) else change(known)

    first, cycle = (tuple(map(entry, part)) for part in (setting.first, setting.cycle))
    return Pattern(first, cycle, {layer: change(value) for layer, value in setting.but.items()})


def _value(entry: Setting | Run) -> Setting:
    return entry.value if isinstance(entry, Run) else entry


def _spelled(entry: Setting | Run) -> tuple[Setting, ...]:
    if not isinstance(entry, Run):
        return (entry,)
    return (entry.value,) * cast(int, entry.times)
