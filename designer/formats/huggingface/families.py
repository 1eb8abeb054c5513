"""The Hugging Face model types that are known: every module of this folder that declares a FAMILY."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from designer.formats import huggingface
from designer.formats.huggingface.parts import Family

NO_FAMILIES = frozenset(("config", "families", "importing", "parts"))
"""The modules here that are about all families."""


def model_types() -> list[str]:
    """The modules of families, each named as the model type it reads, `_` for `-`."""
    return sorted({module.name for module in iter_modules(huggingface.__path__)} - NO_FAMILIES)


def family(model_type: str) -> Family | None:
    """The family of a model type; None where nobody knows it."""
    name = model_type.replace("-", "_")
    return import_module(f"{huggingface.__name__}.{name}").FAMILY if name in model_types() else None
