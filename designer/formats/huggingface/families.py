"""The table of contents: every Hugging Face model type that is known, each in a file of its own."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from designer.formats.huggingface.parts import Family

FAMILIES: Mapping[str, str] = {
    "albert": "albert",
    "bert": "bert",
    "deepseek_v3": "deepseek_v3",
    "gemma3_text": "gemma3_text",
    "gpt2": "gpt2",
    "llama": "llama",
    "mamba2": "mamba2",
    "t5": "t5",
}


def family(model_type: str) -> Family | None:
    """The family of a model type; None where nobody knows it."""
    module = FAMILIES.get(model_type)
    return import_module(f"designer.formats.huggingface.{module}").FAMILY if module else None
