"""How published checkpoints name their tensors."""

from __future__ import annotations

import pytest

from designer.analysis.measured import Measured
from designer.analysis.tensors import tensors
from designer.blocks.palette import registry
from designer.formats.checkpoint import Dialect
from designer.formats.huggingface.dialect import dialect_of
from designer.formats.huggingface.families import model_types
from designer.formats.opening import opened
from designer.formats.presets import presets

REGISTRY = registry()
HEADED = [name for name in presets() if ":" not in name]


def names(preset: str) -> list[str]:
    return [tensor.name for tensor in tensors(Measured(opened(preset, REGISTRY), REGISTRY).body)]


@pytest.mark.parametrize("preset", HEADED)
def test_nothing_that_a_design_means_is_spare(preset):
    dialect = dialect_of(presets()[preset].config())
    assert [name for name in names(preset) if dialect.skips(name)] == []


@pytest.mark.parametrize("preset", [name for name in HEADED if "t5" not in name])
def test_the_prefix_stands_before_the_names_of_the_bare_model(preset):
    prefix = dialect_of(presets()[preset].config()).prefix
    assert any(name.startswith(f"{prefix}.") for name in names(preset))


def test_published_experts_of_deepseek_are_those_of_its_design():
    dialect = dialect_of({"model_type": "deepseek_v3"})
    assert {ours for ours in dialect.hub if "experts" in ours} == {
        "mlp.experts.gate_up_proj",
        "mlp.experts.down_proj",
    }
    assert "model.layers.3.mlp.experts.gate_up_proj" in names("deepseek-v3")


def test_a_design_of_no_family_has_its_own_names_only():
    assert dialect_of({}) == dialect_of({"model_type": "nobody_knows"}) == Dialect()
    assert dialect_of({"model_type": 7}) == Dialect()


@pytest.mark.parametrize("kind", model_types())
def test_norms_of_every_family_may_have_the_names_of_tensorflow(kind):
    assert dialect_of({"model_type": kind}).hub["LayerNorm.weight"] == ("LayerNorm.gamma",)
