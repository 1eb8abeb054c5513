"""The examples: every design opens and counts what a few sums by hand give, every script runs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import designer
from designer.analysis.measured import Measured
from designer.analysis.tensors import tensors
from designer.blocks.palette import registry
from designer.formats.design_json import text_of
from designer.opened import Opened
from designer.symbolic.resource import resource
from tests.commands.running import CHECKOUT

EXAMPLES = CHECKOUT / "examples"
DESIGNS = sorted(EXAMPLES.glob("*.json"))
SCRIPTS = sorted(EXAMPLES.glob("*.py"))


def opened(name: str) -> Opened:
    return designer.open(EXAMPLES / name)


def names(design: Opened) -> list[str]:
    """Every tensor's own name, layers written out."""
    return [tensor.name for tensor in tensors(Measured(design.design, registry()).body)]


def test_there_are_some():
    assert {path.name for path in DESIGNS} == {
        "hybrid_groups.json",
        "hybrid_pattern.json",
        "mixture_of_experts.json",
        "small_llama.json",
    }
    assert {path.name for path in SCRIPTS} == {"count.py", "sweep.py"}


@pytest.mark.parametrize("path", DESIGNS, ids=lambda path: path.stem)
def test_a_design_is_as_it_would_be_saved_valid_explained_and_without_a_fault(path: Path):
    design = designer.open(path)
    assert text_of(design.design) == path.read_text("utf-8")
    schema = json.loads(resource("schema", "design.schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(json.loads(path.read_text("utf-8")))
    assert design.issues == []
    assert design.design.notes


def test_the_small_llama_is_what_its_shapes_say():
    vocabulary, d, layers, kv, hidden = 128_256, 2048, 16, 8 * 64, 7168
    attention = d * d + 2 * d * kv + d * d
    feed_forward = 3 * d * hidden
    assert opened("small_llama.json").by_category == {
        "embedding": vocabulary * d,
        "attention": layers * attention,
        "feed_forward": layers * feed_forward,
        "output": 0,
        "positional": 0,
        "normalization": (2 * layers + 1) * d,
        "other": 0,
    }


def test_the_small_llama_grows_as_a_whole():
    design = opened("small_llama.json")
    twice = design.with_(hidden_size=4096)
    assert [twice.variables[name] for name in ("num_attention_heads", "num_key_value_heads", "head_dim")] == [
        64,
        16,
        64,
    ]
    assert twice.by_category["feed_forward"] == 4 * design.by_category["feed_forward"]
    assert twice.by_category["attention"] == 4 * design.by_category["attention"]
    assert twice.issues == []
    assert "2050 is not a multiple of 64." in [
        str(issue.cause) for issue in design.with_(hidden_size=2050).issues
    ]


def test_the_hybrids_are_the_same_model_with_the_same_names():
    groups, pattern = opened("hybrid_groups.json"), opened("hybrid_pattern.json")
    assert sorted(names(groups)) == sorted(names(pattern))
    assert groups.total == pattern.total
    assert groups.by_category == pattern.by_category
    assert groups.cost() == pattern.cost()


def test_the_hybrids_have_48_layers_of_which_every_fourth_attends():
    layers: dict[int, set[str]] = {}
    for name in names(opened("hybrid_groups.json")):
        if name.startswith("backbone.layers."):
            _, _, number, rest = name.split(".", 3)
            layers.setdefault(int(number), set()).add(rest)
    assert list(layers) == list(range(48))
    attending = [number for number, tensors in layers.items() if "mixer.q_proj.weight" in tensors]
    assert attending == list(range(3, 48, 4))
    assert all("mixer.in_proj.weight" in layers[n] for n in range(48) if n not in attending)


def test_the_hybrids_count_what_their_shapes_say():
    d, inner, heads, state, kernel = 2048, 4096, 64, 128, 4
    channels = inner + 2 * state
    mamba = d * (inner + channels + heads) + channels * (kernel + 1) + 3 * heads + inner * d
    attention = d * d + 2 * d * 8 * 64 + d * d
    for name in ("hybrid_groups.json", "hybrid_pattern.json"):
        assert opened(name).by_category == {
            "embedding": 50_288 * d,
            "attention": 12 * attention,
            "feed_forward": 0,
            "output": 0,
            "positional": 0,
            "normalization": 36 * inner + 48 * d + d,
            "other": 36 * mamba,
        }
        cost = opened(name).cost(context=32_768)
        assert cost["kv_cache_bytes"] == 12 * 2 * 8 * 64 * 32_768 * 2
        assert cost["state_bytes"] == 36 * (heads * 64 * state + channels * (kernel - 1)) * 2


def test_the_mixture_counts_what_its_shapes_say_and_meets_eight_experts():
    vocabulary, d, heads, kv, width = 151_936, 2048, 16, 4, 128
    expert, routed, layers = 3 * d * 768, 64, 23
    attention = 24 * (2 * d * heads * width + 2 * d * kv * width)
    router = d * routed
    design = opened("mixture_of_experts.json")
    assert design.by_category == {
        "embedding": vocabulary * d,
        "attention": attention,
        "feed_forward": 9 * expert + layers * (router + (routed + 1) * expert),
        "output": vocabulary * d,
        "positional": 0,
        "normalization": 24 * (2 * d + 2 * width) + d,
        "other": 0,
    }
    assert design.total - design.active == layers * (routed - 8) * expert


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_a_script_runs_from_anywhere(path: Path, tmp_path):
    ran = run(path, cwd=tmp_path)
    assert len(ran.splitlines()) > 5


def test_counting_says_every_design_with_its_total():
    said = run(EXAMPLES / "count.py")
    for path in DESIGNS:
        assert f"{designer.open(path).name}: {designer.open(path).total:,} parameters" in said
    assert run(EXAMPLES / "count.py", "gpt2").startswith("gpt2: 124,439,808 parameters")


def test_sweeping_says_what_follows_from_each_value():
    header, _, *rows = run(EXAMPLES / "sweep.py", "gpt2", "n_layer", "0.5", "1", "2").splitlines()
    assert header == "gpt2, by n_layer"
    totals = [int(row.split()[1].replace(",", "")) for row in rows]
    assert totals[1] == 124_439_808
    assert totals[2] - totals[1] == 2 * (totals[1] - totals[0]) == 12 * 7_087_872


def run(script: Path, *arguments: str, cwd: Path = CHECKOUT) -> str:
    done = subprocess.run(
        [sys.executable, str(script), *arguments],
        capture_output=True,
        text=True,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout
