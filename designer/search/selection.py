"""Which points of a space are tried: all of the grid, or some drawn at random; handed out block by block."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any, Literal, TypeAlias

import numpy as np

from designer.design.tree import Number
from designer.search.space import MOST_POINTS, Axis, Space
from designer.symbolic.frozen import frozen
from designer.symbolic.issue import Refusal, said

Method: TypeAlias = Literal["grid", "random"]

BLOCK = 2**14
"""Points worked on at once: some arrays of them stay in a core's cache."""

MOST_SAMPLES = 10**7
"""Points that are drawn at random at most."""


@frozen
class Points:
    """Some points in the order of the grid: their places there, and each free variable's values.

    A value is an int64 array as long as `index`, or a number where all points share it.
    """

    index: np.ndarray
    values: Mapping[str, Any]

    def __len__(self) -> int:
        return len(self.index)

    def kept(self, mask: np.ndarray) -> Points:
        """Those where the mask is true."""
        return self if mask.all() else self.taken(np.flatnonzero(mask))

    def taken(self, places: np.ndarray) -> Points:
        """Those at these places."""
        values = {n: v[places] if isinstance(v, np.ndarray) else v for n, v in self.values.items()}
        return Points(self.index[places], values)

    def at(self, place: int) -> dict[str, Any]:
        """The values of one point, as Python's numbers."""
        return {n: v[place].item() if isinstance(v, np.ndarray) else v for n, v in self.values.items()}


class Selection(ABC):
    """Points of a grid along the axes that are still free."""

    def __init__(self, space: Space, free: tuple[Axis, ...]) -> None:
        self.space, self.free = space, free

    @abstractmethod
    def __len__(self) -> int:
        """How many points there are."""

    @abstractmethod
    def split(self, names: Sequence[str]) -> Iterator[tuple[dict[str, Number], Selection]]:
        """The same points, apart by the values of these variables, which are then no longer free."""

    @abstractmethod
    def blocks(self) -> Iterator[Points]:
        """All points, some thousands at once; each block in the order of the grid."""

    def _parted(self, names: Sequence[str]) -> tuple[tuple[Axis, ...], tuple[Axis, ...]]:
        return tuple(a for a in self.free if a.name in names), tuple(
            a for a in self.free if a.name not in names
        )


