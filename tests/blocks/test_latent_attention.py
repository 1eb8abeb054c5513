"""Latent attention, counted by hand."""

from __future__ import annotations

import pytest

from designer.analysis.memory import kept
from tests.designs import counted, design_of_nodes, node

D = 12


def on_rows(block):
    return counted(design_of_nodes(node("token_embedding", rows=3, hidden=D, name="t"), block))


@pytest.mark.parametrize("q_rank", [None, 5])
@pytest.mark.parametrize("bias", [False, True])
def test_latent_attention_unfolds_keys_and_values_from_one_row(q_rank, bias):
    heads, rank, nope, rotary, v = 3, 7, 4, 2, 5
    fields = {"heads": heads, "q_rank": q_rank, "kv_rank": rank, "nope": nope, "rotary": rotary}
    block = node("latent_attention", name="attn", value_dim=v, bias=bias, **fields)
    found = on_rows(block)
    queries = heads * (nope + rotary)
    asked = D * queries if q_rank is None else D * q_rank + q_rank * queries + bias * q_rank
    told = D * (rank + rotary) + bias * (rank + rotary) + rank * heads * (nope + v)
    assert found.by_category["attention"] == asked + told + heads * v * D + bias * D
    assert found.by_category["normalization"] == rank + (q_rank or 0)
    assert kept(found.body, 9).growing == 9 * (rank + rotary)
