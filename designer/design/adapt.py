"""What a dropped block starts with: fields of what stands nearby, else of the design, else its own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from designer.design import edits
from designer.design.expression import Expression
from designer.design.layouts import outermost_repeat
from designer.design.making import as_setting
from designer.design.tree import Design, Node, Number, Setting
from designer.symbolic.block import Block
from designer.symbolic.field import Field
from designer.symbolic.registry import Registry


def adapt(design: Design, container: int, index: int, node: Node, registry: Registry) -> tuple[Design, Node]:
    """(the design with the variables the node needs, the node as it would stand at this place).

    What the node says itself, other than its kind's defaults, stays; a count that is an expression with a
    last value is only suggested. The rest of each block in it comes from the nearest block of its kind; else,
    field by field, from any block that has a field under the same configuration key; else from the variable
    of that key, which is added where there is none. Inside the node a block that gives way becomes what
    stands nearby in its category.
    """
    adapting = _Adapting(design, container, index, registry)
    adapted = adapting.node(node, whole=True)
    return replace(design, variables=adapting.variables), adapted


def insert(design: Design, container: int, index: int, node: Node, registry: Registry) -> Design:
    """Put a node into a container as `adapt` makes it; of wrapping that says nothing there, what it holds."""
    adapting = _Adapting(design, container, index, registry)
    adapted = [adapting.node(n, whole=n is node) for n in pieces(design, container, node, registry)]
    design = replace(design, variables=adapting.variables)
    return edits.paste(design, container, index, adapted)


def pieces(design: Design, container: int, node: Node, registry: Registry) -> Sequence[Node]:
    """What of a node comes to stand in a container: the node, or the blocks that it merely holds together.

    A stack without any name stands for the blocks in it. So does a repeat whose depth is only suggested,
    within layers that are repeated already.
    """
    made = registry.block(node.kind)
    if made is None or not node.inside:
        return (node,)
    if made.layout == "stack" and not (node.name or node.label):
        return node.inside
    suggested = any(map(_is_suggested, node.fields.values()))
    if made.layout == "repeat" and suggested and outermost_repeat(design, container, registry) is not None:
        return node.inside
    return (node,)


class _Adapting:
    """One node on its way into a design: what stands nearby, and the variables as they become."""

    def __init__(self, design: Design, container: int, index: int, registry: Registry) -> None:
        self.tree, self.path, self.index = design.tree, edits.path_to(design.tree, container), index
        self.variables: dict[str, Number | Expression] = dict(design.variables)
        self.registry = registry

    def nearby(self, kinds: Collection[str]) -> Iterator[Node]:
        """The blocks of these kinds, nearest first."""
        there = self.tree.kinds.intersection(kinds)
        if there:
            near = _nearest_first(
                self.tree, self.path, self.index, lambda node: not there.isdisjoint(node.kinds)
            )
            yield from (node for node in near if node.kind in there)

    def node(self, node: Node, whole: bool) -> Node:
        """A node as it would stand there; `whole` if it is not part of another."""
        made = self.registry.block(node.kind)
        if made is not None and made.gives_way and not whole:
            node, made = self._like_the_rest(node, made)
        alike = next(self.nearby((node.kind,)), None)
        fields = node.fields if made is None else self._fields(node, made, alike)
        adapted = replace(node, fields=fields, inside=tuple(self.node(n, False) for n in node.inside))
        if made is None or node.inside:
            return adapted
        if alike is not None and not node.names:
            adapted = replace(adapted, name=alike.name or node.name, names=alike.names)
        return adapted if adapted.name or made.layout != "leaf" else replace(adapted, name=node.kind)

    def _like_the_rest(self, node: Node, made: type[Block]) -> tuple[Node, type[Block]]:
        """The node as the kind of its category that stands nearest, under its own name."""
        known = {kind: block for kind in self.tree.kinds if (block := self.registry.block(kind)) is not None}
        alike = [kind for kind, b in known.items() if b.gives_way and b.category == made.category]
        other = next(self.nearby(alike), None)
        if other is None or other.kind == node.kind:
            return node, made
        names = other.names or node.names
        return replace(node, kind=other.kind, fields=other.fields, names=names), known[other.kind]

    def _fields(self, node: Node, made: type[Block], alike: Node | None) -> Mapping[str, Setting]:
        fields: dict[str, Setting] = {}
        for name, field in made.fields().items():
            default = as_setting(field.default)
            setting = node.fields.get(name, default)
            suggested = _is_suggested(setting)
            if not suggested and (setting != default or node.inside):
                fields[name] = setting
            elif alike is not None and name in alike.fields:
                fields[name] = alike.fields[name]
            else:
                fields[name] = self._by_key(field, setting)
        return fields

    def _by_key(self, field: Field, setting: Setting) -> Setting:
        """A count as others with its configuration key have it, else as the variable of that key."""
        if field.kind != "count" or not field.key or setting is None:
            return setting.last if isinstance(setting, Expression) and _is_suggested(setting) else setting
        keyed = {kind: names for kind in self.tree.kinds if (names := self._keyed(kind, field.key))}
        for node in self.nearby(keyed) if self.tree.used else ():
            for name in keyed[node.kind]:
                if isinstance(node.fields.get(name), Expression):
                    return node.fields[name]
        if field.key not in self.variables:
            self.variables[field.key] = self._starting(field.key, setting)
        return Expression(field.key)

    def _keyed(self, kind: str, key: str) -> list[str]:
        """The fields of a kind that go by a configuration key."""
        made = self.registry.block(kind)
        return [name for name, field in made.fields().items() if field.key == key] if made is not None else []

    def _starting(self, key: str, setting: Setting) -> Number | Expression:
        """What a new variable holds: the suggested expression if all it names is there, else a number."""
        if isinstance(setting, Expression):
            if setting.names and setting.names <= self.variables.keys():
                return Expression(setting.text)
            assert setting.last is not None, f"{key} is neither suggested nor a number"
            return setting.last
        assert isinstance(setting, int), f"{key} is no count"
        return setting


def _is_suggested(setting: Setting) -> bool:
    return isinstance(setting, Expression) and setting.last is not None


def _nearest_first(
    root: Node, path: edits.Path, index: int, wanted: Callable[[Node], bool]
) -> Iterator[Node]:
    """Blocks of the container first, nearest to the place, then those of each container around it, which are
    told before what they hold. Only those are looked into that are `wanted` for something in them."""
    for depth in range(len(path), -1, -1):
        container = edits.at(root, path[:depth])
        here = index if depth == len(path) else path[depth]
        for at in _outwards(here, len(container.inside)):
            child = container.inside[at]
            if depth < len(path) and at == here:
                yield child  # what it holds has been told
            elif wanted(child):
                yield from _walk(child, wanted)


def _outwards(here: int, length: int) -> Iterator[int]:
    """The indices on both sides of a gap, nearest first."""
    for step in range(max(here, length - here)):
        if here - 1 - step >= 0:
            yield here - 1 - step
        if here + step < length:
            yield here + step


def _walk(node: Node, wanted: Callable[[Node], bool]) -> Iterator[Node]:
    yield node
    for child in node.inside:
        if wanted(child):
            yield from _walk(child, wanted)
