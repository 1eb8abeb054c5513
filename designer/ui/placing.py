"""Where an inserted block goes, and what the design is then. Qt-free; the palette and the canvas ask here."""

from __future__ import annotations

from collections.abc import Sequence

from designer.design import adapt, edits
from designer.design.layouts import layout_of
from designer.design.tree import Design, Node
from designer.symbolic.block import Layout
from designer.symbolic.registry import Registry

Slot = tuple[int, int]
"""A container's id, and the index of the gap in it."""


BARE: frozenset[Layout] = frozenset({"leaf", "choose"})
"""Layouts of what is put right behind the selection; all others bring a branch or a frame of their own."""


def slot(design: Design, selection: Sequence[int], registry: Registry) -> Slot:
    """The gap that an insertion at the selection fills: right after it, or inside it where it holds nothing.

    Nothing selected: the end of the outermost stack that holds blocks which are no stacks themselves.
    """
    ids = [node.id for node in design.tree.walk() if node.id in set(selection)]
    if not ids:
        return _end_of_design(design.tree, registry)
    path = edits.path_to(design.tree, ids[-1])
    node = edits.at(design.tree, path)
    if not path or (layout_of(node, registry) != "leaf" and not node.inside):
        return node.id, len(node.inside)
    return edits.at(design.tree, path[:-1]).id, path[-1] + 1


def slot_for(design: Design, selection: Sequence[int], node: Node | None, registry: Registry) -> Slot:
    """The gap that a node fills at the selection; what brings a branch of its own goes behind the branch.

    Without a node: the gap of what usually comes next, which is a part with its branch.
    """
    container, index = slot(design, selection, registry)
    if node is not None and layout_of(node, registry) in BARE:
        return container, index
    path = edits.path_to(design.tree, container)
    while path and edits.at(design.tree, path).inside and _branches(edits.at(design.tree, path), registry):
        index, path = path[-1] + 1, path[:-1]
    return edits.at(design.tree, path).id, index


def replaced(design: Design, id: int, node: Node, registry: Registry) -> tuple[Design, tuple[int, ...]]:
    """(the design with a node in another's place, the ids of what is new)."""
    path = edits.path_to(design.tree, id)
    container = edits.at(design.tree, path[:-1]).id
    return placed(edits.remove(design, (id,)), container, path[-1], node, registry)


def placed(
    design: Design, container: int, index: int, node: Node, registry: Registry
) -> tuple[Design, tuple[int, ...]]:
    """(the design with the node in a gap, its fields taken from what stands near; the ids of what is new)."""
    before = len(edits.find(design, container).inside)
    after = adapt.insert(design, container, index, node, registry)
    inside = edits.find(after, container).inside
    return after, tuple(new.id for new in inside[index : index + len(inside) - before])


def _end_of_design(root: Node, registry: Registry) -> Slot:
    while len(root.inside) == 1 and layout_of(root.inside[0], registry) == "stack":
        root = root.inside[0]
    return root.id, len(root.inside)


def _branches(node: Node, registry: Registry) -> bool:
    """Whether what it holds stands on a branch beside the stream."""
    return layout_of(node, registry) == "residual"
