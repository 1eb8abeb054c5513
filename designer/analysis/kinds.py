"""Kinds of tensors: parameters by the end of their names, whatever block keeps them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from designer.analysis.parameters import tally
from designer.analysis.tensors import starred
from designer.symbolic.body import Body
from designer.symbolic.operation import BlockRegion, Parameter, Region, RepeatRegion
from designer.symbolic.size import Count, product
from designer.symbolic.walk import numbers_itself
from designer.symbolic.weights import kept_together, segment

Kinds: TypeAlias = Mapping[tuple[str, str], Count]
"""How many parameters there are of each category and ending, such as `q_proj.weight`."""


def by_ending(trace: Body) -> Kinds:
    """The parameters by category and the last two segments of their names, shared ones once."""
    found = dict(_endings(trace))
    for place, bodies in tally(trace).once.items():
        _add(found, _together(bodies), place, 1)
    return found


def _endings(body: Body) -> Kinds:
    """Those of one set of a body's weights, without those kept in one place for several blocks: worked out
    once a body."""
    known = body.read.get(_endings)
    if known is None:
        known = body.read[_endings] = _gathered(body)
    return known


def _gathered(body: Body) -> Kinds:
    found: dict[tuple[str, str], Count] = {}
    for op in body.ops:
        if isinstance(op, Parameter):
            _add(found, {(op.category, _ending(op.name)): product(op.shape)}, "", 1)
        elif isinstance(op, RepeatRegion) and op.shared:
            _add(found, _together(op.bodies), "", 1)
        elif isinstance(op, Region) and not (isinstance(op, BlockRegion) and op.shares):
            for index, inner in enumerate(op.bodies):
                _add(found, _endings(inner), _segment(op, index), op.times(index)[0])
    return found


def _together(bodies: Sequence[Body]) -> Kinds:
    """Those of bodies that keep their weights in one place, each weight once."""
    if len(bodies) == 1:
        return _endings(bodies[0])
    found: dict[tuple[str, str], Count] = {}
    for name, weight in kept_together(bodies).items():
        op = weight.op
        _add(found, {(op.category, _ending(name)): product(op.shape)}, "", weight.copies)
    return found


def _add(found: dict[tuple[str, str], Count], more: Kinds, above: str, copies: Count) -> None:
    """So many copies of what stands under a name."""
    for (category, ending), count in more.items():
        key = category, _ending(f"{above}.{ending}") if above and "." not in ending else ending
        found[key] = found.get(key, 0) + count * copies


def _segment(op: Region, index: int) -> str:
    numbered = isinstance(op, RepeatRegion) and numbers_itself(op)
    return "" if numbered else segment(op, index).removesuffix(".")


def _ending(name: str) -> str:
    return ".".join(starred(name).split(".")[-2:])
