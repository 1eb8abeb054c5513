"""×12 of (×3 a, b) and one ×48 with a cycle of four are the same layers: one is turned into the other.

Layers of the nested form are named `{}`, which takes the next number of the named Repeat around, so counts,
costs and names are the same in both.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import lcm
from typing import NamedTuple, TypeAlias

from designer.design import edits
from designer.design.expression import Expression
from designer.design.layouts import is_bare, kind_of, layout_of, patterns_in, pick_of, picked, times_of
from designer.design.making import make
from designer.design.patterns import flat, value_at
from designer.design.tree import Design, Node, Pattern, Run, Setting
from designer.design.variables import Valued
from designer.symbolic.issue import Refusal, said
from designer.symbolic.operation import NUMBERED
from designer.symbolic.registry import Registry

LONGEST = 512
"""Layers that a tile may have to be folded or unfolded."""


Edit: TypeAlias = Callable[[Design, int, Registry], Design]


class Layers(NamedTuple):
    """Neighbouring layers of a tile that are alike, and how many they are."""

    node: Node
    times: int | Expression


def fold(design: Design, id: int, registry: Registry) -> Design:
    """A Repeat of numbered layers and of Repeats of such as one Repeat with a pattern; it keeps its id.

    Raises:
        Refusal: where the two would not have the same names or count.
    """
    repeat = edits.find(design, id)
    tile = _tile_of(repeat, registry)
    times = repeat.fields[times_of(repeat, registry)]
    if not isinstance(times, (int, Expression)):
        raise Refusal("", said("How often the tile runs differs by layer."))
    node = _combined([replace(part.node, name="") for part in tile], [part.times for part in tile], registry)
    whole = _times(times, [part.times for part in tile])
    inside = node.inside if is_bare(node, registry) else (node,)
    fields = {**repeat.fields, times_of(repeat, registry): whole}
    return edits.exchange(design, id, replace(repeat, fields=fields, inside=inside))


def unfold(design: Design, id: int, registry: Registry) -> Design:
    """A Repeat that follows a cycle as a Repeat of its tile, in which equal neighbours are a Repeat again.

    Raises:
        Refusal: where there is no such tile, or the layers are not whole tiles.
    """
    repeat = edits.find(design, id)
    _refuse_shared(repeat, registry)
    period = _period(repeat, registry)
    times = _tiles(design, repeat.fields[times_of(repeat, registry)], period)
    layers: list[Layers] = []
    for place in range(period):
        inside = tuple(_at(node, place, registry) for node in repeat.inside)
        layer = _layer(inside, registry)
        if layers and layers[-1].node == layer:
            layers[-1] = Layers(layers[-1].node, int(str(layers[-1].times)) + 1)
        else:
            layers.append(Layers(layer, 1))
    inner = tuple(_numbered(layer, repeat, registry) for layer in layers)
    fields = {**repeat.fields, times_of(repeat, registry): times}
    return edits.exchange(design, id, replace(repeat, fields=fields, inside=inner))


def can_fold(design: Design, id: int, registry: Registry) -> bool:
    """Whether `fold` has something to do."""
    node = edits.find(design, id)
    nested = any(layout_of(child, registry) == "repeat" for child in node.inside)
    return layout_of(node, registry) == "repeat" and nested and _does(fold, design, id, registry)


def can_unfold(design: Design, id: int, registry: Registry) -> bool:
    """Whether `unfold` has something to do."""
    node = edits.find(design, id)
    return layout_of(node, registry) == "repeat" and _does(unfold, design, id, registry)


def _does(edit: Edit, design: Design, id: int, registry: Registry) -> bool:
    try:
        edit(design, id, registry)
    except Refusal:
        return False
    return True


# --- from a tile to a pattern -------------------------------------------------------------------------


def _tile_of(repeat: Node, registry: Registry) -> list[Layers]:
    """What one round of a Repeat runs, layer by layer."""
    _refuse_shared(repeat, registry)
    if not repeat.name:
        raise Refusal("", said("The Repeat has no name, so its layers take their numbers elsewhere."))
    tile = [part for child in repeat.inside for part in _parts(child, registry)]
    if not tile:
        raise Refusal("", said("The Repeat holds no layers."))
    return tile


def _parts(node: Node, registry: Registry) -> list[Layers]:
    if layout_of(node, registry) != "repeat" or node.name == NUMBERED:
        if node.name != NUMBERED:
            raise Refusal("", said("Its layers are not numbered through, so folding would rename them."))
        if _varies(node, registry):
            raise Refusal("", said("What is inside follows a pattern of its own already."))
        return [Layers(node, 1)]
    _refuse_shared(node, registry)
    times = node.fields[times_of(node, registry)]
    if node.name or not isinstance(times, (int, Expression)):
        raise Refusal("", said("Its layers are not numbered through, so folding would rename them."))
    inner = [part for child in node.inside for part in _parts(child, registry)]
    if len(inner) == 1:
        return [Layers(inner[0].node, _product(times, inner[0].times))]
    if not isinstance(times, int) or times * len(inner) > LONGEST:
        raise Refusal("", said("A tile within the tile is repeated as often as a variable says."))
    return inner * times


def _combined(nodes: Sequence[Node], runs: Sequence[int | Expression], registry: Registry) -> Node:
    """One node that is each of these in its layers: what they share once, and what differs by pattern."""
    first = nodes[0]
    if all(node == first for node in nodes):
        return first
    if not all(_alike(node, first) for node in nodes):
        return _choice(nodes, runs, registry)
    fields = {name: _pattern([node.fields.get(name) for node in nodes], runs) for name in first.fields}
    inside = [
        _combined([node.inside[place] for node in nodes], runs, registry)
        for place in range(len(first.inside))
    ]
    return replace(first, fields=fields, inside=tuple(inside)).fresh()


def _alike(node: Node, other: Node) -> bool:
    """Whether two blocks differ in values alone."""
    return (
        node.kind == other.kind
        and len(node.inside) == len(other.inside)
        and (node.name, node.names, node.shares, node.label, node.extra)
        == (other.name, other.names, other.shares, other.label, other.extra)
        and list(node.fields) == list(other.fields)
    )


def _choice(nodes: Sequence[Node], runs: Sequence[int | Expression], registry: Registry) -> Node:
    different: list[Node] = []
    for node in nodes:
        if node not in different:
            different.append(node)
    pick = _pattern([different.index(node) for node in nodes], runs)
    choose = make(registry, kind_of("choose", registry), *(node.fresh() for node in different))
    return choose.configured(**{pick_of(choose, registry): pick})


def _pattern(values: Sequence[Setting], runs: Sequence[int | Expression]) -> Setting:
    if all(type(value) is type(values[0]) and value == values[0] for value in values):
        return values[0]
    entries: list[Setting | Run] = []
    for value, times in zip(values, runs, strict=True):
        last = entries[-1] if entries else None
        last_times = last.times if isinstance(last, Run) else 1
        same = entries and (last.value if isinstance(last, Run) else last) == value
        if same and isinstance(times, int) and isinstance(last_times, int):
            entries[-1] = Run(value, last_times + times)
        else:
            entries.append(value if times == 1 else Run(value, times))
    return Pattern((), tuple(entries))


# --- from a pattern to a tile -------------------------------------------------------------------------


def _period(repeat: Node, registry: Registry) -> int:
    """The layers after which everything inside a Repeat is as it was."""
    cycles: list[int] = []
    for _, _, pattern in patterns_in(repeat, registry):
        parts = flat(pattern)
        if parts is None or parts[0] or pattern.but:
            raise Refusal(
                "", said("Some layers stand outside of the cycle, so there is no tile of all layers.")
            )
        cycles.append(len(parts[1]))
    period = lcm(*cycles) if cycles else 1
    if not 1 < period <= LONGEST:
        raise Refusal("", said("The layers follow no cycle."))
    return period


def _at(node: Node, place: int, registry: Registry) -> Node:
    """A block as it is in one place of the tile."""
    fields = {name: value_at(setting, place) for name, setting in node.fields.items()}
    if layout_of(node, registry) == "choose" and not node.name and not node.names and not node.label:
        child = picked(node, fields[pick_of(node, registry)])
        if child is None:
            raise Refusal("", said("The pattern picks a block that is not there."))
        return _at(child, place, registry)
    if layout_of(node, registry) == "repeat":
        return replace(node, fields=fields)
    return replace(node, fields=fields, inside=tuple(_at(child, place, registry) for child in node.inside))


def _layer(inside: tuple[Node, ...], registry: Registry) -> Node:
    """What one layer holds, as one block that takes a number."""
    if len(inside) == 1 and not inside[0].name and not inside[0].shares:
        return replace(inside[0], name=NUMBERED)
    stack = kind_of("stack", registry)
    return Node(stack, inside=inside, name=NUMBERED)


def _numbered(layers: Layers, repeat: Node, registry: Registry) -> Node:
    if layers.times == 1:
        return layers.node.fresh()
    times = times_of(repeat, registry)
    inner = replace(repeat, inside=(layers.node,), name="", label="", shares="", extra={})
    return replace(inner, fields={**repeat.fields, times: layers.times}).fresh()


# --- how often ----------------------------------------------------------------------------------------


def _times(times: int | Expression, runs: Sequence[int | Expression]) -> int | Expression:
    """The layers of a tile that runs so often."""
    plain = sum(run for run in runs if isinstance(run, int))
    named = [run.text for run in runs if isinstance(run, Expression)]
    tile: int | Expression = plain
    if named:
        tile = Expression(" + ".join([*named, *([str(plain)] if plain else [])]))
    if isinstance(times, Expression) and isinstance(tile, int):
        whole = times.text.removesuffix(f" / {tile}")
        if whole != times.text:
            return Expression(_freed(whole))
    return _product(times, tile)


def _product(times: int | Expression, more: int | Expression) -> int | Expression:
    if isinstance(times, int) and isinstance(more, int):
        return times * more
    if times == 1 or more == 1:
        return more if times == 1 else times
    return Expression(f"{_bracketed(times)} * {_bracketed(more)}")


def _tiles(design: Design, times: Setting, period: int) -> int | Expression:
    """How many tiles so many layers are."""
    if not isinstance(times, (int, Expression)):
        raise Refusal("", said("How many layers there are differs by layer."))
    layers = times if isinstance(times, int) else times.evaluate(Valued(design.variables).numbers)
    if layers % period:
        raise Refusal(
            "", said("{layers} layers are no whole tiles of {period}.", layers=layers, period=period)
        )
    if isinstance(times, int):
        return times // period
    tiles = times.text.removesuffix(f" * {period}")
    if tiles != times.text:
        return int(tiles) if tiles.isdecimal() else Expression(_freed(tiles))
    return Expression(f"{_bracketed(times)} / {period}")


def _bracketed(number: int | Expression) -> str:
    if isinstance(number, int) or number.is_plain:
        return str(number if isinstance(number, int) else number.text)
    return f"({number.text})"


def _freed(text: str) -> str:
    """A text without the brackets around all of it."""
    inner = text[1:-1]
    return (
        inner
        if text.startswith("(") and text.endswith(")") and "(" not in inner and ")" not in inner
        else text
    )


def _refuse_shared(repeat: Node, registry: Registry) -> None:
    """One set of weights has no numbers to give."""
    made = registry.block(repeat.kind)
    fields = made.fields().items() if made is not None else ()
    if any(repeat.fields.get(name, False) is not False for name, field in fields if field.kind == "flag"):
        raise Refusal("", said("Its layers share one set of weights."))


def _varies(node: Node, registry: Registry) -> bool:
    own = any(isinstance(setting, Pattern) for setting in node.fields.values())
    return own or any(patterns_in(node, registry))
