"""Designs to draw: presets, and trees of every shape."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import settings
from hypothesis import strategies as st

from designer.analysis.measured import Measured
from designer.blocks.palette import SECTIONS, registry
from designer.design.making import make
from designer.design.tree import Design, Node
from designer.formats.opening import opened
from designer.symbolic.registry import Registry
from designer.ui.canvas.laid import Gap, Laid, Measures, Place
from designer.ui.canvas.layout import arrange
from designer.ui.canvas.shown import Shown, follow

FEWER = settings(max_examples=50)
"""Each example traces a design."""
KINDS: Registry = registry()
MEASURES = Measures()
LAYOUTS = {kind: KINDS.get(kind).layout for section in SECTIONS.values() for kind in section}  # pyright: ignore
LEAVES = sorted(kind for kind, layout in LAYOUTS.items() if layout == "leaf")
CONTAINERS = sorted(kind for kind, layout in LAYOUTS.items() if layout != "leaf")


def block(kind: str, *inside: Node, name: str = "", label: str = "", **fields) -> Node:
    """A node of a kind with its defaults."""
    return make(KINDS, kind, *inside, name=name, label=label, **fields)


def design(*inside: Node) -> Design:
    """A design that holds these."""
    return Design(block("stack", *inside))


def preset(name: str) -> Design:
    """A built-in design."""
    return opened(name, KINDS)


def measured(of: Design) -> Measured:
    """A design with its readings."""
    return Measured(of, KINDS)


def shown(of: Design, closed: Sequence[int] = (), before: Shown | None = None) -> Shown:
    """A design as the canvas knows it."""
    return follow(measured(of), closed, before)


def laid(of: Design, width: int = 560, closed: Sequence[int] = (), gap: Gap | None = None) -> Laid:
    """A design laid out."""
    return arrange(shown(of, closed), MEASURES, width, gap)


def placed(root: Laid, kind: str) -> list[Place]:
    """Every block of a kind, with its place on the canvas."""
    return [place for place in root.walk() if place.laid.shown.node.kind == kind]


def containers(inside: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    """A container around some of these; named, labelled or neither."""
    return st.builds(
        lambda kind, held, name, label: (
            block(kind, *held, name=name, label=label) if kind in CONTAINERS else Node(kind, {}, tuple(held))
        ),
        st.sampled_from([*CONTAINERS, "flux_capacitor"]),
        st.lists(inside, max_size=4),
        st.sampled_from(["", "model"]),
        st.sampled_from(["", "", "Part"]),
    )


NODES = st.recursive(st.builds(block, st.sampled_from(LEAVES)), containers, max_leaves=10)
DESIGNS = st.builds(lambda held: design(*held), st.lists(NODES, max_size=5))
"""Trees of every kind of block there is, most of which fit nobody: they are drawn all the same."""
