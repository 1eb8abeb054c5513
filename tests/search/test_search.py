"""Searches: the best, the ties, the misses and the refusals, each against a plain loop."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from designer.analysis.measured import Measured
from designer.design.edits import set_variable
from designer.design.expression import Expression
from designer.design.scenario import Scenario
from designer.search.search import search
from designer.search.selection import Sample
from designer.search.space import Space
from designer.symbolic.issue import Refusal
from tests.search.plainly import REGISTRY, design, each, measured, spelled

START = {name: measured("llama").reading(name) for name in ("total", "active", "embedding")}

CONDITIONS = {
    "total <= 200M": lambda v: v["total"] <= 200_000_000,
    "hidden_size / num_attention_heads >= 16": lambda v: v["hidden_size"] / v["num_attention_heads"] >= 16,
    "hidden_size % 3 == 0 or num_hidden_layers > 5": lambda v: (
        v["hidden_size"] % 3 == 0 or v["num_hidden_layers"] > 5
    ),
    "not 2 < num_hidden_layers <= 6": lambda v: not 2 < v["num_hidden_layers"] <= 6,
    "abs(embedding/total - start.embedding/start.total) < 0.4": lambda v: (
        abs(v["embedding"] / v["total"] - START["embedding"] / START["total"]) < 0.4
    ),
    "kv_cache_bytes * 3 < weights_bytes": lambda v: v["kv_cache_bytes"] * 3 < v["weights_bytes"],
    "flops_training <= flops_forward * 3.0000001": lambda v: (
        v["flops_training"] <= v["flops_forward"] * 3.0000001
    ),
    "head_dim == 16": lambda v: v["head_dim"] == 16,
}
GOALS = {
    "total": lambda v: v["total"],
    "head_dim": lambda v: v["head_dim"],
    "abs(total - 0.1B) / total": lambda v: abs(v["total"] - 100_000_000) / v["total"],
    "flops_training": lambda v: v["flops_training"],
    "attention % 1000 + 0.5": lambda v: v["attention"] % 1000 + 0.5,
    "1 / (num_hidden_layers - 2)": lambda v: (
        1 / (v["num_hidden_layers"] - 2) if v["num_hidden_layers"] != 2 else None
    ),
    "min(hidden_size, 64) - max(num_hidden_layers, 3)": lambda v: (
        min(v["hidden_size"], 64) - max(v["num_hidden_layers"], 3)
    ),
}
READINGS = ["total", "active", "embedding", "attention", "kv_cache_bytes", "weights_bytes"]
READINGS += ["flops_forward", "flops_training"]


def best_by_a_loop(counted, conditions, goal, maximise, top):
    """(index, goal) of the best, straight from the definitions."""
    fitting = [one for one in counted if one.fits and all(CONDITIONS[c](one.values) for c in conditions)]
    ranked = [(GOALS[goal](one.values), one.index) for one in fitting]
    ranked = [(number, index) for number, index in ranked if number is not None]
    ranked.sort(key=lambda pair: (-pair[0] if maximise else pair[0], pair[1]))
    return len(fitting), [(index, number) for number, index in ranked[:top]]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.fixed_dictionaries(
        {
            "hidden_size": st.lists(
                st.integers(1, 24).map(lambda n: 8 * n), min_size=1, max_size=3, unique=True
            ),
            "num_attention_heads": st.lists(
                st.sampled_from([4, 6, 8, 16, 24]), min_size=1, max_size=2, unique=True
            ),
            "num_key_value_heads": st.lists(st.integers(1, 8), min_size=1, max_size=3, unique=True),
            "num_hidden_layers": st.lists(st.integers(0, 9), min_size=1, max_size=3, unique=True),
        }
    ),
    st.lists(st.sampled_from(list(CONDITIONS)), max_size=3, unique=True),
    st.sampled_from(list(GOALS)),
    st.booleans(),
    st.integers(1, 4),
)
def test_the_best_are_those_of_a_plain_loop(ranges, conditions, goal, maximise, top):
    start = measured("llama")
    counted = each(start, ranges, READINGS)
    space = Space.read(start.design, spelled(ranges))
    found = search(start, space, conditions, goal, maximise=maximise, top=top)
    fit, best = best_by_a_loop(counted, conditions, goal, maximise, top)
    assert (found.tried, found.shaped, found.fit) == (space.points, sum(one.fits for one in counted), fit)
    assert [(result.index, result.goal) for result in found.results] == best
    for condition, excluded in zip(conditions, found.excluded, strict=True):
        failing = sum(one.fits and not CONDITIONS[condition](one.values) for one in counted)
        assert (excluded.where, excluded.count) == (condition, failing)
    for result in found.results:
        one = counted[result.index]
        assert result.variables == one.variables
        assert {name: one.values[name] for name in result.readings} == result.readings
    if fit == 0 and found.shaped:
        nearest_by_a_loop(found, counted, conditions)


def nearest_by_a_loop(found, counted, conditions):
    failed = {
        one.index: [c for c in conditions if not CONDITIONS[c](one.values)] for one in counted if one.fits
    }
    fewest = min(map(len, failed.values()))
    assert [failure.where for failure in found.nearest.failures] == failed[found.nearest.result.index]
    assert len(found.nearest.failures) == fewest


def test_a_result_is_a_design_with_its_numbers_and_differences():
    start = measured("llama")
    space = Space.read(start.design, [("num_hidden_layers", "8:64:8"), ("hidden_size", "2048:8192:1024")])
    found = search(start, space, ["total <= 3B", "kv_cache_bytes < 1GiB"], "total", maximise=True, top=2)
    first, second = found.results
    assert first.variables == {"num_hidden_layers": 24, "hidden_size": 2048}
    assert first.goal == first.readings["total"] == Measured(first.design, REGISTRY).total
    assert second.goal < first.goal <= 3_000_000_000
    assert first.differences == {
        "hidden_size": (4096, 2048),
        "num_hidden_layers": (32, 24),
        "head_dim": (128, 64),
    }
    assert list(first.readings) == ["total", "active", "kv_cache_bytes"]
    assert found.present == {"total": 8_030_261_248, "active": 8_030_261_248, "kv_cache_bytes": 1_073_741_824}
    assert start.design.variables["hidden_size"] == 4096


def test_a_sample_of_a_million_designs_is_searched_as_a_plain_loop_would():
    start = measured("llama")
    ranges = [
        ("num_hidden_layers", "8:64:2"),
        ("num_attention_heads", "8,16,32,48"),
        ("num_key_value_heads", "1,2,4,8"),
        ("intermediate_size", "2048:16384:384"),
        ("hidden_size", "1024:8192:128"),
    ]
    space = Space.read(start.design, ranges)
    assert space.points > 10**6
    where = ["total <= 3B", "kv_cache_bytes < 1GiB", "hidden_size % 3 == 1 or num_attention_heads > 8"]
    best = search(start, space, where, "abs(total - 2.5B)", top=3)
    drawn = search(start, space, where, "abs(total - 2.5B)", method="random", samples=400, seed=9, top=400)
    expected = []
    for points in Sample.drawn(space, 400, 9).blocks():
        for at in range(len(points)):
            (one,) = each(start, {n: [v] for n, v in points.at(at).items()}, ["total", "kv_cache_bytes"])
            v = one.values
            meets = v["total"] <= 3 * 10**9 and v["kv_cache_bytes"] < 2**30
            if one.fits and meets and (v["hidden_size"] % 3 == 1 or v["num_attention_heads"] > 8):
                expected.append((abs(v["total"] - 2_500_000_000), int(points.index[at])))
    assert [(result.goal, result.index) for result in drawn.results] == sorted(expected)
    assert 10 < len(expected) < 400
    assert (best.results[-1].goal, best.results[-1].index) < min(expected)


def test_ties_go_by_the_order_of_the_grid():
    start = measured("llama")
    for maximise in (False, True):
        space = Space.read(start.design, [("num_key_value_heads", "8,4,2"), ("vocab_size", "300:400")])
        found = search(start, space, [], "hidden_size", top=5, maximise=maximise)
        assert [result.index for result in found.results] == [0, 1, 2, 3, 4]
    space = Space.read(start.design, [("vocab_size", "300:40000"), ("num_key_value_heads", "8,4,2")])
    found = search(start, space, [], "vocab_size % 7", top=4)
    assert [result.variables["vocab_size"] for result in found.results] == [301, 301, 301, 308]
    assert [result.index for result in found.results] == [3, 4, 5, 24]


def test_numbers_beyond_2_to_the_62_are_compared_exactly():
    start = measured("llama")
    ranges = {"hidden_size": [64_000_000, 64_000_064], "vocab_size": [1_000_003, 1_000_002, 1_000_001]}
    space = Space.read(start.design, spelled(ranges))
    counted = each(start, ranges, ["flops_training", "total"])
    numbers = [one.values["flops_training"] for one in counted]
    assert min(numbers) > 2**62
    for one in counted:
        number = one.values["flops_training"]
        for condition, expected in [
            (f"flops_training == {number}", [one.index]),
            (f"flops_training < {number}", [c.index for c in counted if c.values["flops_training"] < number]),
            (f"flops_training - {number - 1} == 1", [one.index]),
            (f"flops_training % 1000003 == {number % 1000003}", None),
        ]:
            found = search(start, space, [condition], "flops_training")
            expected = expected or [
                c.index for c in counted if c.values["flops_training"] % 1000003 == number % 1000003
            ]
            if condition.startswith("flops_training <") and number == min(numbers):
                expected = []
            assert sorted(result.index for result in found.results) == sorted(expected), condition
    found = search(start, space, [], f"flops_training - {min(numbers)}", top=6)
    assert [result.goal for result in found.results] == sorted(n - min(numbers) for n in numbers)


def test_a_goal_that_is_no_finite_number_is_no_candidate():
    start = measured("llama")
    space = Space.read(start.design, [("num_hidden_layers", "1:4")])
    found = search(start, space, [], "total / (num_hidden_layers - 2)")
    assert [result.index for result in found.results] == [0, 3, 2]
    assert found.fit == 4


def test_a_number_beyond_reason_is_no_candidate_and_no_crash():
    start = measured("llama")
    space = Space.read(start.design, [("num_hidden_layers", "1:4")])
    assert search(start, space, [], "total ** 40").results == ()
    assert search(start, space, [], "total ** 20 * total ** 20").results == ()
    found = search(start, space, ["total ** 20 > 0"], "total ** 20")
    assert [result.index for result in found.results] == [0, 1, 2, 3]


def test_where_nothing_fits_each_constraint_and_the_nearest_miss_are_told():
    start = measured("llama")
    space = Space.read(start.design, [("num_hidden_layers", "1:40"), ("num_key_value_heads", "1,8,7")])
    where = ["total < 1B", "num_key_value_heads == 8", "kv_cache_bytes > 1GiB"]
    found = search(start, space, where, "total")
    assert (found.tried, found.shaped, found.fit, found.results) == (120, 80, 0, ())
    assert [(e.where, e.count) for e in found.excluded] == list(zip(where, [80, 40, 72], strict=True))
    assert found.nearest is not None
    assert found.nearest.result.variables == {"num_hidden_layers": 33, "num_key_value_heads": 8}
    (failure,) = found.nearest.failures
    total = found.nearest.result.readings["total"]
    assert (failure.where, failure.excess) == ("total < 1B", pytest.approx((total - 10**9) / total))


def test_where_no_shape_fits_there_is_no_nearest_miss():
    start = measured("llama")
    found = search(
        start, Space.read(start.design, [("num_key_value_heads", "3,5,7")]), ["total < 1"], "total"
    )
    assert (found.tried, found.shaped, found.fit, found.nearest) == (3, 0, 0, None)
    assert found.excluded[0].count == 0


def test_a_scenario_decides_costs():
    start = measured("llama")
    space = Space.read(start.design, [("num_hidden_layers", "1,32")])
    for scenario in (
        Scenario(context=1000, cache="int8"),
        Scenario(batch=7, convention="dense", weights="int4"),
    ):
        found = search(
            start,
            space,
            [],
            "kv_cache_bytes + flops_forward + weights_bytes",
            maximise=True,
            scenario=scenario,
        )
        best = found.results[0]
        whole = Measured(best.design, REGISTRY)
        assert best.index == 1
        for name in ("kv_cache_bytes", "flops_forward", "weights_bytes"):
            assert best.readings[name] == whole.reading(name, scenario)


def test_variables_that_shape_the_trace_are_searched_like_others():
    start = measured("gemma3_text")
    ranges = {"head_dim": [8, 16], "num_hidden_layers": [1, 2, 5, 6, 7, 13], "sliding_window": [4, 8, 1000]}
    counted = each(start, ranges, ["total", "kv_cache_bytes"])
    found = search(
        start, Space.read(start.design, spelled(ranges)), ["total > 100K"], "kv_cache_bytes", top=36
    )
    expected = sorted((o.values["kv_cache_bytes"], o.index) for o in counted if o.values["total"] > 100_000)
    assert [(result.goal, result.index) for result in found.results] == expected


def test_flags_and_reals_may_be_varied_and_asked_for():
    start = set_variable(set_variable(design("llama"), "wide", False), "ratio", 2.5)
    start = set_variable(start, "intermediate_size", Expression("hidden_size * ratio"))
    space = Space.read(start, [("wide", "true,false"), ("ratio", "1.5,2,0.75"), ("hidden_size", "256,512")])
    found = search(
        Measured(start, REGISTRY), space, ["wide or intermediate_size < 500", "not wide"], "-ratio"
    )
    assert [tuple(result.variables.values()) for result in found.results] == [
        (False, 1.5, 256), (False, 0.75, 256), (False, 0.75, 512),
    ]  # fmt: skip


def test_samples_are_searched_in_the_order_of_the_grid():
    start = measured("llama")
    space = Space.read(start.design, [("hidden_size", "64:4096:64"), ("num_hidden_layers", "1:100")])
    one, same = (search(start, space, [], "total", method="random", samples=300, seed=5) for _ in range(2))
    assert one.tried == 300
    assert [r.index for r in one.results] == [r.index for r in same.results]
    other = search(start, space, [], "total", method="random", samples=300, seed=6)
    assert [r.index for r in one.results] != [r.index for r in other.results]
    whole = search(start, space, [], "total", method="random", samples=10**6)
    assert whole.tried == space.points


def test_progress_is_told_and_a_search_can_be_stopped():
    start = measured("llama")
    space = Space.read(start.design, [("vocab_size", "1000:60000"), ("num_hidden_layers", "1,2,3")])
    told = []
    found = search(start, space, [], "total", progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (space.points, space.points)
    assert all(a < b for a, b in itertools.pairwise(told))
    assert not found.cancelled
    count = itertools.count()
    stopped = search(start, space, [], "total", maximise=True, cancelled=lambda: next(count) >= 2)
    assert stopped.cancelled
    assert 0 < stopped.tried < space.points
    assert stopped.results


@pytest.mark.parametrize(
    ("where", "goal", "cause"),
    [
        (["total"], "total", "total: It is a number, not a condition."),
        (["total + 3B"], "total", "total + 3B: It is a number, not a condition."),
        (["hidden_size and total < 3B"], "total", "'hidden_size' is a number where a condition is needed."),
        (["totl < 3B"], "total", "totl < 3B: There is no 'totl'; did you mean 'total'?"),
        (["total < 3B"], "hidden_sise", "There is no 'hidden_sise'; did you mean 'hidden_size'?"),
        (["start.totl < 3B"], "total", "did you mean 'start.total'?"),
        (["total <"], "total", "total <: Something is missing at the end."),
        (["total < 3B"], "total < 3B", "total < 3B: It is a condition; a goal is a number."),
        (["__import__('os') == 3"], "total", "is no sign of an expression"),
        (["9**9**9 > total"], "total", "9**9**9 > total: This power has more than 1024 bits."),
    ],
)
def test_a_question_that_makes_no_sense_is_one_sentence(where, goal, cause):
    start = measured("llama")
    space = Space.read(start.design, [("num_hidden_layers", "1,2")])
    with pytest.raises(Refusal) as refused:
        search(start, space, where, goal)
    assert cause in str(refused.value)
    assert "\n" not in str(refused.value)


def test_too_many_samples_are_refused():
    start = measured("llama")
    space = Space.read(start.design, [("hidden_size", "1:1T"), ("vocab_size", "1:1T")])
    with pytest.raises(Refusal, match="The grid has 1,000,000,000,000,000,000,000,000 points"):
        search(start, space)
    with pytest.raises(Refusal, match="Between 1 and 10,000,000 samples can be drawn"):
        search(start, space, method="random")


def test_a_variable_wins_over_a_reading_of_its_name():
    start = Measured(set_variable(design("llama"), "attention", 5), REGISTRY)
    found = search(
        start, Space.read(start.design, [("attention", "3:7")]), ["attention > 4"], "-attention", top=1
    )
    assert found.results[0].variables == {"attention": 7}
    assert list(found.results[0].readings) == ["total", "active"]
    assert found.fit == 3
