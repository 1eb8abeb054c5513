"""What a dropped block starts with: fields of what stands nearby, else of the design, else its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from designer.design import edits
from designer.design.expression import Expression
from designer.design.making import as_setting
from designer.design.tree import Design, Node, Number, Setting
from designer.symbolic.field import Field
from designer.symbolic.registry import Registry


def adapt(design: Design, container: int, index: int, node: Node, registry: Registry) -> tuple[Design, Node]:
    """(the design with the variables the node needs, the node as it would stand at this place).

    What the node says itself, other than its kind's defaults, stays. The rest of each block in it comes from
    the nearest block of its kind; else, field by field, from any block that has a field under the same
    configuration key; else from the variable of that key, which is added where there is none.
    """
    nearby = list(_nearest_first(design.tree, edits.path_to(design.tree, container), index))
    variables: dict[str, Number | Expression] = dict(design.variables)
    adapted = _adapted(node, nearby, variables, registry)
    return replace(design, variables=variables), adapted


def insert(design: Design, container: int, index: int, node: Node, registry: Registry) -> Design:
    """Put a node into a container as `adapt` makes it."""
    design, adapted = adapt(design, container, index, node, registry)
    return edits.insert(design, container, index, adapted)


def _adapted(
    node: Node, nearby: list[Node], variables: dict[str, Number | Expression], registry: Registry
) -> Node:
    inside = tuple(_adapted(child, nearby, variables, registry) for child in node.inside)
    made = registry.block(node.kind)
    if made is None:
        return replace(node, inside=inside)
    own = {name for name, f in made.fields().items() if node.fields.get(name) != as_setting(f.default)}
    alike = next((other for other in nearby if other.kind == node.kind), None)
    fields: dict[str, Setting] = {}
    for name, field in made.fields().items():
        if name in own or node.inside:
            fields[name] = node.fields.get(name, as_setting(field.default))
        elif alike is not None and name in alike.fields:
            fields[name] = alike.fields[name]
        else:
            fields[name] = _by_key(field, nearby, variables, registry)
    if alike is not None and not node.names and not node.inside:
        name = alike.name or node.name
        return replace(node, fields=fields, inside=inside, name=name, names=alike.names)
    return replace(node, fields=fields, inside=inside)


def _by_key(
    field: Field, nearby: list[Node], variables: dict[str, Number | Expression], registry: Registry
) -> Setting:
    default = as_setting(field.default)
    if field.kind != "count" or not field.key or default is None:
        return default
    for node in nearby:
        made = registry.block(node.kind)
        for name, other in made.fields().items() if made is not None else ():
            if other.key == field.key and isinstance(node.fields.get(name), Expression):
                return node.fields[name]
    assert isinstance(default, int)
    variables.setdefault(field.key, default)
    return Expression(field.key)


def _nearest_first(root: Node, path: edits.Path, index: int) -> Iterator[Node]:
    """Blocks of the container first, nearest to the place, then those of each container around it."""
    seen: set[int] = set()
    for depth in range(len(path), -1, -1):
        container = edits.at(root, path[:depth])
        here = index if depth == len(path) else path[depth]
        children = sorted(enumerate(container.inside), key=lambda pair: abs(pair[0] + 0.5 - here))
        for _, child in children:
            for node in child.walk():
                if node.id not in seen:
                    seen.add(node.id)
                    yield node
