"""Names of nodes: no two blocks may keep their weights in one place.

An unnamed container adds nothing to the names below it, so a name must be free in its whole room: among all
that stand, through unnamed containers, under the same named one. A block without a name comes to stand only
where it is alone, since nobody here knows what its parts are called.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import count
from operator import is_
from typing import NamedTuple

from designer.design.tree import Node
from designer.symbolic.operation import NUMBERED


def settled(room: Node, newcomers: Collection[int]) -> Node:
    """The container with its newcomers (ids) renamed where their names are taken: `mlp` becomes `mlp_2`.

    Who stood there keeps their names, and newcomers keep what is free.
    """
    if not newcomers:
        return room
    among = _Among(frozenset(newcomers), min(newcomers), max(newcomers))
    return _renamed(room, among, _taken(room, among))


class _Among(NamedTuple):
    """Ids, the least and the greatest of them."""

    ids: frozenset[int]
    least: int
    most: int

    def reach(self, node: Node) -> bool:
        """Whether one of them may stand in a node; plainly not where its ids lie elsewhere."""
        least, most = node.span
        return least <= self.most and self.least <= most


def _taken(node: Node, newcomers: _Among) -> set[str]:
    """The names of all that are visible in a container and no newcomers."""
    taken: set[str] = set()
    for child in node.inside:
        if not newcomers.reach(child):
            taken |= child.visible
        elif not (child.name or not child.inside):
            taken |= _taken(child, newcomers)
        elif child.id not in newcomers.ids:
            taken.add(child.name)
    return taken


def _renamed(node: Node, newcomers: _Among, taken: set[str]) -> Node:
    inside = []
    for child in node.inside:
        if not newcomers.reach(child):
            inside.append(child)
        elif child.name or not child.inside:
            inside.append(_apart(child, taken) if child.id in newcomers.ids else child)
        else:
            inside.append(_renamed(child, newcomers, taken))
    same = all(map(is_, inside, node.inside))
    return node if same else replace(node, inside=tuple(inside))


def _apart(node: Node, taken: set[str]) -> Node:
    free = (node.name not in taken if node.name else not taken) or node.shares or node.name == NUMBERED
    name = node.name if free else next(name for name in _alike(node) if name not in taken)
    taken.add(name)
    return node if name == node.name else replace(node, name=name)


def _alike(node: Node) -> Iterator[str]:
    """Names to try instead: `mlp_2`, `ln_3` for `ln_2`, `layer.2` for `layer.1`; its kind for one without."""
    if not node.name:
        yield node.kind
    stem = node.name.rstrip("0123456789")
    if node.name in (stem, node.kind):
        yield from (f"{node.name or node.kind}_{number}" for number in count(2))
    yield from (f"{stem}{number}" for number in count(int(node.name[len(stem) :]) + 1))
