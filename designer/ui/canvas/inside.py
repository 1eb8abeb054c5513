"""What stands inside a block: its tensors with their shapes, and the shapes that flow in and out. Qt-free."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from designer.analysis.tensors import patterns
from designer.symbolic.size import Shape, product
from designer.ui.canvas.shown import Shown
from designer.ui.numbers import exact, plain
from designer.ui.tr import tr


class Part(NamedTuple):
    """A tensor of one set of the block's weights; those that differ only by a number are one."""

    name: str
    shape: str
    size: int
    category: str
    tied: bool


def parts(shown: Shown) -> Sequence[Part]:
    """The tensors of a block that is the same in every layer; none where layers differ."""
    known = shown.read.get(parts)
    if known is None:
        known = shown.read[parts] = _parts(shown) if len(shown.bodies) == 1 else ()
    return known


def flows(shown: Shown) -> str:
    """The shapes of a row as it comes in and as it goes out."""
    if not shown.bodies:
        return ""
    body = shown.bodies[0]
    return tr("in {entry}   out {exit}", entry=_flow(body.entries[0].shape), exit=_flow(body.exits[0].shape))


def whole(shown: Shown) -> str:
    """The exact count of one set of weights; none of a block that differs from layer to layer."""
    totals = {plain(tally.total) for tally in shown.counts} or {0}
    return exact(*totals) if len(totals) == 1 else ""


def _parts(shown: Shown) -> Sequence[Part]:
    return tuple(
        Part(
            tensor.name.removesuffix(".weight"),
            " × ".join(exact(plain(side)) for side in tensor.shape),
            plain(product(tensor.shape) * tensor.copies),
            tensor.category,
            tensor.tied_to is not None,
        )
        for tensor in patterns(shown.bodies[0])
    )


def _flow(shape: Shape) -> str:
    """Batch and tokens never stand in a shape: here they are said."""
    return " × ".join(("B", "T", *(exact(plain(side)) for side in shape)))
