"""Rectangles whose areas are to one another as numbers are, each as square as can be. Qt-free."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float


def squarified(weights: Sequence[float], box: Box) -> list[Box]:
    """A rectangle of `box` for each weight, the weights in falling order (Bruls, Huizing, van Wijk 2000)."""
    total = sum(weights)
    if total <= 0 or box.width <= 0 or box.height <= 0:
        return [Box(box.x, box.y, 0, 0) for _ in weights]
    scale = box.width * box.height / total
    areas = [weight * scale for weight in weights]
    placed: list[Box] = []
    while len(placed) < len(areas):
        row = _row(areas[len(placed) :], min(box.width, box.height))
        boxes, box = _laid(row, box)
        placed += boxes
    return placed


def _row(areas: Sequence[float], side: float) -> list[float]:
    """As many areas as make the worst ratio of one row best."""
    row = [areas[0]]
    for area in areas[1:]:
        if _worst([*row, area], side) > _worst(row, side):
            break
        row.append(area)
    return row


def _worst(row: Sequence[float], side: float) -> float:
    if side <= 0 or min(row) <= 0:
        return float("inf")
    thick = sum(row) / side
    return max(max(thick * thick / area, area / (thick * thick)) for area in row)


def _laid(row: Sequence[float], box: Box) -> tuple[list[Box], Box]:
    """A row along the shorter side, and what is left of the box."""
    total = sum(row)
    placed: list[Box] = []
    if box.width >= box.height:
        thick, y = total / box.height, box.y
        for area in row:
            placed.append(Box(box.x, y, thick, area / thick if thick else 0))
            y += area / thick if thick else 0
        return placed, Box(box.x + thick, box.y, max(box.width - thick, 0), box.height)
    thick, x = total / box.width, box.x
    for area in row:
        placed.append(Box(x, box.y, area / thick if thick else 0, thick))
        x += area / thick if thick else 0
    return placed, Box(box.x, box.y + thick, box.width, max(box.height - thick, 0))
