"""Blocks of the design's file, read: what is understood becomes data, what is not is kept verbatim."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any, cast, get_args

from designer.design.expression import Expression
from designer.design.making import as_setting
from designer.design.tree import Group, Node, Number, Pattern, Run, Setting
from designer.formats.reading_json import Given, described
from designer.symbolic.block import Block
from designer.symbolic.field import Declared, Field
from designer.symbolic.frozen import frozen
from designer.symbolic.registry import Registry
from designer.symbolic.schedule import LONGEST
from designer.symbolic.scope import Layout, Stored

DEEPEST = 64
"""Blocks within blocks; nobody nests deeper by hand."""


@frozen
class NodeReader:
    """Reads blocks. `variables` are the names that expressions may use; None where nobody knows them."""

    registry: Registry
    variables: Collection[str] | None = None

    def node(self, given: Given, depth: int = 0) -> Node:
        """One block with what it holds."""
        if depth > DEEPEST:
            raise given.refused("Blocks are nested more than {n} deep.", n=DEEPEST)
        kind = given.object().get("block")
        if not isinstance(kind, str):
            raise given.refused('A block needs its kind, as in "block": "attention".')
        node = Node(
            kind,
            inside=tuple(self.node(child, depth + 1) for child in given.get("inside", []).items()),
            name=given.get("name", "").text(),
            names={local: _stored(kept) for local, kept in given.get("names", {}).fields()},
            shares=given.get("shares", "").text(),
            label=given.get("label", "").text(),
        )
        made, settings = self.registry.block(kind), given.get("fields", {})
        if made is None:
            settings.object()
            kept = without(given.raw, ("block", "name", "label"))
            return Node(kind, name=node.name, label=node.label, extra=kept)
        known, unknown = self._fields(made, settings, depth)
        extra = without(given.raw, _UNDERSTOOD) | ({"fields": unknown} if unknown else {})
        return replace(node, fields=known, extra=extra)

    def number(self, given: Given) -> Number | Expression:
        """A number, true or false, or an expression."""
        return given.raw if isinstance(given.raw, (bool, int, float)) else self._expression(given)

    def _expression(self, given: Given) -> Expression:
        """Text that can be read; or `{"text", "last"}`, which counts as `last` while it cannot."""
        text, last = given, None
        if isinstance(given.raw, dict):
            given.only("text", "last")
            text, last = given.get("text"), given.get("last").raw
            if not isinstance(last, (bool, int, float, type(None))):
                raise given.get("last").refused("{value} is no number.", value=described(last))
        if not isinstance(text.raw, str):
            raise text.refused("{value} is neither a number nor an expression.", value=described(text.raw))
        expression = Expression(text.raw, last)
        if last is None and (broken := expression.broken(self.variables)) is not None:
            raise given.refused_for(broken.cause)
        return expression

    def _fields(
        self, made: type[Declared], given: Given, depth: int
    ) -> tuple[dict[str, Setting], dict[str, Any]]:
        """(the fields that a kind declares, defaults too; those that it does not)."""
        raw, known = given.object(), dict[str, Setting]()
        for name, field in made.fields().items():
            if name not in raw:
                known[name] = as_setting(field.default)
            elif not _is_pattern(raw[name]):
                known[name] = self._value(field, given.get(name), depth)
            elif issubclass(made, Block):
                known[name] = self._pattern(field, given.get(name), depth)
            else:
                raise given.get(name).refused("Only a block's own fields can follow a pattern.")
        return known, without(raw, made.fields())

    def _value(self, field: Field, given: Given, depth: int) -> Setting:
        if given.raw is None:
            if not field.optional:
                raise given.refused("{label} cannot be left out.", label=field.label)
            return None
        if field.kind == "choice":
            return given.text()
        if field.kind == "block":
            return self.node(given, depth + 1)
        return self._group(field, given, depth) if field.kind == "value" else self._plain(field, given)

    def _plain(self, field: Field, given: Given) -> Number | Expression:
        if isinstance(given.raw, (str, dict)):
            return self._expression(given)
        fits = {"count": int, "flag": bool, "real": (int, float)}[field.kind]
        if not isinstance(given.raw, fits) or (isinstance(given.raw, bool) and field.kind != "flag"):
            value = described(given.raw)
            raise given.refused("{value} does not do for {label}.", value=value, label=field.label)
        return given.raw

    def _group(self, field: Field, given: Given, depth: int) -> Group:
        kind = given.object().get("kind")
        if not isinstance(kind, str):
            raise given.refused('A value needs its kind, as in "kind": "rope".')
        made = self.registry.get(kind) if kind in field.of else None
        inner = replace(given, raw=without(given.raw, ("kind",)))
        known, unknown = ({}, inner.raw) if made is None else self._fields(made, inner, depth)
        return Group(kind, known, unknown)

    def _pattern(self, field: Field, given: Given, depth: int) -> Pattern:
        given.only("first", "cycle", "but")
        if not given.get("cycle").items():
            raise given.get("cycle").refused("A pattern needs at least one value in its cycle.")
        first, cycle = (
            tuple(self._entry(field, entry, depth) for entry in given.get(key, []).items())
            for key in ("first", "cycle")
        )
        exceptions = given.get("but", {}).fields()
        return Pattern(first, cycle, {_round(key, e): self._value(field, e, depth) for key, e in exceptions})

    def _entry(self, field: Field, given: Given, depth: int) -> Setting | Run:
        if not (isinstance(given.raw, dict) and "times" in given.raw and "value" in given.raw):
            return self._value(field, given, depth)
        given.only("value", "times")
        times = given.get("times")
        rounds = self._expression(times) if isinstance(times.raw, (str, dict)) else _rounds(times)
        return Run(self._value(field, given.get("value"), depth), rounds)


def without(raw: Mapping[str, Any], keys: Collection[str]) -> dict[str, Any]:
    """What an object holds besides these keys."""
    return {key: value for key, value in raw.items() if key not in keys}


def _is_pattern(raw: Any) -> bool:
    return isinstance(raw, dict) and "cycle" in raw


def _round(key: str, given: Given) -> int:
    number = int(key) if key.isascii() and key.isdecimal() and len(key) < 10 else LONGEST
    if str(number) != key or number >= LONGEST:
        raise given.refused("It is no number of a layer, from 0 to {last:,}.", last=LONGEST - 1)
    return number


def _rounds(given: Given) -> int:
    if isinstance(given.raw, bool) or not isinstance(given.raw, int) or not 0 <= given.raw <= LONGEST:
        raise given.refused("{value} is no number of layers.", value=described(given.raw))
    return given.raw


def _stored(given: Given) -> Stored:
    """A checkpoint's name for a part, alone or with how it is kept."""
    if isinstance(given.raw, str):
        return Stored(given.raw)
    given.only("name", "layout", "also")
    layout = cast(Layout, given.get("layout", "plain").one_of(get_args(Layout)))
    others = tuple(other.text() for other in given.get("also", []).items())
    return Stored(given.get("name").text(), layout, others)


_UNDERSTOOD = ("block", "name", "label", "shares", "names", "fields", "inside")
