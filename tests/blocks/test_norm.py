"""Norms, counted by hand."""

from __future__ import annotations

from tests.designs import counted, design_of_nodes, node

D = 12


def on_rows(block):
    return counted(design_of_nodes(node("token_embedding", rows=3, hidden=D, name="t"), block))


def test_norms_count_a_scale_and_where_asked_a_shift():
    assert on_rows(node("rms_norm", name="n")).by_category["normalization"] == D
    assert on_rows(node("layer_norm", name="n")).by_category["normalization"] == 2 * D
    assert on_rows(node("layer_norm", bias=False, name="n")).by_category["normalization"] == D
