"""What a person names: a file, a config, a folder, a preset; with changes made to it."""

from __future__ import annotations

import json
import os

import pytest

from designer.analysis.measured import Measured
from designer.design.expression import Expression
from designer.design.tree import Design
from designer.formats.design_json import save
from designer.formats.opening import opened, varied
from designer.formats.presets import presets
from designer.symbolic.issue import Refusal
from tests.formats.designs import REGISTRY

GPT2 = dict(presets()["gpt2"].config())


def total(design: Design) -> int:
    count = Measured(design, REGISTRY).total
    assert isinstance(count, int)
    return count


def refusal(named: object, *changes: tuple[str, str]) -> str:
    with pytest.raises(Refusal) as refused:
        opened(str(named), REGISTRY, changes)
    assert "\n" not in str(refused.value)
    return str(refused.value)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder to stand in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_config_a_folder_that_holds_one_and_a_preset_are_the_same_design(folder):
    model = folder / "my-model"
    model.mkdir()
    (model / "config.json").write_text(json.dumps(GPT2))
    preset = opened("gpt2", REGISTRY)
    for named in ("my-model", "my-model/", "my-model/config.json"):
        design = opened(named, REGISTRY)
        assert design.tree == preset.tree
        assert design.variables == preset.variables
        assert design.name == "my-model"
    assert preset.name == "gpt2"


def test_a_name_is_the_designs_else_name_or_path_else_the_stem(folder):
    (folder / "one.json").write_text(json.dumps(GPT2))
    (folder / "two.json").write_text(json.dumps(GPT2 | {"_name_or_path": "openai/gpt2"}))
    (folder / "three.json").write_text(json.dumps({"format": "llm-designer", "tree": {"block": "stack"}}))
    (folder / "four.json").write_text(
        json.dumps({"format": "llm-designer", "name": "n", "tree": {"block": "stack"}})
    )
    names = [opened(f"{stem}.json", REGISTRY).name for stem in ("one", "two", "three", "four")]
    assert names == ["one", "openai/gpt2", "three", "n"]


def test_a_design_comes_back_as_it_was_saved(folder):
    design = opened("bert-base-uncased:encoder", REGISTRY)
    save(design, folder / "bert.json")
    assert opened("bert.json", REGISTRY) == design


def test_an_existing_path_beats_a_presets_name(folder):
    (folder / "gpt2").write_text(json.dumps(GPT2 | {"n_layer": 1}))
    assert opened("gpt2", REGISTRY).variables["n_layer"] == 1
    os.remove("gpt2")
    assert opened("gpt2", REGISTRY).variables["n_layer"] == 12


def test_a_suffix_names_another_class_of_the_same_config():
    assert total(opened("bert-base-uncased", REGISTRY)) == 109_514_298
    assert total(opened("bert-base-uncased:encoder", REGISTRY)) == 109_482_240
    assert "the nearest is bert-base-uncased" in refusal("bert-base-uncased:encode")


def test_what_is_not_there_is_one_sentence_with_the_nearest_preset(folder):
    assert refusal("llama-3-8") == (
        "llama-3-8: There is no such file and no preset of this name; the nearest is llama-3-8b."
    )
    assert refusal("zzz") == (
        "zzz: There is no such file and no preset of this name; `llm-designer presets` lists them."
    )
    (folder / "empty").mkdir()
    assert refusal("empty") == "empty: The folder holds no config.json."
    assert refusal("x" * 5000).endswith("It cannot be read: File name too long.")
    assert refusal("\0").endswith("`llm-designer presets` lists them.")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{}", "a.json: It is neither a design nor a Hugging Face config: it has no model_type."),
        ('{"model_type": "gtp2"}', "a.json: model_type: Model type gtp2 is not known; gpt2 is."),
        ('{"model_type": 5}', "a.json: It names no model_type, so it is no Hugging Face config."),
        (
            '{"model_type": "gpt2"}',
            "a.json: n_embd: The key is missing, and nothing can be counted without it.",
        ),
        ("[]", "a.json: It holds a list and no JSON object."),
        ('{"format": "llm-designer"}', "a.json: tree: It must be an object, not null."),
    ],
)
def test_a_foreign_file_is_one_sentence(text, sentence, folder):
    (folder / "a.json").write_text(text)
    assert refusal("a.json") == sentence


