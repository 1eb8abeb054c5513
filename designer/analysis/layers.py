"""What the layers of a Repeat differ in: lanes of kinds, a tile that repeats, the layers a block runs in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import lcm
from typing import Any

from designer.design import edits
from designer.design.expression import Expression
from designer.design.layouts import layout_of, patterns_in, pick_of, times_of, working
from designer.design.pattern_words import names_of_blocks, words_of_field
from designer.design.tree import Node, Pattern, Run, Setting
from designer.symbolic.frozen import frozen
from designer.symbolic.operation import NUMBERED
from designer.symbolic.registry import Registry

MOST = 2048
"""Layers that are told apart one by one."""
WORKING = ("attention", "feed_forward")
"""Categories that have a lane of their own; every other block is told with the first."""

Numbers = Mapping[str, Any]
Word = tuple[str, str]
"""(what differs, empty for the block itself; what it is there)."""


@frozen
class Kind:
    """What a layer is in one respect: its words, and the category that colours it."""

    words: tuple[Word, ...]
    category: str


@frozen
class Lane:
    """One respect in which layers differ: blocks of a category, or whole layers ("").

    `order` has a kind for each layer.
    """

    category: str
    kinds: tuple[Kind, ...]
    order: tuple[int, ...]

    def layers(self, kind: int) -> list[int]:
        """The layers of a kind."""
        return [layer for layer, at in enumerate(self.order) if at == kind]


@frozen
class Layers:
    """The layers of a Repeat, `times` of them, in lanes.

    After `first` layers a tile of `tile` layers repeats; `exceptions` are set apart by name.
    """

    times: int
    lanes: tuple[Lane, ...]
    first: int
    tile: int
    exceptions: frozenset[int]

    @property
    def whole_tiles(self) -> int:
        """How many tiles stand there whole."""
        return max(0, self.times - self.first) // self.tile

    @property
    def cut(self) -> int:
        """How many layers are left of a last tile that is cut; 0 where none is."""
        return max(0, self.times - self.first) % self.tile

    @property
    def kinds(self) -> int:
        """How many different layers there are."""
        return len(set(zip(*(lane.order for lane in self.lanes), strict=True)))


def times(repeat: Node, numbers: Numbers, registry: Registry) -> int:
    """How often a Repeat runs, in numbers; 0 where that cannot be said."""
    return _whole(repeat.fields.get(times_of(repeat, registry)), numbers)


def layers(repeat: Node, numbers: Numbers, registry: Registry) -> Layers | None:
    """The layers of a Repeat that differ by pattern; None where all are alike or too many to tell apart."""
    patterns = list(patterns_in(repeat, registry))
    if not patterns:
        return None
    count = times(repeat, numbers, registry)
    if not 1 < count <= MOST:
        return None
    spread = _Spread(numbers, count, registry)
    rounds = [dict(spread.lanes(repeat.inside, layer)) for layer in range(count)]
    found = [_lane(category, rounds) for category in dict.fromkeys(c for known in rounds for c in known)]
    lanes = tuple(lane for lane in found if len(lane.kinds) > 1)
    if not lanes:
        return None
    sizes = [(_length(p.first, numbers), _length(p.cycle, numbers)) for _, _, p in patterns]
    first, tile = max(start for start, _ in sizes), lcm(*(max(size, 1) for _, size in sizes))
    exceptions = {layer for _, _, pattern in patterns for layer in pattern.but if layer < count}
    return Layers(count, lanes, first, tile, frozenset(exceptions))


def varying(tree: Node, numbers: Numbers, registry: Registry) -> Iterator[Node]:
    """The Repeats of a design whose layers differ."""
    blocks = {kind: registry.block(kind) for kind in tree.kinds}
    repeats = frozenset(kind for kind, block in blocks.items() if block and block.layout == "repeat")
    return (node for node in tree.of_kinds(repeats) if layers(node, numbers, registry) is not None)


def runs_everywhere(repeat: Node, id: int, registry: Registry) -> bool:
    """Whether nothing between a Repeat and a block inside tells one layer from another."""
    path = edits.path_to(repeat, id)
    between = [edits.at(repeat, path[:depth]) for depth in range(1, len(path) + 1)]
    apart = any(node.name == NUMBERED or layout_of(node, registry) == "repeat" for node in between)
    return not apart and not any(layout_of(node, registry) == "choose" for node in between[:-1])


def runs_in(repeat: Node, id: int, numbers: Numbers, registry: Registry) -> tuple[list[int], int]:
    """(the layers of an outermost Repeat that a block inside runs in, how many layers there are).

    Layers of nested Repeats are numbered through.
    """
    known: list[int] = []
    count = 0
    for ids in _rounds(repeat, numbers, registry):
        if id in ids:
            known.append(count)
        count += 1
        if count > MOST:
            break
    return known, count


def ranges(layers: Sequence[int]) -> list[tuple[int, int]]:
    """(first, last) of each run of neighbouring layers."""
    runs: list[tuple[int, int]] = []
    for layer in sorted(layers):
        if runs and runs[-1][1] == layer - 1:
            runs[-1] = runs[-1][0], layer
        else:
            runs.append((layer, layer))
    return runs


def _rounds(repeat: Node, numbers: Numbers, registry: Registry) -> Iterator[set[int]]:
    """The ids of what each layer runs, one layer after another, and of the Repeats around it."""
    spread = _Spread(numbers, min(times(repeat, numbers, registry), MOST), registry)
    for layer in range(spread.count):
        nested = [
            node for node in repeat.inside if node.name == NUMBERED or layout_of(node, registry) == "repeat"
        ]
        if not nested:
            yield {repeat.id}.union(*(spread.ids(node, layer) for node in repeat.inside))
        for node in nested:
            if node.name == NUMBERED:
                yield {repeat.id} | spread.ids(node, layer)
            else:
                yield from (ids | {repeat.id} for ids in _rounds(node, numbers, registry))


class _Spread:
    """Patterns spread out over so many layers."""

    def __init__(self, numbers: Numbers, count: int, registry: Registry) -> None:
        self.numbers, self.count, self.registry = numbers, count, registry
        self._known: dict[int, tuple[Pattern, list[Setting]]] = {}

    def value(self, setting: Setting, layer: int) -> Setting:
        """What a setting is in a layer."""
        if not isinstance(setting, Pattern):
            return setting
        known = self._known.get(id(setting))
        if known is None:
            known = self._known[id(setting)] = setting, _spread(setting, self.numbers, self.count)
        return known[1][layer]

    def ids(self, node: Node, layer: int) -> set[int]:
        """A block and all of it that a layer runs."""
        inside = node.inside
        if layout_of(node, self.registry) == "choose" and inside:
            inside = (inside[self._place(node, layer)],)
        return {node.id}.union(*(self.ids(child, layer) for child in inside))

    def _place(self, choose: Node, layer: int) -> int:
        """The place of what a layer picks; the first where that is no place."""
        pick = self.value(choose.fields.get(pick_of(choose, self.registry), 0), layer)
        return pick if isinstance(pick, int) and 0 <= pick < len(choose.inside) else 0

    def lanes(self, inside: Sequence[Node], layer: int) -> Iterator[tuple[str, Kind]]:
        """What a layer is, lane by lane."""
        found: dict[str, list[tuple[Word, str]]] = {}
        for node in inside:
            for lane, word, category in self._words(node, layer):
                found.setdefault(lane, []).append((word, category))
        for lane, said in found.items():
            yield lane, Kind(tuple(word for word, _ in said), said[0][1])

    def _words(self, node: Node, layer: int) -> Iterator[tuple[str, Word, str]]:
        """(the lane, the word, the category) of whatever may differ in a block."""
        registry = self.registry
        if layout_of(node, registry) == "choose" and node.inside:
            setting = node.fields.get(pick_of(node, registry), 0)
            at = self._place(node, layer)
            if isinstance(setting, Pattern):
                word = names_of_blocks(node.inside, registry)[at]
                yield self._lane(node), ("", word), _category(node.inside[at], registry)
            yield from self._words(node.inside[at], layer)
            return
        made = registry.block(node.kind)
        for name, setting in node.fields.items() if node.varies else ():
            if isinstance(setting, Pattern) and made is not None:
                field = made.fields()[name]
                value = self.value(setting, layer)
                if isinstance(value, Expression):
                    value = _whole(value, self.numbers) or value
                word = words_of_field(field, setting, registry).say(value)
                lane = made.category if made.category in WORKING else WORKING[0]
                yield lane, (field.label, word), made.category
        if node.varies and layout_of(node, registry) != "repeat":
            for child in node.inside:
                yield from self._words(child, layer)

    def _lane(self, choose: Node) -> str:
        """The lane of a Choose: that of what it chooses between; whole layers have one of their own."""
        held = [_categories(node, self.registry) for node in choose.inside]
        if any(len(categories) > 1 for categories in held):
            return ""
        category = held[0][0] if held[0] else ""
        return category if category in WORKING else WORKING[0]


def _lane(category: str, rounds: Sequence[Mapping[str, Kind]]) -> Lane:
    kinds: dict[Kind, int] = {}
    order = tuple(kinds.setdefault(known.get(category, Kind((), "")), len(kinds)) for known in rounds)
    return Lane(category, tuple(kinds), order)


def _category(node: Node, registry: Registry) -> str:
    return next(iter(_categories(node, registry)), "other")


def _categories(node: Node, registry: Registry) -> list[str]:
    """The categories of the working blocks in a node, each once."""
    return list(dict.fromkeys(block.category for _, block in working(node, registry)))


def _spread(pattern: Pattern, numbers: Numbers, count: int) -> list[Setting]:
    first, cycle = (_entries(part, numbers, count) for part in (pattern.first, pattern.cycle))
    cycle = cycle or first[-1:] or [None]
    values = (first + cycle * (count // len(cycle) + 1))[:count]
    for layer, value in pattern.but.items():
        if layer < count:
            values[layer] = value
    return values


def _entries(entries: Sequence[Setting | Run], numbers: Numbers, most: int) -> list[Setting]:
    values: list[Setting] = []
    for entry in entries:
        value, often = (entry.value, _whole(entry.times, numbers)) if isinstance(entry, Run) else (entry, 1)
        values.extend([value] * min(often, most - len(values) + 1))
    return values


def _length(entries: Sequence[Setting | Run], numbers: Numbers) -> int:
    return sum(_whole(entry.times, numbers) if isinstance(entry, Run) else 1 for entry in entries)


def _whole(setting: Setting, numbers: Numbers) -> int:
    if isinstance(setting, Expression):
        setting = setting.worth(numbers)
    return setting if isinstance(setting, int) and not isinstance(setting, bool) and setting > 0 else 0
