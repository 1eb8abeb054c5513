"""How blocks are drawn, and what they stand in: all that edits know of a container."""

from __future__ import annotations

from collections.abc import Iterator

from designer.design import edits
from designer.design.tree import Design, Node, Pattern, Setting
from designer.symbolic.block import Block, Layout
from designer.symbolic.registry import Registry


def layout_of(node: Node, registry: Registry) -> Layout:
    """How a node is drawn; a kind that nobody knows is a leaf."""
    made = registry.block(node.kind)
    return "leaf" if made is None else made.layout


def kind_of(layout: Layout, registry: Registry) -> str:
    """The first kind of block that is drawn in this way."""
    return next(kind for kind in registry if (made := registry.block(kind)) and made.layout == layout)


def pick_of(node: Node, registry: Registry) -> str:
    """The field by which a Choose picks: its structural count."""
    made = registry.block(node.kind)
    fields = made.fields().items() if made is not None else ()
    return next(name for name, field in fields if field.structural)


def times_of(node: Node, registry: Registry) -> str:
    """The field that says how often a Repeat runs: its first count."""
    made = registry.block(node.kind)
    fields = made.fields().items() if made is not None else ()
    return next(name for name, field in fields if field.kind == "count")


def picked(choose: Node, pick: Setting) -> Node | None:
    """The block that a Choose runs for what it picks; None where that is no place in it."""
    if not isinstance(pick, int) or not 0 <= pick < len(choose.inside):
        return None
    return choose.inside[pick]


def is_bare(node: Node, registry: Registry) -> bool:
    """Whether a stack says nothing of its own, so that what it holds can stand in its place."""
    said_something = node.name or node.label or node.names or node.shares or node.extra or node.fields
    return layout_of(node, registry) == "stack" and bool(node.inside) and not said_something


def working(node: Node, registry: Registry) -> Iterator[tuple[Node, type[Block]]]:
    """The blocks in a node that a layer is about: those that hold no others, norms aside."""
    for leaf in node.walk():
        made = registry.block(leaf.kind)
        if made is not None and made.layout == "leaf" and made.category != "normalization":
            yield leaf, made


def repeat_around(design: Design, id: int, registry: Registry) -> Node | None:
    """The nearest Repeat that a block stands in; None where it stands in none."""
    path = edits.path_to(design.tree, id)
    for depth in range(len(path) - 1, -1, -1):
        node = edits.at(design.tree, path[:depth])
        if layout_of(node, registry) == "repeat":
            return node
    return None


def outermost_repeat(design: Design, id: int, registry: Registry) -> Node | None:
    """The outermost Repeat that a block stands in or is."""
    path = edits.path_to(design.tree, id)
    for depth in range(len(path) + 1):
        node = edits.at(design.tree, path[:depth])
        if layout_of(node, registry) == "repeat":
            return node
    return None


def choose_around(design: Design, id: int, registry: Registry) -> Node | None:
    """The Choose that a block is an alternative of; None where it is none."""
    path = edits.path_to(design.tree, id)
    holder = edits.at(design.tree, path[:-1]) if path else None
    return holder if holder is not None and layout_of(holder, registry) == "choose" else None


def patterns_in(repeat: Node, registry: Registry) -> Iterator[tuple[Node, str, Pattern]]:
    """Every field inside a Repeat that follows its layers, not those of a Repeat inside: (the block, the
    field, its pattern)."""
    for child in repeat.inside:
        if not child.varies:
            continue
        for name, setting in child.fields.items():
            if isinstance(setting, Pattern):
                yield child, name, setting
        if layout_of(child, registry) != "repeat":
            yield from patterns_in(child, registry)
