"""Where an inserted block goes, and what the design is then. Qt-free; the palette and the canvas ask here."""

from __future__ import annotations

from collections.abc import Sequence

from designer.design import adapt, edits
from designer.design.tree import Design, Node
from designer.symbolic.block import Layout
from designer.symbolic.registry import Registry

Slot = tuple[int, int]
"""A container's id, and the index of the gap in it."""


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


def placed(
    design: Design, container: int, index: int, node: Node, registry: Registry
) -> tuple[Design, tuple[int, ...]]:
    """(the design with the node in a gap, its fields taken from what stands near; the ids of what is new)."""
    before = len(edits.find(design, container).inside)
    after = adapt.insert(design, container, index, node, registry)
    inside = edits.find(after, container).inside
    return after, tuple(new.id for new in inside[index : index + len(inside) - before])


def layout_of(node: Node, registry: Registry) -> Layout:
    """How a node is drawn; a kind that nobody knows is a leaf."""
    made = registry.get(node.kind)
    return "leaf" if made is None else made.layout


def _end_of_design(root: Node, registry: Registry) -> Slot:
    while len(root.inside) == 1 and layout_of(root.inside[0], registry) == "stack":
        root = root.inside[0]
    return root.id, len(root.inside)
