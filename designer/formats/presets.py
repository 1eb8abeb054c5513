"""Presets: well-known models, kept as their Hugging Face configs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from designer.formats.reading_json import read_object
from designer.symbolic.frozen import frozen
from designer.symbolic.resource import resource


@frozen
class Preset:
    """A model by its short name: its config, the class that is built, the published total and where both are
    from."""

    name: str
    title: str
    architecture: str
    model_type: str
    published: int
    source: str
    file: str

    def config(self) -> Mapping[str, Any]:
        """The config, its `architectures` naming this preset's class."""
        return {**read_object(resource("presets", self.file)), "architectures": [self.architecture]}


@lru_cache(maxsize=1)
def presets() -> Mapping[str, Preset]:
    """All presets by name, in order."""
    listed = read_object(resource("presets", "presets.json"))
    return {name: Preset(name=name, **entry) for name, entry in listed.items()}
