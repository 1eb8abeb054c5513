"""Edits: pure functions, a design in, a design out, sharing every untouched node."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from designer.design.expression import Expression, why_not_a_name
from designer.design.names import settled
from designer.design.notation import rename
from designer.design.scenario import Scenario
from designer.design.tree import Design, Group, Node, Number, Pattern, Run, Setting
from designer.symbolic.issue import Refusal, said

Path = tuple[int, ...]


def path_to(root: Node, id: int) -> Path:
    """The indices that lead from the root to a node.

    Raises:
        Refusal: where no node has this id.
    """
    found = _path(root, id)
    if found is None:
        raise Refusal("", said("The block is no longer part of the design."))
    return found


def has(root: Node, id: int) -> bool:
    """Whether a node with this id stands in a tree."""
    return _path(root, id) is not None


def at(root: Node, path: Path) -> Node:
    """The node at a path."""
    for index in path:
        root = root.inside[index]
    return root


def find(design: Design, id: int) -> Node:
    """The node with this id."""
    return at(design.tree, path_to(design.tree, id))


def changed(root: Node, path: Path, change: Callable[[Node], Node]) -> Node:
    """The tree with the node at `path` changed; only the nodes on the way are made anew."""
    if not path:
        return change(root)
    index, *rest = path
    inside = list(root.inside)
    inside[index] = changed(inside[index], tuple(rest), change)
    return replace(root, inside=tuple(inside))


def insert(design: Design, container: int, index: int, node: Node) -> Design:
    """Put a copy of a node, with ids of its own and names that are free there, into a container."""
    return paste(design, container, index, (node,))


def remove(design: Design, ids: Collection[int]) -> Design:
    """Take nodes out; the stack heals. The root cannot be removed."""
    if design.tree.id in ids:
        raise Refusal(design.name, said("The whole design cannot be removed."))
    for id in ids:
        path_to(design.tree, id)
    return replace(design, tree=_without(design.tree, frozenset(ids)))


def move(design: Design, ids: Sequence[int], container: int, index: int) -> Design:
    """Put nodes, in the order of the tree, at a place in a container; they keep their ids.

    Raises:
        Refusal: where a block would be put into itself.
    """
    target = path_to(design.tree, container)
    paths = sorted({path_to(design.tree, id) for id in ids})
    paths = [p for p in paths if not any(q != p and p[: len(q)] == q for q in paths)]
    if any(target[: len(path)] == path for path in paths):
        raise Refusal("", said("A block cannot be put into itself."))
    if _in_a_row(paths, target) and paths[0][-1] <= index <= paths[-1][-1] + 1:
        return design  # they stand there
    moved = [at(design.tree, path) for path in paths]
    before = sum(1 for path in paths if path[:-1] == target and path[-1] < index)
    room = _room(design.tree, target)
    strangers = [at(design.tree, path) for path in paths if _room(design.tree, path[:-1]) != room]
    tree = _without(design.tree, frozenset(node.id for node in moved))
    path = path_to(tree, container)
    return replace(design, tree=_put(tree, path, index - before, moved, strangers))


def exchange(design: Design, id: int, node: Node) -> Design:
    """Put another node where a block stands, names and all as they are."""
    return _at_id(design, id, lambda _: node)


def configure(design: Design, ids: Collection[int], settings: Mapping[str, Setting]) -> Design:
    """Set fields of nodes."""
    for id in ids:
        design = _at_id(design, id, lambda node: node.configured(**settings))
    return design


def relabel(design: Design, id: int, label: str) -> Design:
    """Give a node a name for people; tensors keep theirs."""
    return _at_id(design, id, lambda node: replace(node, label=label))


def wrap(design: Design, ids: Sequence[int], container: Node) -> Design:
    """Put neighbours into a new container where the first of them stood.

    Raises:
        Refusal: where they do not stand side by side.
    """
    paths = sorted({path_to(design.tree, id) for id in ids})
    if not paths or not paths[0]:
        raise Refusal("", said("Nothing that can be wrapped is selected."))
    parent, start = paths[0][:-1], paths[0][-1]
    if not _in_a_row(paths, parent):
        raise Refusal("", said("Only blocks that stand side by side can be wrapped together."))

    def enclose(into: Node) -> Node:
        enclosed = replace(outer, inside=into.inside[start : start + len(paths)])
        return replace(into, inside=(*into.inside[:start], enclosed, *into.inside[start + len(paths) :]))

    outer = replace(container, inside=()).fresh()
    tree = changed(design.tree, parent, enclose)
    return replace(design, tree=_settled(tree, parent, (outer,)))


def unwrap(design: Design, id: int) -> Design:
    """Replace a container by what it holds."""
    path = path_to(design.tree, id)
    if not path:
        raise Refusal(design.name, said("The whole design cannot be unwrapped."))
    if not at(design.tree, path).inside:
        raise Refusal("", said("The block holds nothing that could take its place."))

    def open_up(into: Node) -> Node:
        index = path[-1]
        return replace(into, inside=(*into.inside[:index], *freed, *into.inside[index + 1 :]))

    freed = at(design.tree, path).inside
    tree = changed(design.tree, path[:-1], open_up)
    strangers = freed if at(design.tree, path).name else ()
    return replace(design, tree=_settled(tree, path[:-1], strangers))


def duplicate(design: Design, ids: Sequence[int]) -> Design:
    """Put a copy of each node right after it."""
    for id in ids:
        path = path_to(design.tree, id)
        if not path:
            raise Refusal(design.name, said("The whole design cannot be duplicated inside itself."))
        parent = at(design.tree, path[:-1])
        design = insert(design, parent.id, path[-1] + 1, parent.inside[path[-1]])
    return design


def paste(design: Design, container: int, index: int, nodes: Sequence[Node]) -> Design:
    """Put copies of nodes into a container."""
    path = path_to(design.tree, container)
    fresh = [node.fresh() for node in nodes]
    return replace(design, tree=_put(design.tree, path, index, fresh, fresh))


def set_variable(design: Design, name: str, number: Number | Expression) -> Design:
    """Give a variable a number or an expression; a new one comes last."""
    return replace(design, variables={**design.variables, name: number})


def remove_variable(design: Design, name: str) -> Design:
    """Take a variable away.

    Raises:
        Refusal: where a block or another variable depends on it.
    """
    others = (*design.variables.values(), design.positions)
    if name in design.tree.used or any(isinstance(v, Expression) and name in v.names for v in others):
        raise Refusal(name, said("It is still used, so it cannot be removed."))
    return replace(design, variables={n: v for n, v in design.variables.items() if n != name})


def rename_variable(design: Design, old: str, new: str) -> Design:
    """Give a variable another name, in every expression too.

    Raises:
        Refusal: where the name is taken or not a name.
    """
    if old not in design.variables:
        raise Refusal(old, said("There is no such variable."))
    if new in design.variables:
        raise Refusal(new, said("The name is taken."))
    if (cause := why_not_a_name(new)) is not None:
        raise Refusal(new, cause)

    def spelled(setting: Setting | Run) -> Setting | Run:
        return _renamed(setting, old, new)

    variables = {new if n == old else n: _renamed(v, old, new) for n, v in design.variables.items()}
    positions = _renamed(design.positions, old, new)
    tree = _everywhere(design.tree, old, spelled)
    return replace(design, variables=variables, positions=positions, tree=tree)  # pyright: ignore[reportArgumentType]


def set_scenario(design: Design, scenario: Scenario) -> Design:
    """Ask costs under another scenario."""
    return replace(design, scenario=scenario)


def describe(design: Design, name: str, notes: str) -> Design:
    """Name the design and say what it is for."""
    return replace(design, name=name, notes=notes)


def _put(tree: Node, path: Path, index: int, nodes: Sequence[Node], strangers: Sequence[Node]) -> Node:
    def put(into: Node) -> Node:
        return replace(into, inside=(*into.inside[:index], *nodes, *into.inside[index:]))

    return _settled(changed(tree, path, put), path, strangers)


def _settled(tree: Node, path: Path, strangers: Sequence[Node]) -> Node:
    """The tree with names that are free where strangers came to stand."""
    newcomers = {node.id for stranger in strangers for node in stranger.walk()}
    return changed(tree, _room(tree, path), lambda room: settled(room, newcomers))


def _room(tree: Node, path: Path) -> Path:
    """The way to the nearest named container on the path: names must differ within it."""
    return next((path[:n] for n in range(len(path), 0, -1) if at(tree, path[:n]).name), ())


def _in_a_row(paths: Sequence[Path], parent: Path) -> bool:
    """Whether these are the ways to neighbours in one container."""
    return bool(paths) and list(paths) == [(*parent, paths[0][-1] + i) for i in range(len(paths))]


def _path(node: Node, id: int) -> Path | None:
    if node.id == id:
        return ()
    for index, child in enumerate(node.inside):
        least, most = child.span
        if least <= id <= most and (below := _path(child, id)) is not None:
            return (index, *below)
    return None


def _at_id(design: Design, id: int, change: Callable[[Node], Node]) -> Design:
    return replace(design, tree=changed(design.tree, path_to(design.tree, id), change))


def _without(node: Node, ids: frozenset[int]) -> Node:
    kept = tuple(_without(child, ids) for child in node.inside if child.id not in ids)
    same = len(kept) == len(node.inside) and all(a is b for a, b in zip(kept, node.inside, strict=True))
    return node if same else replace(node, inside=kept)


def _everywhere(node: Node, name: str, spelled: Callable[[Setting | Run], Setting | Run]) -> Node:
    if name not in node.used:
        return node
    fields: Mapping[str, Setting] = {n: spelled(s) for n, s in node.fields.items()}  # pyright: ignore[reportAssignmentType]
    return replace(node, fields=fields, inside=tuple(_everywhere(n, name, spelled) for n in node.inside))


def _renamed(setting: Setting | Run, old: str, new: str) -> Setting | Run:
    if isinstance(setting, Expression):
        return replace(setting, text=rename(setting.text, old, new))
    if isinstance(setting, Run):
        return Run(_renamed(setting.value, old, new), _renamed(setting.times, old, new))  # pyright: ignore[reportArgumentType]
    if isinstance(setting, Pattern):
        first, cycle = (tuple(_renamed(e, old, new) for e in part) for part in (setting.first, setting.cycle))
        return Pattern(first, cycle, {i: _renamed(e, old, new) for i, e in setting.but.items()})  # pyright: ignore[reportArgumentType]
    if isinstance(setting, Group):
        return replace(setting, fields={n: _renamed(s, old, new) for n, s in setting.fields.items()})  # pyright: ignore[reportArgumentType]
    if isinstance(setting, Node):
        return _everywhere(setting, old, lambda inner: _renamed(inner, old, new))
    return setting
