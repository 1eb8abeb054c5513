"""The built-in models: what each is, and that its files are all there."""

from __future__ import annotations

import pytest

from designer.analysis.issues import issues
from designer.analysis.measured import Measured
from designer.formats.opening import opened
from designer.formats.presets import presets
from designer.symbolic.resource import resource
from tests.formats.designs import REGISTRY

NAMES = [
    "gpt2",
    "gpt2-medium",
    "gpt2-large",
    "gpt2-xl",
    "bert-base-uncased",
    "bert-base-uncased:encoder",
    "bert-large-uncased",
    "bert-large-uncased:encoder",
    "llama-2-7b",
    "llama-3-8b",
    "llama-3.1-70b",
    "llama-3.1-405b",
    "gemma-3-270m",
    "gemma-3-1b",
    "deepseek-v3",
    "flan-t5-base",
    "flan-t5-xxl",
    "albert-base-v2",
    "mamba2-130m",
]


def test_there_are_all_that_are_promised_in_order():
    assert list(presets()) == NAMES


def test_every_file_belongs_to_a_preset():
    files = {path.name for path in resource("presets").glob("*.json")} - {"presets.json"}
    assert files == {preset.file for preset in presets().values()}


@pytest.mark.parametrize("name", NAMES)
def test_a_preset_says_what_its_config_says(name):
    preset = presets()[name]
    config = preset.config()
    assert config["model_type"] == preset.model_type
    assert config["architectures"] == [preset.architecture]
    assert preset.title
    assert "/" in preset.source


@pytest.mark.parametrize("name", NAMES)
def test_a_preset_counts_what_was_published_and_has_no_fault(name):
    measured = Measured(opened(name, REGISTRY), REGISTRY)
    assert measured.total == presets()[name].published
    assert all(issue.severity == "note" for issue in issues(measured))


def test_a_preset_is_literal_so_that_every_key_has_its_own_value():
    assert opened("llama-3-8b", REGISTRY).variables["intermediate_size"] == 14336
