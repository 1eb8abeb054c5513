"""The design's own file: JSON, versioned, written so that a diff reads."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from designer.design.expression import Expression
from designer.design.tree import Design, Group, Node, Pattern, Run, Setting
from designer.formats.atomic import replace_text
from designer.formats.design_reader import FORMAT, VERSION, Reader
from designer.formats.reading_json import parse_object, read_object
from designer.symbolic.issue import Issue, Refusal, said
from designer.symbolic.registry import Registry
from designer.symbolic.scope import Stored


def load(path: Path, registry: Registry) -> Design:
    """The design in a file.

    Raises:
        Refusal: where it cannot be read or is no design; with the place in the file.
    """
    return design_from(read_object(path), registry, str(path))


def save(design: Design, path: Path) -> None:
    """Write a design to a file, whole or not at all.

    Raises:
        Refusal: where it cannot be written, or would replace a file of a newer version.
    """
    if design.version > VERSION and path.exists():
        cause = said("It was written by a newer version of the program: save it under another name.")
        raise Refusal(str(path), cause)
    replace_text(path, text_of(design))


def design_from(raw: Mapping[str, Any], registry: Registry, place: str) -> Design:
    """The design that a JSON object says; `place` is what refusals name."""
    return Reader(registry, place).design(raw)


def node_of(raw: Mapping[str, Any], registry: Registry, place: str) -> Node:
    """The node that a JSON object says, with an id of its own."""
    return Reader(registry, place).node(raw, "node", 0)


def node_from_text(text: str, registry: Registry) -> Node:
    """A node written by `node_text`, with an id of its own."""
    return node_of(parse_object(text, "node"), registry, "")


def node_text(node: Node) -> str:
    """A node as JSON text, such as is dragged or copied."""
    return json.dumps(node_object(node), ensure_ascii=False)


def text_of(design: Design) -> str:
    """The file's text: keys in a fixed order, a node a paragraph."""
    head: dict[str, Any] = {"format": FORMAT, "version": design.version, "name": design.name}
    head["notes"] = design.notes
    head["variables"] = {name: _setting(value) for name, value in design.variables.items()}
    head["scenario"] = asdict(design.scenario)
    head["positions"] = _setting(design.positions)
    head["source"] = design.source
    head["remarks"] = [_issue(issue) for issue in design.remarks]
    head.update(design.extra)
    lines = [f"  {_line(key)}: {_indented(value)}," for key, value in head.items()]
    tree = "\n".join(_node_lines(node_object(design.tree), "  "))
    return "\n".join(["{", *lines, '  "tree":', tree, "}", ""])


def node_object(node: Node) -> dict[str, Any]:
    """A node as a JSON object."""
    if "block" in node.extra:  # a kind that nobody knew: as it was read
        return dict(node.extra)
    written: dict[str, Any] = {"block": node.kind}
    for key, text in (("name", node.name), ("label", node.label), ("shares", node.shares)):
        if text:
            written[key] = text
    if node.names:
        written["names"] = {local: _stored(kept) for local, kept in node.names.items()}
    fields = {name: _setting(setting) for name, setting in node.fields.items()}
    fields.update(node.extra.get("fields", {}))
    if fields:
        written["fields"] = fields
    written.update({key: value for key, value in node.extra.items() if key != "fields"})
    if node.inside:
        written["inside"] = [node_object(child) for child in node.inside]
    return written


def _setting(setting: Setting | Run) -> Any:
    if isinstance(setting, Expression):
        if setting.broken() is not None:
            return {"text": setting.text, "last": setting.last}
        return setting.text
    if isinstance(setting, Run):
        return {"value": _setting(setting.value), "times": _setting(setting.times)}
    if isinstance(setting, Pattern):
        written: dict[str, Any] = {"first": [_setting(e) for e in setting.first]}
        written["cycle"] = [_setting(e) for e in setting.cycle]
        if setting.but:
            written["but"] = {str(i): _setting(e) for i, e in sorted(setting.but.items())}
        return written
    if isinstance(setting, Group):
        inner = {name: _setting(value) for name, value in setting.fields.items()}
        return {"kind": setting.kind, **inner, **setting.extra}
    return node_object(setting) if isinstance(setting, Node) else setting


def _stored(kept: Stored) -> Any:
    if kept.layout == "plain" and not kept.also:
        return kept.name
    written: dict[str, Any] = {"name": kept.name, "layout": kept.layout}
    if kept.also:
        written["also"] = list(kept.also)
    return written


def _issue(issue: Issue) -> dict[str, Any]:
    return {"severity": issue.severity, "where": issue.where, "cause": str(issue.cause)}


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _indented(value: Any) -> str:
    if isinstance(value, Mapping) and value:
        inner = ",\n".join(f"    {_line(key)}: {_line(item)}" for key, item in value.items())
        return f"{{\n{inner}\n  }}"
    if isinstance(value, list) and value:
        inner = ",\n".join(f"    {_line(item)}" for item in value)
        return f"[\n{inner}\n  ]"
    return _line(value)


def _node_lines(node: Mapping[str, Any], indent: str) -> Iterator[str]:
    inside = node.get("inside")
    head = {key: value for key, value in node.items() if key not in ("inside", "fields")}
    text = _line(head)[:-1]
    if "fields" in node:
        text += f',\n{indent} "fields": {_line(node["fields"])}'
    if not isinstance(inside, list) or not inside or not all(isinstance(child, dict) for child in inside):
        yield (
            f"{indent}{text}}}"
            if inside is None
            else f'{indent}{text},\n{indent} "inside": {_line(inside)}}}'
        )
        return
    yield f'{indent}{text},\n{indent} "inside": ['
    for child in inside[:-1]:
        yield "\n".join(_node_lines(child, indent + "  ")) + ","
    yield "\n".join(_node_lines(inside[-1], indent + "  "))
    yield f"{indent} ]}}"
