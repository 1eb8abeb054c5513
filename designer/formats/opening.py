"""What a person names, as a design: a file, a Hugging Face config, a folder that holds one, a preset."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from math import isfinite
from pathlib import Path
from typing import Any

from designer.design import edits
from designer.design.expression import Expression
from designer.design.grammar import BrokenExpression
from designer.design.notation import read_number
from designer.design.tree import Design, Number
from designer.design.variables import needed, valued
from designer.formats.huggingface.importing import design_of, keys_read
from designer.formats.presets import presets
from designer.formats.reading_json import read_object
from designer.symbolic.issue import Refusal, Said, said
from designer.symbolic.likely import likely
from designer.symbolic.registry import Registry

Change = tuple[str, str | Number]
"""A variable's or a config key's name, and what it is set to: a number, or an expression as text."""

WORDS: Mapping[str, bool | None] = {"true": True, "false": False, "null": None, "none": None}


def opened(named: str, registry: Registry, changes: Sequence[Change] = ()) -> Design:
    """The design that is named, with changes made to it in order.

    An existing path beats a preset's name. A suffix names another class of the same config:
    `bert-base-uncased:encoder`.

    Raises:
        Refusal: where nothing of this name is there, or it cannot be read, or a change cannot be made.
    """
    path = Path(named)
    try:
        exists = path.exists()
    except OSError as error:
        raise Refusal(named, said("It cannot be read: {cause}.", cause=error.strerror or error)) from error
    if exists:
        return _from_path(path, registry, changes)
    if named in presets():
        return _from_config(presets()[named].config(), registry, changes, place=named, name=named)
    raise Refusal(named, _unknown(named))


def varied(design: Design, changes: Sequence[Change]) -> Design:
    """The design with variables set, in order.

    Raises:
        Refusal: for a variable that the design does not have, and an expression that comes to nothing.
    """
    for name, given in changes:
        if name not in design.variables:
            raise Refusal(name, _no_variable(name, design.variables, name in design.source))
        design = edits.set_variable(design, name, _wanted(design, name, given))
    return design


def _unknown(named: str) -> Said:
    near = likely(named, presets())
    if near:
        return said("There is no such file and no preset of this name; the nearest is {near}.", near=near[0])
    return said("There is no such file and no preset of this name; `llm-designer presets` lists them.")


def _from_path(path: Path, registry: Registry, changes: Sequence[Change]) -> Design:
    from designer.formats.design_json import design_from  # a preset, and so the first frame, does without it
    from designer.formats.design_reader import FORMAT

    if path.is_dir():
        if not (path / "config.json").exists():
            raise Refusal(str(path), said("The folder holds no config.json."))
        path = path / "config.json"
    raw = read_object(path)
    stem = path.resolve().parent.name if path.name == "config.json" else path.stem
    if raw.get("format") == FORMAT:
        design = design_from(raw, registry, str(path))
        return varied(replace(design, name=design.name or stem), changes)
    if "model_type" not in raw:
        cause = said("It is neither a design nor a Hugging Face config: it has no model_type.")
        raise Refusal(str(path), cause)
    given = raw.get("_name_or_path")
    name = given if isinstance(given, str) and given else stem
    return _from_config(raw, registry, changes, place=str(path), name=name)


def _from_config(
    raw: Mapping[str, Any], registry: Registry, changes: Sequence[Change], *, place: str, name: str
) -> Design:
    """A config's keys that shape the tree are changed in the config, before it is imported."""
    design = design_of(raw, registry, place=place, name=name)
    later: list[Change] = []
    for key, given in changes:
        if key in design.variables:
            later.append((key, given))
            continue
        if key not in raw and key not in keys_read(raw, registry):
            raise Refusal(key, _no_variable(key, (*design.variables, *raw)))
        raw = {**raw, key: _in_config(design, given)}
        design = design_of(raw, registry, place=place, name=name)
    return varied(design, later)


def _in_config(design: Design, given: str | Number) -> Any:
    """What a config's key is set to: true, false or null, what an expression comes to, else a word."""
    if not isinstance(given, str):
        return given
    if given.lower() in WORDS:
        return WORDS[given.lower()]
    try:
        return Expression(given).evaluate(valued(design.variables).numbers)
    except BrokenExpression:
        return given


def _wanted(design: Design, name: str, given: str | Number) -> Number | Expression:
    if not isinstance(given, str):
        if not isfinite(given):
            raise Refusal(name, said("{given} is no finite number.", given=given))
        return given
    if (known := WORDS.get(given.lower())) is not None:
        return known
    try:
        return read_number(given)
    except Refusal:
        return _expressed(design, name, Expression(given))


def _expressed(design: Design, name: str, expression: Expression) -> Number | Expression:
    """The expression; what names itself is worked out from what it was before."""
    numbers = valued(design.variables).numbers
    try:
        number = expression.evaluate(numbers)
    except BrokenExpression as broken:
        raise Refusal(name, broken.cause) from broken
    if name in expression.names:
        return number
    if name in needed(design.variables, expression.names):
        raise Refusal(name, said("{text} depends on {name} itself.", text=expression.text, name=name))
    return expression


def _no_variable(name: str, known: Iterable[str], in_source: bool = False) -> Said:
    if in_source:
        return said("It is no variable of this design; it can be set only on the config itself.")
    known = list(dict.fromkeys(known))
    near = likely(name, known)
    if near:
        return said("The design has no such variable; the nearest is {near}.", near=near[0])
    return said("The design has no such variable; it has {names}.", names=", ".join(known) or "none")
