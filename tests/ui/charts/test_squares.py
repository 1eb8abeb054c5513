"""Rectangles whose areas are shares."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.ui.charts.squares import Box, squarified

weights = st.lists(st.floats(0.001, 1000), min_size=1, max_size=20).map(lambda ws: sorted(ws, reverse=True))
sides = st.floats(20, 2000)


@given(weights, sides, sides)
def test_areas_are_shares_and_fill_the_box(weights, width, height):
    placed = squarified(weights, Box(3, 5, width, height))
    scale = width * height / sum(weights)
    for weight, box in zip(weights, placed, strict=True):
        assert box.width * box.height == pytest.approx(weight * scale, rel=1e-6)
        assert box.x >= 3 - 1e-6
        assert box.y >= 5 - 1e-6
        assert box.x + box.width <= 3 + width + 1e-6 * width
        assert box.y + box.height <= 5 + height + 1e-6 * height


@given(weights, sides, sides)
def test_no_two_rectangles_overlap(weights, width, height):
    for a, b in combinations(squarified(weights, Box(0, 0, width, height)), 2):
        wide = min(a.x + a.width, b.x + b.width) - max(a.x, b.x)
        high = min(a.y + a.height, b.y + b.height) - max(a.y, b.y)
        assert wide <= 1e-6 * width or high <= 1e-6 * height


def test_the_example_of_the_paper_gives_its_first_row():
    placed = squarified([6, 6, 4, 3, 2, 2, 1], Box(0, 0, 6, 4))
    assert placed[:2] == [Box(0, 0, 3, 2), Box(0, 2, 3, 2)]


def test_nothing_to_place_is_no_fault():
    assert squarified([], Box(0, 0, 10, 10)) == []
    assert squarified([1], Box(0, 0, 0, 10))[0].width == 0
