"""The space that is searched: which values each variable takes, and the points of their grid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from math import prod
from typing import TypeAlias

from designer.design.notation import read_number
from designer.design.tree import Design, Number
from designer.symbolic.frozen import frozen
from designer.symbolic.issue import Refusal, said
from designer.symbolic.likely import likely

LARGEST = 10**15
"""No value of a variable may be greater; sums of products stay Python ints or are bounded."""

MOST_POINTS = 10**9
"""Points a grid may have."""

Listed: TypeAlias = range | tuple[Number, ...]


@frozen
class Axis:
    """A variable and the values it takes, in order."""

    name: str
    values: Listed

    def __len__(self) -> int:
        return len(self.values)

    @property
    def whole(self) -> bool:
        """Whether all values are ints, so that the variable may stay symbolic."""
        return isinstance(self.values, range) or all(type(value) is int for value in self.values)

    @property
    def ends(self) -> tuple[int, int]:
        """The least and the greatest value of a whole axis."""
        values = (self.values[0], self.values[-1]) if isinstance(self.values, range) else self.values
        return int(min(values)), int(max(values))

    @staticmethod
    def read(name: str, text: str) -> Axis:
        """`low:high:step` (high included), `low:high` in steps of 1, or a list such as `1,2,4`.

        Raises:
            Refusal: for what is neither, an empty or backward range and a step that leads nowhere.
        """
        return Axis(name, _range(name, text) if ":" in text else _list(name, text))


@frozen
class Space:
    """Axes, the first of which turns slowest; every combination of their values is a point."""

    axes: tuple[Axis, ...]

    @staticmethod
    def read(design: Design, ranges: Iterable[tuple[str, str]]) -> Space:
        """The space of a design's variables whose ranges are written like `("hidden_size", "1k:8k:128")`.

        Raises:
            Refusal: for a range that cannot be read, an unknown variable and one that is named twice.
        """
        axes: list[Axis] = []
        for name, text in ranges:
            _check_name(design, name, axes)
            axes.append(Axis.read(name, text))
        return Space(tuple(axes))

    @cached_property
    def points(self) -> int:
        """How many points the grid has."""
        return prod(len(axis) for axis in self.axes)

    @cached_property
    def strides(self) -> Mapping[str, int]:
        """How far apart in the order of the grid two neighbours along an axis are."""
        lengths = [len(axis) for axis in self.axes]
        return {axis.name: prod(lengths[i + 1 :]) for i, axis in enumerate(self.axes)}

    def at(self, index: int) -> dict[str, Number]:
        """The values of one point of the grid."""
        return {a.name: a.values[index // self.strides[a.name] % len(a)] for a in self.axes}


def _check_name(design: Design, name: str, axes: Sequence[Axis]) -> None:
    if any(axis.name == name for axis in axes):
        raise Refusal(name, said("The variable is varied twice."))
    if name in design.variables:
        return
    near = likely(name, design.variables)
    if near:
        raise Refusal(name, said("The design has no such variable; did you mean '{likely}'?", likely=near[0]))
    raise Refusal(name, said("The design has no such variable."))


def _range(name: str, text: str) -> range:
    parts = [read_number(part, f"{name}={text}") for part in text.split(":")]
    if len(parts) > 3:
        raise Refusal(f"{name}={text}", said("A range is low:high or low:high:step."))
    low, high, step = (*parts, 1)[:3]
    if not (isinstance(low, int) and isinstance(high, int) and isinstance(step, int)):
        raise Refusal(f"{name}={text}", said("A range is of whole numbers; list others one by one."))
    if step <= 0:
        raise Refusal(f"{name}={text}", said("The step must be above 0, not {step}.", step=step))
    if low > high:
        raise Refusal(
            f"{name}={text}", said("The range runs backward, from {low} to {high}.", low=low, high=high)
        )
    _check_size(name, text, (low, high))
    return range(low, high + 1, step)


def _list(name: str, text: str) -> tuple[Number, ...]:
    parts = [part.strip() for part in text.split(",")]
    if not any(parts):
        raise Refusal(f"{name}={text}", said("The range is empty."))
    values = tuple(
        _TRUTHS[p.lower()] if p.lower() in _TRUTHS else read_number(p, f"{name}={text}") for p in parts
    )
    _check_size(name, text, values)
    return tuple({(type(value), value): value for value in values}.values())


def _check_size(name: str, text: str, values: Iterable[Number]) -> None:
    for value in values:
        if abs(value) > LARGEST:
            cause = said(
                "{value} is beyond {most}, the most a variable is tried at.", value=value, most=LARGEST
            )
            raise Refusal(f"{name}={text}", cause)


_TRUTHS: Mapping[str, bool] = {"true": True, "false": False}
