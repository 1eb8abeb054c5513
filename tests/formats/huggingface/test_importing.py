"""Importing a config: what is refused, what is remarked on, and what is kept."""

from __future__ import annotations

import json

import pytest

from designer.design.expression import Expression
from designer.formats.huggingface.importing import design_of, keys_read
from designer.symbolic.issue import Refusal
from tests.formats.huggingface.configs import SMALL, config, imported, remarks
from tests.published import KINDS, MODELS, of_config

every_family = pytest.mark.parametrize("family", SMALL)

NEEDED = {
    "llama": ("hidden_size", "num_hidden_layers", "vocab_size"),
    "gpt2": ("n_embd", "n_layer", "vocab_size"),
    "bert": ("hidden_size", "num_hidden_layers", "vocab_size"),
    "albert": ("hidden_size", "num_hidden_layers", "vocab_size"),
    "gemma3_text": ("hidden_size", "num_hidden_layers", "vocab_size"),
    "deepseek_v3": ("hidden_size", "num_hidden_layers", "vocab_size"),
    "t5": ("d_model", "num_layers", "vocab_size"),
    "mamba2": ("hidden_size", "num_hidden_layers", "vocab_size"),
}


def refusal(raw, place="config.json"):
    with pytest.raises(Refusal) as found:
        design_of(raw, KINDS, place=place)
    assert str(found.value).endswith(".")
    return str(found.value)


@every_family
def test_every_family_counts_without_any_complaint(family):
    found = imported(family)
    assert found.total > 0
    assert found.tally.provisional == 0
    assert found.resolved.findings == ()
    assert remarks(family) == []


@pytest.mark.parametrize(("family", "key"), [(f, key) for f, keys in NEEDED.items() for key in keys])
def test_without_width_depth_or_vocabulary_there_is_nothing_to_count(family, key):
    for absent in (..., None):
        cause = refusal(config(family, **{key: absent}))
        assert cause == f"config.json: {key}: The key is missing, and nothing can be counted without it."


@pytest.mark.parametrize(
    ("value", "cause"),
    [
        (-1, "out of range: at least 1"),
        (0, "out of range: at least 1"),
        (10**18, "out of range"),
        (2.5, "must be a whole number"),
        ("4096", "must be a whole number"),
        (True, "must be a whole number"),
        ([4096], "must be a whole number"),
        ({"a": 1}, "must be a whole number"),
        (float("nan"), "must be a whole number"),
        (float("inf"), "must be a whole number"),
    ],
)
@every_family
def test_an_absurd_width_is_refused_by_its_key(family, value, cause):
    key = NEEDED[family][0]
    said = refusal(config(family, **{key: value}))
    assert said.startswith(f"config.json: {key}: ")
    assert cause in said


def test_a_whole_number_may_be_written_as_a_real():
    assert imported("llama", hidden_size=24.0).total == imported("llama").total
    assert type(imported("llama", hidden_size=24.0).design.variables["hidden_size"]) is int


@pytest.mark.parametrize(
    ("family", "keys", "cause"),
    [
        ("llama", {"attention_bias": "yes"}, "attention_bias: It must be true or false"),
        ("llama", {"rms_norm_eps": "small"}, "rms_norm_eps: It must be a number"),
        ("llama", {"hidden_act": 3}, "hidden_act: It must be a word"),
        ("llama", {"rope_scaling": [1]}, "rope_scaling: It must be an object"),
        ("gemma3_text", {"rope_parameters": 3}, "rope_parameters: It must be an object"),
        ("t5", {"feed_forward_proj": None, "d_ff": -1}, "d_ff: -1 is out of range"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_by_its_key(family, keys, cause):
    assert cause in refusal(config(family, **keys))


@pytest.mark.parametrize(
    ("raw", "cause"),
    [
        ({}, "It names no model_type"),
        ({"model_type": 3}, "It names no model_type"),
        ({"model_type": "lama"}, "Model type lama is not known; llama is."),
        ({"model_type": "bertt"}, "Model type bertt is not known; bert is."),
        ({"model_type": "quite_another"}, "known are albert, bert, deepseek_v3, gemma3_text"),
        ({"model_type": "importing"}, "Model type importing is not known"),
        ({"model_type": "../llama"}, "is not known"),
    ],
)
def test_an_unknown_model_type_is_told_with_the_likely_one(raw, cause):
    assert cause in refusal(raw)
    assert refusal(raw).startswith("config.json")
    assert not refusal(raw, place="").startswith(":")


@every_family
def test_a_key_that_nobody_knows_is_remarked_on(family):
    ((severity, key, cause),) = remarks(family, number_of_wings=2)
    assert (severity, key) == ("warning", "number_of_wings")
    assert cause == "The key is not known and was not used; if it changes a shape, the count misses it."


@every_family
def test_keys_of_every_config_that_change_no_shape_are_passed_over(family):
    bookkeeping = {
        "architectures": None,
        "bos_token_id": 1,
        "torch_dtype": "bfloat16",
        "dtype": "bfloat16",
        "transformers_version": "5.23.0",
        "use_cache": True,
        "initializer_range": 0.02,
        "_name_or_path": "x",
        "id2label": {"0": "a"},
    }
    assert remarks(family, **bookkeeping) == []


@every_family
def test_a_class_that_is_not_known_is_unsound_and_counts_the_rest(family):
    whole = imported(family)
    found = imported(family, architectures=["NeverHeardOfIt"])
    assert [r[:2] for r in remarks(family, architectures=["NeverHeardOfIt"])] == [
        ("unsound", "architectures")
    ]
    assert 0 < found.total <= whole.total
    assert found.by_category["attention"] == whole.by_category["attention"]


@pytest.mark.parametrize("architectures", [None, [], "LlamaModel", [3]])
def test_without_a_class_the_language_model_is_built(architectures):
    assert imported("llama", architectures=architectures).total == imported("llama").total


def test_another_class_may_be_asked_for():
    raw = config("bert", architectures=["BertForMaskedLM"])
    bare = design_of(raw, KINDS, architecture="BertModel", name="Mine")
    assert bare.source["architectures"] == ["BertModel"]
    assert bare.name == "Mine"
    assert of_config({**raw, "architectures": ["BertModel"]}).design.tree == bare.tree


@pytest.mark.parametrize("id", MODELS)
def test_the_source_is_kept_verbatim(id):
    raw = MODELS[id]["config"]
    kept = json.loads(json.dumps(raw))
    assert of_config(raw).design.source == kept == raw


@every_family
def test_variables_are_the_configs_own_whole_numbers(family):
    design = imported(family).design
    for name, value in design.variables.items():
        assert isinstance(value, (int, Expression)), name
        if name in SMALL[family]:
            assert value == SMALL[family][name]


def test_the_models_own_positions_are_a_number_a_variable_or_unsaid():
    assert imported("llama").positions == 2048
    assert imported("llama", max_position_embeddings=99).positions == 99
    assert imported("bert").design.positions == Expression("max_position_embeddings")
    assert imported("bert").positions == 17
    assert imported("t5").positions is None
    assert imported("mamba2").positions is None


@every_family
def test_the_keys_that_are_read_are_known_without_an_import(family):
    read = keys_read(config(family), KINDS)
    assert set(SMALL[family]) <= read | {"max_position_embeddings"}
    assert "number_of_wings" not in read
