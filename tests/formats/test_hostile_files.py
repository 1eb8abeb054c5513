"""Whatever a file holds, opening and counting it ends, soon, with a number or with one sentence."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from math import prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from designer.analysis.issues import issues
from designer.analysis.measured import Measured
from designer.analysis.tensors import patterns
from designer.formats import report
from designer.formats.design_json import design_from, text_of
from designer.formats.huggingface.importing import design_of
from designer.formats.opening import opened
from designer.formats.presets import presets
from designer.formats.reading_json import parse_object
from designer.symbolic.issue import Refusal
from tests.formats.designs import REGISTRY, designs
from tests.formats.mutations import BASES, mutated

SHORT = (
    "gpt2",
    "llama-3.1-70b",
    "gemma-3-270m",
    "deepseek-v3",
    "flan-t5-base",
    "albert-base-v2",
    "mamba2-130m",
)
"""One preset of each family, BERT being like ALBERT."""


def read_through(design) -> Measured:
    """Everything that `count --tensors` and `cost` ask of a design, in numbers and in words."""
    measured = Measured(design, REGISTRY)
    tensors = patterns(measured.body)
    found = issues(measured)
    assert all(
        issue.severity in ("note", "warning", "unsound") and "\n" not in str(issue.cause) for issue in found
    )
    if not any(issue.severity == "unsound" for issue in found):
        assert sum(prod(tensor.shape) * tensor.copies for tensor in tensors) == measured.total
    counted = {"name": design.name, "by_category": measured.by_category, "provisional": 0}
    report.count(counted | dict.fromkeys(("total", "active", "trainable"), measured.total), tensors)
    scenario = {"batch": 1, "context": measured.tokens(), "weights": "", "cache": "", "convention": "causal"}
    report.cost({"name": design.name, "scenario": scenario, **measured.costs()})
    return measured


@settings(max_examples=60)
@given(designs)
def test_any_design_is_counted_however_wrong_it_is(design):
    read_through(design)


@settings(max_examples=250)
@given(mutated(*BASES))
def test_a_design_gone_wrong_is_counted_or_refused_in_one_sentence(raw):
    try:
        design = design_from(raw, REGISTRY, "a.json")
    except Refusal as refusal:
        assert str(refusal).startswith("a.json: ")
        assert len(str(refusal)) < 1500
        return
    read_through(design)
    assert design_from(parse_object(text_of(design), ""), REGISTRY, "") == design


@settings(max_examples=400)
@given(mutated(*(dict(presets()[name].config()) for name in SHORT), keep=("model_type",)))
def test_a_config_gone_wrong_is_counted_or_refused_in_one_sentence(raw):
    try:
        design = design_of(raw, REGISTRY, place="config.json", name="wrong")
    except Refusal as refusal:
        assert str(refusal).startswith("config.json: ")
        assert len(str(refusal)) < 1500
        return
    read_through(design)
    assert design_from(parse_object(text_of(design), ""), REGISTRY, "") == design


def test_a_file_cut_off_anywhere_is_one_sentence():
    text = text_of(opened("gpt2", REGISTRY)).rstrip()
    for end in range(len(text)):
        with pytest.raises(Refusal) as refused:
            design_from(parse_object(text[:end], "a.json"), REGISTRY, "a.json")
        assert re.match(r"a\.json: line \d+, column \d+: It is not JSON: .+\.$", str(refused.value))


@settings(max_examples=150)
@given(st.data())
def test_a_file_with_a_few_signs_changed_is_a_design_or_one_sentence(data):
    text = text_of(opened("gpt2", REGISTRY))
    start = data.draw(st.integers(0, len(text)))
    signs = data.draw(st.text(alphabet='{}[]",:019eE+-.\\ntfx\x00\ud800é', max_size=4))
    changed = text[:start] + signs + text[start + data.draw(st.integers(0, 4)) :]
    try:
        read_through(design_from(parse_object(changed, "a.json"), REGISTRY, "a.json"))
    except Refusal as refusal:
        assert str(refusal).startswith("a.json: ")
        assert "\n" not in str(refusal)


def design(*inside: dict, **variables: object) -> dict:
    embedding = {"block": "token_embedding", "fields": {"rows": 10, "hidden": 8}}
    tree = {"block": "stack", "inside": [embedding, *inside]}
    return {"format": "llm-designer", "variables": variables, "tree": tree}


def mlp(hidden: object, name: str = "mlp") -> dict:
    return {"block": "mlp", "name": name, "fields": {"hidden": hidden}}


def repeat(times: object, *inside: dict) -> dict:
    return {"block": "repeat", "name": "layers", "fields": {"times": times}, "inside": list(inside)}


def deep(levels: int, kind: str, fields: dict) -> dict:
    block = mlp(4)
    for _ in range(levels):
        block = {"block": kind, "fields": fields, "inside": [block]}
    return block


PRIMES = [number for number in range(2, 700) if all(number % factor for factor in range(2, number))]
CYCLES = [mlp({"cycle": list(range(1, prime + 1))}, f"m{prime}") for prime in PRIMES[-30:]]
FAR = {"cycle": [1], "but": {"99999": 5}}
RUN = {"value": 4, "times": 100_000}
MOST = int("9" * 60)

BOMBS = {
    "patterns that meet only after ages": design(repeat(12, *CYCLES)),
    "the same patterns beside no repeat": design(*CYCLES),
    "runs of runs": design(repeat(12, mlp({"first": [RUN] * 1000, "cycle": [RUN] * 1000}))),
    "a run without end": design(repeat(12, mlp({"cycle": [{"value": 4, "times": "10**12"}]}))),
    "exceptions far out": design(repeat(12, *(mlp(FAR, f"m{i}") for i in range(20)))),
    "more layers than atoms": design(repeat(MOST, repeat(MOST, mlp(MOST)))),
    "numbers beyond every float": design(mlp("10**300"), {"block": "dropout", "fields": {"rate": MOST}}),
    "a power of powers": design(mlp("9**9**9**9"), {"block": "dropout", "fields": {"rate": "2**999 * 9e99"}}),
    "variables in a row": design(mlp("v0"), v3000=4, **{f"v{i}": f"v{i + 1}" for i in range(3000)}),
    "variables that grow": design(mlp("v0"), v9=MOST, **{f"v{i}": f"v{i + 1}*" * 90 + "2" for i in range(9)}),
    "a circle of variables": design(mlp("a"), a="b", b="c", c="a"),
    "a pick of no block": design({"block": "choose", "fields": {"pick": MOST}, "inside": [mlp(4)]}),
    "sizes that no sum holds": design({"block": "mamba2", "fields": {"kernel": MOST, "groups": 10**20}}),
    "a wrong value": design({"block": "attention", "fields": {"rope": {"kind": "qk_norm"}}}),
    **{
        f"{kind} in {kind} in {kind}": design(deep(60, kind, fields))
        for kind, fields in (
            ("repeat", {"times": MOST}),
            ("residual", {}),
            ("parallel", {}),
            ("choose", {}),
            ("encoder", {}),
        )
    },
}  # fmt: skip


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_does_not_go_off(bomb):
    read_through(design_from(BOMBS[bomb], REGISTRY, bomb))


def test_a_repeat_of_a_trillion_layers_counts_at_once_with_all_its_tensors(tmp_path):
    path = tmp_path / "long.json"
    numbered = {"block": "mlp", "name": "{}", "fields": {"hidden": 3}}
    three = repeat(3, numbered) | {"name": ""}
    path.write_text(json.dumps(design(repeat(10**12, three, numbered))))
    command = [sys.executable, "-m", "designer", "count", str(path), "--tensors", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30)
    counted = json.loads(done.stdout)
    assert counted["total"] == 10 * 8 + 10**12 * 4 * (3 * 3 * 8)
    copies = {entry["name"]: entry["copies"] for entry in counted["parameters"]}
    assert copies == {"embed_tokens.weight": 1} | dict.fromkeys(
        (f"layers.*.{part}_proj.weight" for part in ("gate", "up", "down")), 4 * 10**12
    )
    assert counted["issues"] == []
