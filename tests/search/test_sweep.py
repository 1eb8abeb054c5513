"""Sweeps: the arrays of every family equal a plain loop that counts each design with ints."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from designer.analysis.measured import Measured
from designer.design.edits import configure, set_variable
from designer.design.expression import READINGS, Expression
from designer.search.space import Space
from designer.search.sweep import sweep
from designer.symbolic.issue import Refusal
from tests.search.plainly import REGISTRY, design, each, measured, spelled

GRIDS = {
    "llama": {
        "hidden_size": [64, 96, 100, 0],
        "num_attention_heads": [4, 3, 8],
        "num_key_value_heads": [1, 2, 4, 5],
        "num_hidden_layers": [0, 1, 7],
    },
    "gpt2": {"n_embd": [64, 60, 32], "n_head": [4, 5, 8], "n_layer": [1, 2, 5], "n_positions": [16, 9000]},
    "bert": {
        "hidden_size": [64, 60],
        "num_attention_heads": [4, 7],
        "num_hidden_layers": [1, 4],
        "intermediate_size": [0, 3, 100],
        "max_position_embeddings": [4, 400],
    },
    "gemma3_text": {
        "num_hidden_layers": [1, 5, 6, 7, 20],
        "sliding_window": [4, 16, 500],
        "num_key_value_heads": [1, 2, 3],
        "head_dim": [8, 9, 16],
    },
    "deepseek_v3": {
        "n_routed_experts": [4, 8, 9],
        "n_group": [1, 2, 4],
        "topk_group": [1, 3],
        "num_experts_per_tok": [1, 9],
        "num_hidden_layers": [1, 4],
        "first_k_dense_replace": [0, 2, 6],
        "qk_rope_head_dim": [3, 4],
    },
    "t5": {
        "d_model": [64, 32],
        "num_heads": [4, 2],
        "num_layers": [1, 2, 4],
        "num_decoder_layers": [1, 3],
        "d_ff": [10, 96],
    },
    "albert": {"hidden_size": [64, 30], "embedding_size": [16, 64], "num_attention_heads": [4, 5]},
    "mamba2": {
        "num_heads": [8, 4],
        "head_dim": [8, 16],
        "n_groups": [1, 2, 3, 4],
        "state_size": [8, 16],
        "hidden_size": [32, 64],
        "expand": [1, 2],
    },
}


def agrees(start, ranges, readings=READINGS):
    """Compare a sweep with the loop; gives back how many designs fit."""
    space = Space.read(start.design, spelled(ranges))
    swept = sweep(start, space, readings)
    counted = each(start, ranges, readings)
    assert [one.variables for one in counted] == [space.at(one.index) for one in counted]
    assert swept.fits.tolist() == [one.fits for one in counted]
    for name in readings:
        expected = [one.values[name] for one in counted if one.fits]
        assert swept.readings[name].dtype == np.int64
        assert swept.readings[name][swept.fits].tolist() == expected, name
    return int(swept.fits.sum()), space.points


@pytest.mark.parametrize("family", GRIDS)
def test_every_family_is_swept_as_a_loop_would_count_it(family):
    fit, points = agrees(measured(family), GRIDS[family])
    assert 0 < fit < points or family == "t5"


RANGES = {
    "hidden_size": st.integers(0, 130),
    "num_attention_heads": st.integers(0, 9),
    "num_key_value_heads": st.integers(1, 9),
    "head_dim": st.integers(0, 20),
    "num_hidden_layers": st.integers(0, 14),
    "sliding_window": st.integers(1, 9000),
    "intermediate_size": st.integers(1, 10**6),
}


@st.composite
def grids(draw, variables):
    names = draw(st.lists(st.sampled_from(sorted(variables)), min_size=1, max_size=4, unique=True))
    lists = {n: draw(st.lists(RANGES[n], min_size=1, max_size=3, unique=True)) for n in names}
    return {name: sorted(values) if draw(st.booleans()) else values for name, values in lists.items()}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), st.sampled_from(["llama", "gemma3_text"]))
def test_any_small_grid_is_swept_as_a_loop_would_count_it(data, family):
    start = measured(family)
    agrees(start, data.draw(grids(RANGES.keys() & start.design.variables.keys())))


def with_head(**fields):
    """The small Gemma with settings of its head and new variables."""
    small = design("gemma3_text")
    head = next(node for node in small.tree.walk() if "tied" in node.fields)
    return configure(small, [head.id], fields)


def test_a_flag_that_is_varied_is_traced_both_ways():
    flagged = set_variable(with_head(tied=Expression("tie")), "tie", True)
    agrees(Measured(flagged, REGISTRY), {"hidden_size": [64, 32], "tie": [False, True], "head_dim": [8, 16]})
    flagged = set_variable(with_head(tied=Expression("wide")), "wide", Expression("hidden_size > 40"))
    agrees(Measured(flagged, REGISTRY), {"head_dim": [8, 16], "hidden_size": [64, 32]})


def test_a_count_that_no_size_can_say_is_traced_for_each_value():
    start = set_variable(design("llama"), "intermediate_size", Expression("hidden_size * 2.5"))
    agrees(Measured(start, REGISTRY), {"hidden_size": [64, 96, 33], "num_attention_heads": [1, 3]})
    start = set_variable(
        design("llama"), "intermediate_size", Expression("7 * hidden_size // 2 - 200 // head_dim")
    )
    fit, _ = agrees(
        Measured(start, REGISTRY), {"hidden_size": [64, 96, 63], "num_attention_heads": [8, 16, 64, 99]}
    )
    assert fit > 0


def test_variables_that_follow_do_so_and_one_that_is_varied_is_freed():
    start = measured("llama")
    space = Space.read(start.design, [("hidden_size", "64,128"), ("num_attention_heads", "8,16")])
    assert sweep(start, space, ["head_dim"]).readings["head_dim"].tolist() == [8, 4, 16, 8]
    agrees(start, {"head_dim": [20, 33], "hidden_size": [64, 65]})


def test_a_divisor_of_zero_is_no_design():
    start = set_variable(design("llama"), "spare", 3)
    start = set_variable(start, "intermediate_size", Expression("hidden_size // (spare - 2)"))
    swept = sweep(Measured(start, REGISTRY), Space.read(start, [("spare", "1:4")]), ["total"])
    assert swept.fits.tolist() == [False, False, True, True]


def test_beyond_int64_a_sweep_is_in_float64():
    start = measured("llama")
    space = Space.read(start.design, [("hidden_size", "64,32M")])
    swept = sweep(start, space, ["flops_training", "total"])
    assert (swept.readings["flops_training"].dtype, swept.readings["total"].dtype) == (np.float64, np.int64)
    for index in range(2):
        exact = Measured(set_variable(start.design, "hidden_size", space.at(index)["hidden_size"]), REGISTRY)
        assert swept.readings["flops_training"][index] == pytest.approx(
            exact.reading("flops_training"), rel=1e-13
        )
        assert swept.readings["total"][index] == exact.total


def test_a_space_that_is_too_large_is_refused():
    start = measured("llama")
    space = Space.read(start.design, [("hidden_size", "1:1M"), ("intermediate_size", "1:2000")])
    with pytest.raises(
        Refusal, match="The grid has 2,000,000,000 points and at most 1,000,000,000 are tried"
    ):
        sweep(start, space, ["total"])
