"""The design's file, read: the document around the tree."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, cast, get_args

from designer.design.expression import Expression
from designer.design.scenario import Scenario
from designer.design.tree import Design, Number
from designer.formats.node_reader import NodeReader, without
from designer.formats.reading_json import Given, described
from designer.symbolic.issue import Issue, Refusal, Said, Severity
from designer.symbolic.registry import Registry

FORMAT = "llm-designer"
VERSION = 1

_UNDERSTOOD = (
    "format",
    "version",
    "name",
    "notes",
    "variables",
    "scenario",
    "positions",
    "source",
    "remarks",
    "tree",
)


def read_design(given: Given, registry: Registry) -> Design:
    """The design that a JSON object says.

    Raises:
        Refusal: where it is none, with the place in it.
    """
    if given.object().get("format") != FORMAT:
        raise given.get("format").refused("It is no design of this program.")
    variables = given.get("variables", {})
    nodes = NodeReader(registry, variables.object())
    scenario, unknown = _scenario(given.get("scenario", {}))
    return Design(
        tree=nodes.node(given.get("tree")),
        name=given.get("name", "").text(),
        notes=given.get("notes", "").text(),
        variables={name: _variable(name, value, nodes) for name, value in variables.fields()},
        scenario=scenario,
        positions=_positions(given.get("positions"), nodes),
        source=given.get("source", {}).object(),
        remarks=tuple(_remark(remark) for remark in given.get("remarks", []).items()),
        extra=without(given.raw, _UNDERSTOOD) | ({"scenario": unknown} if unknown else {}),
        version=_version(given.get("version", VERSION)),
    )


def _version(given: Given) -> int:
    if isinstance(given.raw, bool) or not isinstance(given.raw, int) or given.raw < 1:
        raise given.refused("{value} is no version.", value=described(given.raw))
    return given.raw


def _variable(name: str, given: Given, nodes: NodeReader) -> Number | Expression:
    if not (name.isidentifier() and Expression(name).is_plain):
        raise given.refused("It cannot name a variable: letters, digits and _ only, a letter first.")
    return nodes.number(given)


def _scenario(given: Given) -> tuple[Scenario, dict[str, Any]]:
    """(the scenario, what of it is not understood)."""
    understood = [field.name for field in fields(Scenario)]
    said = {key: value for key, value in given.object().items() if key in understood and value is not None}
    try:
        return Scenario(**said), without(given.raw, understood)
    except Refusal as refusal:
        raise given.get(refusal.place).refused_for(refusal.cause) from refusal


def _positions(given: Given, nodes: NodeReader) -> int | Expression | None:
    if given.raw is None:
        return None
    positions = nodes.number(given)
    if isinstance(positions, Expression) or (type(positions) is int and positions > 0):
        return positions
    raise given.refused("{value} is no number of positions.", value=described(positions))


def _remark(given: Given) -> Issue:
    severity = given.get("severity", "note").one_of(get_args(Severity))
    fix = given.get("fix").raw
    return Issue(
        cast(Severity, severity),
        _spoken(given.get("cause", "")),
        given.get("where", "").text(),
        fix=None if fix is None else _spoken(given.get("fix")),
    )


def _spoken(given: Given) -> Said:
    return Said("{text}", {"text": given.text()})
