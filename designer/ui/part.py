"""A block or a ready part as it is dragged."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QMimeData

from designer.design.tree import Node
from designer.symbolic.registry import Registry

PART = "application/x-llm-designer-part"
"""One node as JSON."""


def part_data(node: Node) -> QMimeData:
    """A node as it is dragged."""
    from designer.formats.design_json import node_text

    data = QMimeData()
    data.setData(PART, QByteArray(node_text(node).encode()))
    return data


def part_of(data: QMimeData, registry: Registry) -> Node | None:
    """The node that is dragged; None where it is something else.

    Raises:
        Refusal: where it says it is a node and cannot be read.
    """
    from designer.formats.design_json import node_from_text

    if not data.hasFormat(PART):
        return None
    return node_from_text(bytes(data.data(PART).data()).decode(), registry)
