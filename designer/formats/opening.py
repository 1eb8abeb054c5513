"""What a person names, as a design: a file, a Hugging Face config, a folder that holds one, a preset."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from designer.design import edits
from designer.design.expression import Expression
from designer.design.grammar import BrokenExpression
from designer.design.notation import read_number
from designer.design.tree import Design
from designer.formats.design_json import design_from
from designer.formats.design_reader import FORMAT
from designer.formats.huggingface.importing import design_of, keys_read
from designer.formats.presets import presets
from designer.formats.reading_json import read_object
from designer.symbolic.issue import Refusal, said
from designer.symbolic.registry import Registry

Change = tuple[str, str]
"""A variable's or a config key's name, and what it is set to, as text."""


def opened(named: str, registry: Registry, changes: Sequence[Change] = ()) -> Design:
    """The design that is named, with changes made to it in order.

    An existing path beats a preset's name. A suffix names another class of the same config:
    `bert-base-uncased:encoder`.

    Raises:
        Refusal: where nothing of this name is there, or it cannot be read, or a change cannot be made.
    """
    path = Path(named)
    if path.exists():
        return _from_path(path, registry, changes)
    if named in presets():
        preset = presets()[named]
        return _from_config(preset.config(), registry, changes, place=named, name=named)
    raise Refusal(named, _unknown(named))


def _unknown(named: str) -> Any:
    near = get_close_matches(named, presets(), 1)
    if near:
        return said("There is no such file and no preset of this name; the nearest is {near}.", near=near[0])
    return said("There is no such file and no preset of this name; `llm-designer presets` lists them.")


def _from_path(path: Path, registry: Registry, changes: Sequence[Change]) -> Design:
    if path.is_dir():
        if not (path / "config.json").exists():
            raise Refusal(str(path), said("The folder holds no config.json."))
        return _from_file(path / "config.json", registry, changes, path.resolve().name)
    stem = path.resolve().parent.name if path.name == "config.json" else path.stem
    return _from_file(path, registry, changes, stem)


def _from_file(path: Path, registry: Registry, changes: Sequence[Change], stem: str) -> Design:
    raw = read_object(path)
    if raw.get("format") == FORMAT:
        design = design_from(raw, registry, str(path))
        return _varied(replace(design, name=design.name or stem), changes)
    if "model_type" not in raw:
        raise Refusal(
            str(path), said("It is neither a design nor a Hugging Face config: it has no model_type.")
        )
    given = raw.get("_name_or_path")
    name = given if isinstance(given, str) and given else stem
    return _from_config(raw, registry, changes, place=str(path), name=name)


def _from_config(
    raw: Mapping[str, Any], registry: Registry, changes: Sequence[Change], *, place: str, name: str
) -> Design:
    """A config's keys that shape the tree are changed in the config, before it is imported."""
    design = design_of(raw, registry, place=place, name=name)
    later: list[Change] = []
    for key, text in changes:
        if key in design.variables:
            later.append((key, text))
            continue
        if key not in raw and key not in keys_read(raw, registry):
            raise Refusal(key, _no_variable(key, {*design.variables, *raw}))
        raw = {**raw, key: _value(text)}
        design = design_of(raw, registry, place=place, name=name)
    return _varied(design, later)


def _varied(design: Design, changes: Sequence[Change]) -> Design:
    for name, text in changes:
        if name not in design.variables:
            raise Refusal(name, _no_variable(name, design.variables))
        expression = Expression(text, _last(design, name))
        broken = expression.broken(set(design.variables))
        if broken is not None:
            raise Refusal(name, broken.cause)
        design = edits.set_variable(design, name, _number(text) or expression)
    return design


def _last(design: Design, name: str) -> int | float | None:
    value = design.variables[name]
    return None if isinstance(value, Expression) else value


def _number(text: str) -> int | float | None:
    try:
        return read_number(text)
    except BrokenExpression:
        return None


def _value(text: str) -> Any:
    words = {"true": True, "false": False, "null": None, "none": None}
    if text.lower() in words:
        return words[text.lower()]
    number = _number(text)
    return text if number is None else number


def _no_variable(name: str, known: Any) -> Any:
    near = get_close_matches(name, list(known), 1)
    if near:
        return said("The design has no such variable; the nearest is {near}.", near=near[0])
    return said("The design has no such variable; it has {names}.", names=", ".join(known) or "none")
