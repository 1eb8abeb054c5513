"""What Python and notebooks hold: `designer.open` and what it gives."""

from __future__ import annotations

import subprocess
import sys

import pytest

import designer
from designer.opened import Opened
from designer.symbolic.issue import Refusal
from tests.commands.running import CHECKOUT, command


@pytest.fixture
def llama() -> Opened:
    return designer.open("llama-3-8b")


def test_importing_the_package_imports_nothing_of_it_until_something_is_asked_for():
    script = (
        "import sys; import designer\n"
        "inner = [name for name in sys.modules if name.startswith('designer.')]; assert not inner, inner\n"
        "designer.open('gpt2').total\n"
        "heavy = {'numpy', 'onnx', 'PySide6', 'pyqtgraph', 'torch', 'argparse'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=CHECKOUT)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_package_has_nothing_else():
    assert designer.__all__ == ["open"]
    with pytest.raises(AttributeError, match="module 'designer' has no attribute 'close'"):
        designer.close  # noqa: B018


def test_it_says_the_same_as_the_command_line(llama, capsys):
    (counted,) = command(capsys, "count", "llama-3-8b", "--json").objects
    for name in ("name", "total", "active", "trainable", "by_category"):
        assert getattr(llama, name) == counted[name]
    (costed,) = command(capsys, "cost", "llama-3-8b", "--json").objects
    assert llama.cost() == {name: costed[name] for name in llama.cost()}
    assert set(costed) - set(llama.cost()) == {"name", "scenario", "issues"}


def test_a_cost_is_asked_under_a_scenario(llama):
    assert llama.cost(context=8192)["kv_cache_bytes"] == 1_073_741_824
    assert llama.cost(weights="int4")["weights_bytes"] == 8_030_261_248 // 2
    assert llama.cost(batch=2)["flops_forward"] == 2 * llama.cost()["flops_forward"]
    dense = designer.open("gpt2").cost(context=1024, convention="dense")
    assert dense["flops_forward"] == 291_648_307_200


@pytest.mark.parametrize(
    ("scenario", "sentence"),
    [
        ({"batch": 0}, "batch: 0 is not a whole number of 1 or more."),
        ({"context": "8k"}, "context: 8k is not a whole number of 1 or more."),
        ({"context": 1.5}, "context: 1.5 is not a whole number of 1 or more."),
        ({"weights": "fp7"}, "weights: fp7 is not known; known are fp32, bf16, fp16, int8, int4."),
        ({"convention": None}, "convention: None is not known; known are causal, dense."),
    ],
)
def test_a_scenario_that_is_none_is_refused(llama, scenario, sentence):
    with pytest.raises(Refusal) as refused:
        llama.cost(**scenario)
    assert str(refused.value) == sentence


def test_with_gives_another_design_and_leaves_this_one(llama):
    half = llama.with_(num_hidden_layers=16)
    assert (half.total, llama.total) == (8_030_261_248 - 16 * 218_112_000, 8_030_261_248)
    assert half.variables["num_hidden_layers"] == 16
    assert half.with_(num_hidden_layers=32).total == llama.total


def test_with_takes_expressions_in_order(llama):
    wide = llama.with_(intermediate_size="7 * hidden_size / 2", hidden_size=8192)
    assert wide.variables["intermediate_size"] == 28672
    assert wide.by_category["feed_forward"] == 32 * 3 * 8192 * 28672
    assert llama.with_(hidden_size="2 * hidden_size").variables["hidden_size"] == 8192


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"hiden_size": 1}, "hiden_size: The design has no such variable; the nearest is hidden_size."),
        ({"hidden_size": "4 *"}, "hidden_size: Something is missing at the end."),
        ({"hidden_size": float("nan")}, "hidden_size: nan is no finite number."),
    ],
)
def test_a_variable_that_cannot_be_set_is_refused(llama, variables, sentence):
    with pytest.raises(Refusal) as refused:
        llama.with_(**variables)
    assert str(refused.value) == sentence


def test_what_is_saved_opens_again(llama, tmp_path):
    path = tmp_path / "mine.json"
    llama.with_(hidden_size=2048).save(str(path))
    again = designer.open(path)
    assert again.design == llama.with_(hidden_size=2048).design
    with pytest.raises(Refusal, match="It cannot be written"):
        llama.save(tmp_path / "none" / "mine.json")


def test_what_is_not_there_is_refused():
    with pytest.raises(Refusal, match="the nearest is gpt2"):
        designer.open("gpt22")


def test_tensors_and_issues_are_there(llama):
    names = [tensor.name for tensor in llama.tensors]
    assert names[0] == "model.embed_tokens.weight"
    assert names[-1] == "lm_head.weight"
    assert llama.issues == []
    (issue,) = llama.with_(num_key_value_heads=3).issues
    assert (issue.severity, str(issue.cause)) == (
        "warning",
        "32 query heads cannot share 3 key/value heads evenly.",
    )


def test_it_says_what_it_is(llama):
    assert repr(llama) == "<llama-3-8b: 8,030,261,248 parameters>"
