"""What usually follows what, learned from designs. Qt-free."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from designer.design import edits
from designer.design.tree import Design, Node
from designer.symbolic.registry import Registry
from designer.ui.placing import Slot

Path = tuple[int, ...]


class Habits:
    """How often a block of each kind follows one of each category, over all designs that were shown to it."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._seen: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def learn(self, trees: Iterable[Node]) -> None:
        """Look at more designs."""
        for tree in trees:
            before = ""
            for _, leaf in leaves(tree):
                self._seen[before][leaf.kind] += 1
                before = self._category(leaf) or before

    def often(self, before: str, node: Node) -> int:
        """How often what a node begins with has followed a block of this category ("" for the beginning)."""
        return self._seen[before][lead(node, self._registry).kind]

    def before(self, design: Design, slot: Slot) -> Node | None:
        """The block that a slot comes right behind, norms and the like passed over; None at the beginning."""
        end = (*edits.path_to(design.tree, slot[0]), slot[1])
        found = [leaf for path, leaf in leaves(design.tree) if path < end and self._category(leaf)]
        return found[-1] if found else None

    def category_before(self, design: Design, slot: Slot) -> str:
        """The category of that block, "" at the beginning."""
        node = self.before(design, slot)
        return "" if node is None else self._category(node)

    def _category(self, leaf: Node) -> str:
        """The category of a block; "" for a norm, and for what would hold blocks."""
        made = self._registry.block(leaf.kind)
        return "" if made is None or made.gives_way or made.layout != "leaf" else made.category


def leaves(tree: Node, path: Path = ()) -> Iterator[tuple[Path, Node]]:
    """(path, node) of every block that holds no others, in the order of the stream."""
    if not tree.inside:
        yield path, tree
    for index, child in enumerate(tree.inside):
        yield from leaves(child, (*path, index))


def lead(node: Node, registry: Registry) -> Node:
    """What a part is there for: the first block in it that is no norm or the like."""
    inner = [leaf for _, leaf in leaves(node)]
    made = ((leaf, registry.block(leaf.kind)) for leaf in inner)
    return next((leaf for leaf, kind in made if kind is not None and not kind.gives_way), inner[0])
