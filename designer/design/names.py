"""Names of nodes: no two blocks may keep their weights in one place.

An unnamed container adds nothing to the names below it, so a name must be free among all that stand, through
unnamed containers, under the same named one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import count

from designer.design.tree import Node


def settled(named: Node, newcomers: Collection[int]) -> Node:
    """The container with its newcomers (ids) renamed where their names are taken: `mlp` becomes `mlp_2`.

    Who stood there keeps their names, and newcomers keep what is free.
    """
    taken = {_key(node) for node in _visible(named) if node.id not in newcomers}
    return _renamed(named, newcomers, taken)


def _visible(node: Node) -> Iterator[Node]:
    for child in node.inside:
        if child.name or not child.inside:
            yield child
        else:
            yield from _visible(child)


def _key(node: Node) -> str:
    return node.name or f"({node.kind})"


def _renamed(node: Node, newcomers: Collection[int], taken: set[str]) -> Node:
    inside = []
    for child in node.inside:
        if child.name or not child.inside:
            inside.append(_apart(child, taken) if child.id in newcomers else child)
        else:
            inside.append(_renamed(child, newcomers, taken))
    same = all(a is b for a, b in zip(inside, node.inside, strict=True))
    return node if same else replace(node, inside=tuple(inside))


def _apart(node: Node, taken: set[str]) -> Node:
    key = _key(node)
    if key not in taken or node.shares or node.name == "{}":
        taken.add(key)
        return node
    stem = node.name.rstrip("0123456789").rstrip("_") or node.kind
    numbered = (stem if n == 1 else f"{stem}_{n}" for n in count(1))
    name = next(name for name in numbered if name not in taken)
    taken.add(name)
    return replace(node, name=name)
