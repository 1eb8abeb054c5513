"""`search`, run as a person runs it."""

from __future__ import annotations

import json

import pytest

from designer.cli import main

SPACE = ("--vary", "hidden_size=512:4096:256", "--vary", "num_hidden_layers=4,8,16", "--vary",
         "num_key_value_heads=1,3,8")  # fmt: skip


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """(exit status, stdout, stderr) of a search around Llama 3 8B."""
    status = main(["search", "llama-3-8b", *arguments])
    printed = capsys.readouterr()
    return status, printed.out, printed.err


def counted(capsys: pytest.CaptureFixture[str], variables: dict[str, int], command: str = "count") -> dict:
    """What another command says of the design with these variables."""
    changes = [part for name, value in variables.items() for part in ("--set", f"{name}={value}")]
    assert main([command, "llama-3-8b", "--json", *changes]) == 0
    return json.loads(capsys.readouterr().out)


def test_results_are_objects_best_first_and_count_alone_says_the_same(capsys):
    status, out, err = run(
        capsys, *SPACE, "--where", "total <= 2B", "--maximise", "total", "--json", "--top", "4"
    )
    results = [json.loads(line) for line in out.splitlines()]
    assert (status, len(results)) == (0, 4)
    assert [r["goal"] for r in results] == sorted((r["total"] for r in results), reverse=True)
    for result in results:
        assert list(result) == ["variables", "total", "active", "goal"]
        assert list(result["variables"]) == ["hidden_size", "num_hidden_layers", "num_key_value_heads"]
        assert counted(capsys, result["variables"])["total"] == result["total"] <= 2 * 10**9
    assert err.startswith("135 tried, ")


def test_every_reading_that_is_named_is_reported_under_the_scenario_asked_for(capsys):
    asked = (
        "--minimise",
        "kv_cache_bytes",
        "--where",
        "flops_forward > 0",
        "--context",
        "32k",
        "--cache",
        "fp32",
    )
    _, out, _ = run(capsys, *SPACE, *asked, "--json", "--top", "1")
    result = json.loads(out)
    assert list(result) == ["variables", "total", "active", "goal", "kv_cache_bytes", "flops_forward"]
    layers, width = result["variables"]["num_hidden_layers"], result["variables"]["hidden_size"] // 32
    assert result["goal"] == result["kv_cache_bytes"] == 2 * layers * 1 * width * 32768 * 4


def test_designs_whose_shapes_do_not_fit_are_no_candidates(capsys):
    _, out, _ = run(capsys, *SPACE, "--maximise", "num_key_value_heads", "--json", "--top", "200")
    kept = {json.loads(line)["variables"]["num_key_value_heads"] for line in out.splitlines()}
    assert kept == {1, 8}  # 3 does not divide the 32 query heads


def test_where_nothing_fits_it_says_what_each_constraint_excludes_and_the_nearest_miss(capsys):
    asked = ("--where", "total <= 10M", "--where", "num_hidden_layers == 16", "--minimise", "total")
    status, out, err = run(capsys, *SPACE, *asked)
    assert (status, out) == (0, "")
    assert "135 tried, 0 fit" in err
    assert "total <= 10M: excludes 90 of 90 by itself" in err
    assert "num_hidden_layers == 16: excludes 60 of 90 by itself" in err
    assert "nearest miss: hidden_size=512  num_hidden_layers=16  num_key_value_heads=1" in err


def test_american_spelling_and_any_order_are_taken(capsys):
    status = main(["search", "--minimize", "total", "--json", "--vary", "n_layer=1:3", "gpt2", "--top", "1"])
    assert status == 0
    assert json.loads(capsys.readouterr().out)["variables"] == {"n_layer": 1}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--vary", "hidden_size=1:2:0", "--minimise", "total"), "The step must be above 0"),
        (("--vary", "hidden_size=9:2", "--minimise", "total"), "runs backward"),
        (("--vary", "hidden_size=", "--minimise", "total"), "is empty"),
        (("--vary", "hidden_sise=1:2", "--minimise", "total"), "hidden_size"),
        (
            ("--vary", "hidden_size=1:1000000:1", "--vary", "vocab_size=1:1000000:1", "--minimise", "total"),
            "at most",
        ),
        (("--vary", "hidden_size=64,128", "--where", "total", "--minimise", "total"), "not a condition"),
        (("--vary", "hidden_size=64,128", "--where", "totla < 3", "--minimise", "total"), "total"),
        (
            ("--vary", "hidden_size=64,128", "--where", "__import__('os')", "--minimise", "total"),
            "__import__",
        ),
        (("--vary", "hidden_size=64,128", "--where", "9**9**9 > 1", "--minimise", "total"), "power"),
        (("--vary", "hidden_size=64,128"), "required"),
        (("--minimise", "total"), "--vary"),
        (("--vary", "hidden_size=64,128", "--minimise", "total", "--method", "magic"), "magic"),
        (("--vary", "hidden_size=64,128", "--minimise", "total", "--top", "0"), "--top"),
    ],
)
def test_what_cannot_be_searched_is_refused_in_one_sentence(capsys, arguments, sentence):
    status, out, err = run(capsys, *arguments)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert sentence in err


def test_a_random_search_is_seeded_and_draws_distinct_points(capsys):
    asked = (*SPACE, "--maximise", "hidden_size", "--method", "random", "--samples", "20", "--json")
    first = run(capsys, *asked, "--seed", "3")
    assert first == run(capsys, *asked, "--seed", "3")
    assert first != run(capsys, *asked, "--seed", "4")
    assert first[2].startswith("20 tried, ")


def test_a_goal_that_is_no_finite_number_makes_no_candidate(capsys):
    status, out, _ = run(capsys, "--vary", "hidden_size=64,128", "--minimise", "9**9**9", "--json")
    assert (status, out) == (0, "")
    _, out, _ = run(
        capsys, "--vary", "num_hidden_layers=11:13", "--minimise", "1 / (num_hidden_layers - 12)", "--json"
    )
    assert [json.loads(line)["goal"] for line in out.splitlines()] == [-1.0, 1.0]