@pytest.mark.parametrize(
    ("key", "value", "cause"),
    [
        ("n_embd", None, "The key is missing"),
        ("n_embd", 0, "0 is out of range: at least 1."),
        ("n_embd", -768, "-768 is out of range"),
        ("n_embd", 10**16, "is out of range"),
        ("n_embd", 7.5, "It must be a whole number, not 7.5."),
        ("n_embd", "768", 'It must be a whole number, not "768".'),
        ("n_embd", True, "It must be a whole number, not true."),
        ("n_embd", [768], "It must be a whole number, not a list."),
        ("vocab_size", {"__float__": "Infinity"}, "It must be a whole number, not an object."),
        ("tie_word_embeddings", "yes", 'It must be true or false, not "yes".'),
        ("layer_norm_epsilon", 1e300, "1e+300 is out of range."),
        ("activation_function", 3, "It must be a word, not 3."),
    ],
)
def test_an_absurd_value_of_a_config_is_one_sentence_that_names_the_key(key, value, cause, folder):
    (folder / "a.json").write_text(json.dumps(GPT2 | {key: value}))
    assert refusal("a.json").startswith(f"a.json: {key}: ")
    assert cause in refusal("a.json")


def test_a_change_stores_the_expression_and_a_number_stays_a_number():
    design = opened("llama-3-8b", REGISTRY, [("head_dim", "64"), ("intermediate_size", "3.5 * hidden_size")])
    assert design.variables["head_dim"] == 64
    assert design.variables["intermediate_size"] == Expression("3.5 * hidden_size")
    zero = opened("llama-3-8b", REGISTRY, [("num_hidden_layers", "0")]).variables["num_hidden_layers"]
    assert (zero, type(zero)) == (0, int)


def test_what_names_itself_is_worked_out_from_what_it_was():
    design = opened(
        "llama-3-8b", REGISTRY, [("hidden_size", "hidden_size // 2"), ("hidden_size", "hidden_size + 8")]
    )
    assert design.variables["hidden_size"] == 2056
    freed = opened("llama-3-8b", REGISTRY, [("head_dim", "head_dim / 2")])
    assert freed.variables["head_dim"] == 64


def test_true_and_false_are_flags(folder):
    raw = {"format": "llm-designer", "variables": {"biased": True}, "tree": {"block": "stack"}}
    (folder / "a.json").write_text(json.dumps(raw))
    assert opened("a.json", REGISTRY, [("biased", "false")]).variables["biased"] is False
    assert opened("a.json", REGISTRY, [("biased", "True")]).variables["biased"] is True


def test_a_key_that_the_config_leaves_out_but_the_import_asks_for_can_be_set(folder):
    tied = {key: value for key, value in GPT2.items() if key != "tie_word_embeddings"}
    (folder / "a.json").write_text(json.dumps(tied))
    untied = opened("a.json", REGISTRY, [("tie_word_embeddings", "false")])
    assert total(untied) - total(opened("a.json", REGISTRY)) == 50257 * 768


def test_a_word_of_a_config_is_set_as_a_word():
    design = opened("gpt2", REGISTRY, [("activation_function", "relu")])
    assert {node.fields["activation"] for node in design.tree.walk() if "activation" in node.fields} == {
        "relu"
    }


def test_an_unknown_key_is_refused_with_the_nearest(folder):
    assert refusal("gpt2", ("n_layers", "3")) == (
        "n_layers: The design has no such variable; the nearest is n_layer."
    )
    (folder / "a.json").write_text(json.dumps({"format": "llm-designer", "tree": {"block": "stack"}}))
    assert refusal("a.json", ("x", "3")) == "x: The design has no such variable; it has none."


def test_a_variable_set_to_no_finite_number_is_refused():
    for number in (float("inf"), float("nan")):
        with pytest.raises(Refusal, match="no finite number"):
            varied(opened("gpt2", REGISTRY), [("n_embd", number)])
