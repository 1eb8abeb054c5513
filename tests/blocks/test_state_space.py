"""State space mixers, counted by hand."""

from __future__ import annotations

import pytest

from designer.analysis.memory import kept
from tests.designs import counted, design_of_nodes, node

D = 12


def on_rows(block):
    return counted(design_of_nodes(node("token_embedding", rows=3, hidden=D, name="t"), block))


@pytest.mark.parametrize("bias", [False, True])
@pytest.mark.parametrize("conv_bias", [False, True])
def test_mamba_2_is_other_but_for_its_norm(bias, conv_bias):
    heads, width, groups, state, kernel = 6, 4, 2, 5, 3
    fields = {"heads": heads, "head_dim": width, "groups": groups, "state": state, "kernel": kernel}
    found = on_rows(node("mamba2", name="mixer", bias=bias, conv_bias=conv_bias, **fields))
    inner, channels = heads * width, heads * width + 2 * groups * state
    into = 2 * inner + 2 * groups * state + heads
    mixer = D * into + channels * kernel + 3 * heads + inner * D
    assert found.by_category["other"] == mixer + bias * (into + D) + conv_bias * channels
    assert found.by_category["normalization"] == inner
    assert kept(found.body, 1) == kept(found.body, 99) == (0, inner * state + channels * (kernel - 1))


def test_mamba_2_may_be_held_to_its_expansion():
    fits = node("mamba2", heads=6, head_dim=4, groups=2, expand=2)
    assert on_rows(fits).nodes[fits.id].bodies[0].checks == ()
    wrong = node("mamba2", heads=6, head_dim=4, groups=2, expand=3)
    (check,) = on_rows(wrong).nodes[wrong.id].bodies[0].checks
    assert str(check.cause) == "Heads × head width is 24 and should be 3 × 12 = 36."
    assert on_rows(wrong).total == on_rows(fits).total
