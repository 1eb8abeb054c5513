"""The design's own file: JSON, versioned, written so that a diff reads."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from designer.design.expression import Expression
from designer.design.tree import Design, Group, Node, Pattern, Run, Setting
from designer.formats.atomic import replace_text
from designer.formats.design_reader import FORMAT, VERSION, read_design
from designer.formats.node_reader import NodeReader
from designer.formats.reading_json import Given, parse_object, read_object
from designer.symbolic.issue import Issue, Refusal, said
from designer.symbolic.registry import Registry
from designer.symbolic.scope import Stored

WIDE = 100
"""Characters that what a block says of itself may take on one line; beyond, each field has its own."""


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
    return read_design(Given(raw, place), registry)


def node_of(raw: Mapping[str, Any], registry: Registry, place: str) -> Node:
    """The node that a JSON object says, with an id of its own."""
    return NodeReader(registry).node(Given(raw, place, "node"))


def node_from_text(text: str, registry: Registry) -> Node:
    """A node written by `node_text`, with an id of its own."""
    return node_of(parse_object(text, "node"), registry, "")


def node_text(node: Node) -> str:
    """A node as JSON text, such as is dragged or copied."""
    return json.dumps(node_object(node), ensure_ascii=False)


def text_of(design: Design) -> str:
    """The file's text: keys in a fixed order, a node a paragraph."""
    head = {
        "format": FORMAT,
        "version": design.version,
        "name": design.name,
        "notes": design.notes,
        "variables": {name: _setting(value) for name, value in design.variables.items()},
        "scenario": {**asdict(design.scenario), **design.extra.get("scenario", {})},
        "positions": _setting(design.positions),
        "source": design.source,
        "remarks": [_remark(issue) for issue in design.remarks],
    }
    head.update({key: value for key, value in design.extra.items() if key != "scenario"})
    lines = [f"  {_line(key)}: {_spread(value, '  ')}," for key, value in head.items()]
    return "\n".join(["{", *lines, '  "tree":', _paragraph(node_object(design.tree), "  "), "}", ""])


def node_object(node: Node) -> dict[str, Any]:
    """A node as a JSON object."""
    written: dict[str, Any] = {"block": node.kind}
    for key, text in (("name", node.name), ("label", node.label), ("shares", node.shares)):
        if text:
            written[key] = text
    if node.names:
        written["names"] = {local: _stored(kept) for local, kept in node.names.items()}
    if node.fields:
        fields = {name: _setting(setting) for name, setting in node.fields.items()}
        written["fields"] = {**fields, **node.extra.get("fields", {})}
    written.update({key: value for key, value in node.extra.items() if key not in written})
    if node.inside:
        written["inside"] = [node_object(child) for child in node.inside]
    return written


def _setting(setting: Setting | Run) -> Any:
    if isinstance(setting, Expression):
        return setting.text if setting.last is None else {"text": setting.text, "last": setting.last}
    if isinstance(setting, Run):
        return {"value": _setting(setting.value), "times": _setting(setting.times)}
    if isinstance(setting, Pattern):
        first, cycle = ([_setting(entry) for entry in part] for part in (setting.first, setting.cycle))
        but = {str(round): _setting(entry) for round, entry in sorted(setting.but.items())}
        return {"first": first, "cycle": cycle, **({"but": but} if but else {})}
    if isinstance(setting, Group):
        fields = {name: _setting(value) for name, value in setting.fields.items()}
        return {"kind": setting.kind, **fields, **setting.extra}
    return node_object(setting) if isinstance(setting, Node) else setting


def _stored(kept: Stored) -> Any:
    if kept.layout == "plain" and not kept.also:
        return kept.name
    also = {"also": list(kept.also)} if kept.also else {}
    return {"name": kept.name, "layout": kept.layout, **also}


def _remark(issue: Issue) -> dict[str, Any]:
    fix = {} if issue.fix is None else {"fix": str(issue.fix)}
    return {"severity": issue.severity, "where": issue.where, "cause": str(issue.cause), **fix}


def _paragraph(node: Mapping[str, Any], indent: str) -> str:
    """A node's own keys on a line, its fields below, then what it holds, each a paragraph of its own."""
    head = {key: value for key, value in node.items() if key not in ("fields", "inside")}
    parts = [_line(head)[1:-1]] if head else []
    if "fields" in node:
        line = f'"fields": {_line(node["fields"])}'
        parts.append(line if len(line) <= WIDE else f'"fields": {_spread(node["fields"], indent + " ")}')
    if "inside" in node:
        parts.append(f'"inside": {_held(node["inside"], indent + " ")}')
    return f"{indent}{{" + f",\n{indent} ".join(parts) + "}"


def _held(inside: Any, indent: str) -> str:
    if not isinstance(inside, list) or not inside or not all(isinstance(child, Mapping) for child in inside):
        return _line(inside)
    return "[\n" + ",\n".join(_paragraph(child, indent + " ") for child in inside) + f"\n{indent}]"


def _spread(value: Any, indent: str) -> str:
    """An object or a list with each thing in it on a line of its own."""
    if isinstance(value, Mapping) and value:
        lines = [f"{indent}  {_line(key)}: {_line(item)}" for key, item in value.items()]
        return "{\n" + ",\n".join(lines) + f"\n{indent}}}"
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(f"{indent}  {_line(item)}" for item in value) + f"\n{indent}]"
    return _line(value)


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
