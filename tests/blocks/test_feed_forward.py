"""Feed-forwards, counted by hand."""

from __future__ import annotations

import pytest

from tests.designs import counted, design_of_nodes, node

D = 12


def on_rows(block):
    return counted(design_of_nodes(node("token_embedding", rows=3, hidden=D, name="t"), block))


@pytest.mark.parametrize(("gate", "matrices"), [("no", 2), ("split", 3), ("fused", 3)])
@pytest.mark.parametrize("bias", [False, True])
def test_a_feed_forward_is_two_matrices_or_three(gate, matrices, bias):
    found = on_rows(node("mlp", hidden=20, gate=gate, bias=bias, name="mlp"))
    assert found.by_category["feed_forward"] == matrices * D * 20 + bias * ((matrices - 1) * 20 + D)
