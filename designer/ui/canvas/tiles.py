"""The pattern that the layers of a Repeat follow, as its row on the canvas says it. Qt-free."""

from __future__ import annotations

from typing import NamedTuple

from designer.analysis.layers import Layers, layers
from designer.analysis.measured import Measured
from designer.design.alternatives import text_of
from designer.design.layouts import layout_of, patterns_in
from designer.design.tree import Node
from designer.symbolic.registry import Registry
from designer.ui.layers.words import kind_name

MOST = 24
"""A tile of more layers has no cells here: the strip above the canvas shows it."""


class Cell(NamedTuple):
    """One layer of the tile: its name, the category that colours it, and which kind of it this is."""

    name: str
    category: str
    kind: int


class Tile(NamedTuple):
    """The text of a pattern, whose it is, what it comes to layer by layer, and how often that fits."""

    id: int
    field: str
    text: str
    cells: tuple[Cell, ...] = ()
    times: int = 0


def tile(measured: Measured, repeat: Node, registry: Registry) -> Tile | None:
    """The pattern of a Repeat that says the most: which block runs, else the one in the fewest letters; None
    where it has none."""
    found = [
        (layout_of(node, registry) != "choose", len(text), text, node.id, name)
        for node, name, _ in patterns_in(repeat, registry)
        for text in (text_of(measured.design, node.id, name, registry),)
    ]
    if not found:
        return None
    _, _, text, id, name = min(found)
    differing = layers(repeat, measured.resolved.valued.numbers, registry)
    cells = _cells(differing) if differing is not None else ()
    return Tile(id, name, text, cells, differing.whole_tiles if differing is not None and cells else 0)


def _cells(differing: Layers) -> tuple[Cell, ...]:
    """The first whole tile, in the respect in which its layers differ most."""
    if differing.exceptions or not differing.whole_tiles or not 1 < differing.tile <= MOST:
        return ()
    lane = max(differing.lanes, key=lambda lane: len(lane.kinds))
    order = lane.order[differing.first : differing.first + differing.tile]
    return tuple(Cell(kind_name(lane.kinds[at]), lane.kinds[at].category, at) for at in order)