class Grid(Selection):
    """Every combination of the free axes' values; `base` is the place of the first."""

    def __init__(self, space: Space, free: tuple[Axis, ...] | None = None, base: int = 0) -> None:
        super().__init__(space, space.axes if free is None else free)
        self.base = base

    def __len__(self) -> int:
        return int(np.prod([len(axis) for axis in self.free], dtype=object))

    def split(self, names: Sequence[str]) -> Iterator[tuple[dict[str, Number], Selection]]:
        fixed, free = self._parted(names)
        for digits in product(*(range(len(axis)) for axis in fixed)):
            base = self.base + sum(d * self.space.strides[a.name] for d, a in zip(digits, fixed, strict=True))
            yield (
                {a.name: a.values[d] for d, a in zip(digits, fixed, strict=True)},
                Grid(self.space, free, base),
            )

    def blocks(self) -> Iterator[Points]:
        """The last axes turn inside a block as arrays; the first are one number a block."""
        at, inner = len(self.free), 1
        while at > 0 and inner * len(self.free[at - 1]) <= BLOCK:
            at -= 1
            inner *= len(self.free[at])
        index, values = self._tables(self.free[at:])
        outer = self.free[: max(at - 1, 0)]
        sliced = self.free[at - 1] if at > 0 else None
        for digits in product(*(range(len(axis)) for axis in outer)):
            base = self.base + sum(d * self.space.strides[a.name] for d, a in zip(digits, outer, strict=True))
            shared: dict[str, Any] = {a.name: a.values[d] for d, a in zip(digits, outer, strict=True)}
            if sliced is None:
                yield Points(index + base, values)
                continue
            yield from self._slices(
                sliced, max(BLOCK // inner, 1), Points(index + base, {**values, **shared})
            )

    def _tables(self, axes: tuple[Axis, ...]) -> tuple[np.ndarray, dict[str, np.ndarray]]:
        """Places relative to the first, and values, of every combination of some axes."""
        shape = tuple(len(axis) for axis in axes)
        index = np.zeros(shape, np.int64)
        values: dict[str, np.ndarray] = {}
        for i, axis in enumerate(axes):
            turned = (-1, *(1,) * (len(axes) - i - 1))
            index += (np.arange(len(axis)) * self.space.strides[axis.name]).reshape(turned)
            values[axis.name] = np.broadcast_to(_array(axis).reshape(turned), shape).reshape(-1)
        return index.reshape(-1), values

    def _slices(self, axis: Axis, width: int, inner: Points) -> Iterator[Points]:
        listed, stride = _array(axis), self.space.strides[axis.name]
        for start in range(0, len(axis), width):
            digits = np.arange(start, min(start + width, len(axis)))
            index = ((digits * stride)[:, None] + inner.index).reshape(-1)
            values = {
                n: np.tile(v, len(digits)) if isinstance(v, np.ndarray) else v
                for n, v in inner.values.items()
            }
            yield Points(index, {**values, axis.name: np.repeat(listed[digits], len(inner))})


class Sample(Selection):
    """Some places of the grid, in its order."""

    def __init__(self, space: Space, free: tuple[Axis, ...], index: np.ndarray) -> None:
        super().__init__(space, free)
        self.index = index

    @staticmethod
    def drawn(space: Space, samples: int, seed: int) -> Selection:
        """So many distinct points, the same for the same seed; the whole grid where it has no more."""
        if samples >= space.points:
            return Grid(space)
        random = np.random.default_rng(seed)
        if 2 * samples > space.points:
            return Sample(space, space.axes, np.sort(random.permutation(space.points)[:samples]))
        drawn = np.empty(0, np.int64)
        while len(drawn) < samples:
            drawn = np.union1d(drawn, random.integers(space.points, size=samples - len(drawn)))
        return Sample(space, space.axes, drawn)

    def __len__(self) -> int:
        return len(self.index)

    def split(self, names: Sequence[str]) -> Iterator[tuple[dict[str, Number], Selection]]:
        fixed, free = self._parted(names)
        digits = np.stack([self._digits(axis, self.index) for axis in fixed])
        found, places = np.unique(digits, axis=1, return_inverse=True)
        order = np.argsort(places.reshape(-1), kind="stable")
        ends = np.cumsum(np.bincount(places.reshape(-1), minlength=found.shape[1]))
        for column, part in zip(found.T, np.split(order, ends[:-1]), strict=True):
            values = {a.name: a.values[int(d)] for d, a in zip(column, fixed, strict=True)}
            yield values, Sample(self.space, free, self.index[part])

    def blocks(self) -> Iterator[Points]:
        for start in range(0, len(self.index), BLOCK):
            index = self.index[start : start + BLOCK]
            yield Points(index, {axis.name: _array(axis)[self._digits(axis, index)] for axis in self.free})

    def _digits(self, axis: Axis, index: np.ndarray) -> np.ndarray:
        return index // self.space.strides[axis.name] % len(axis)


def selected(space: Space, method: Method = "grid", samples: int = 0, seed: int = 0) -> Selection:
    """All points of a grid, or some of them drawn at random.

    Raises:
        Refusal: for more than can be tried.
    """
    if method == "grid" or samples >= space.points:
        if space.points > MOST_POINTS:
            cause = "The grid has {points:,} points and at most {most:,} are tried: widen the steps."
            raise Refusal("", said(cause, points=space.points, most=MOST_POINTS))
        return Grid(space)
    if not 1 <= samples <= MOST_SAMPLES or space.points > 2**62:
        cause = "Between 1 and {most:,} samples can be drawn, of at most 2^62 points."
        raise Refusal("", said(cause, most=MOST_SAMPLES))
    return Sample.drawn(space, samples, seed)


def _array(axis: Axis) -> np.ndarray:
    return np.array(axis.values, np.int64)
