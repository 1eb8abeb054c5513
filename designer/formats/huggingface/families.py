"""The Hugging Face model types that are known: every module of this folder that declares a FAMILY."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from designer.formats import huggingface
from designer.formats.huggingface.parts import Family


def model_types() -> list[str]:
    """The modules of families, each named as the model type it reads, `_` for `-`."""
    return sorted(name for name in _modules() if family(name) is not None)


def family(model_type: str) -> Family | None:
    """The family of a model type; None where nobody knows it."""
    name = model_type.replace("-", "_")
    if name not in _modules():
        return None
    return getattr(import_module(f"{huggingface.__name__}.{name}"), "FAMILY", None)


def _modules() -> set[str]:
    return {module.name for module in iter_modules(huggingface.__path__)}
