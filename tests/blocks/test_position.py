"""Positions: learned, computed, and as a bias on attention."""

from __future__ import annotations

import pytest

from tests.designs import counted, design_of_nodes, node


def on_rows(*blocks, hidden=8):
    return counted(design_of_nodes(node("token_embedding", rows=11, hidden=hidden, name="t"), *blocks))


def test_learned_positions_are_a_row_each():
    assert on_rows(node("learned_position", rows=5)).by_category["positional"] == 40


def test_sinusoids_are_computed_and_want_an_even_width():
    assert on_rows(node("sinusoidal_position")).by_category["positional"] == 0
    block = node("sinusoidal_position")
    odd = on_rows(block, hidden=7)
    (check,) = odd.nodes[block.id].bodies[0].checks
    assert str(check.cause) == "Sines and cosines come in pairs, and width 7 is odd."
    assert not odd.nodes[block.id].misfit


@pytest.mark.parametrize("both_ways", [False, True])
def test_a_position_bias_is_a_number_for_each_head_and_bucket(both_ways):
    block = node("position_bias", heads=3, buckets=32, both_ways=both_ways)
    measured = on_rows(block)
    assert measured.by_category["positional"] == 96
    assert measured.nodes[block.id].exit == (8,)
