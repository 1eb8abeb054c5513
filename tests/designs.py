"""Small designs, written in a line or two."""

from __future__ import annotations

from typing import Any

from designer.analysis.measured import Measured
from designer.blocks.palette import registry
from designer.design.making import group, make
from designer.design.tree import Design, Group, Node

KINDS = registry()


def node(kind: str, *inside: Node, **settings: Any) -> Node:
    """A node with these fields and the defaults of all others."""
    return make(KINDS, kind, *inside, **settings)


def value(kind: str, **fields: Any) -> Group:
    """A small group of fields."""
    return group(KINDS, kind, **fields)


def design_of_nodes(*inside: Node, **settings: Any) -> Design:
    """A design whose root is a stack of these."""
    return Design(node("stack", *inside), **settings)


def counted(design: Design) -> Measured:
    """The design with its readings, under a memory of its own."""
    return Measured(design, KINDS)
