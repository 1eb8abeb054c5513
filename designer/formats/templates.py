"""What a design begins with: the empty design, single blocks, and ready parts kept as files."""

from __future__ import annotations

from designer.design.making import make
from designer.design.tree import Design, Node
from designer.formats.design_json import node_of
from designer.formats.reading_json import read_object
from designer.symbolic.frozen import frozen
from designer.symbolic.registry import Registry
from designer.symbolic.resource import resource


@frozen
class Part:
    """A ready part: its name, a word on what it holds, what it is for, and its node.

    Counts that it only suggests are expressions with a last value; `design/adapt.py` makes variables of them.
    """

    title: str
    subtitle: str
    help: str
    node: Node


def ready_parts(registry: Registry) -> list[Part]:
    """The ready parts, in palette order."""
    files = sorted(resource("templates").glob("*.json"))
    read = ((str(path), read_object(path)) for path in files)
    return [
        Part(raw["title"], raw["subtitle"], raw["help"], node_of(raw["node"], registry, place))
        for place, raw in read
    ]


def block_node(registry: Registry, kind: str) -> Node:
    """A node of one block with its defaults, under the name it usually has.

    Raises:
        TypeError: for a kind that the registry does not know.
    """
    made = registry.block(kind)
    return make(registry, kind, name=made.segment if made is not None else "")


def empty_design(registry: Registry) -> Design:
    """A design that holds nothing yet."""
    return Design(make(registry, "stack"), name="Untitled")
