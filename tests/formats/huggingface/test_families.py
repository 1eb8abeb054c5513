"""The table of contents of model types: every module that declares a family."""

from __future__ import annotations

from designer.formats.huggingface.families import family, model_types
from tests.formats.huggingface.configs import SMALL


def test_every_family_of_the_folder_is_known_by_its_model_type():
    assert set(model_types()) == set(SMALL)
    assert list(model_types()) == sorted(model_types())
    for model_type in model_types():
        known = family(model_type)
        assert known is not None
        assert known.classes
    assert family("gemma3-text") is family("gemma3_text")
    for other in ("config", "importing", "parts", "families", "__init__", "", "nothing"):
        assert family(other) is None
