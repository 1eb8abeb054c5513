"""The design's file, read: what is understood becomes data, what is not is kept verbatim."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from designer.design.expression import Expression
from designer.design.making import as_setting
from designer.design.scenario import BITS, Scenario
from designer.design.tree import Design, Group, Node, Number, Pattern, Run, Setting
from designer.symbolic.block import Block
from designer.symbolic.field import Declared, Field
from designer.symbolic.issue import Issue, Refusal, Said, said
from designer.symbolic.registry import Registry
from designer.symbolic.scope import Stored

FORMAT = "llm-designer"
VERSION = 1
DEEPEST = 64
"""Blocks within blocks; nobody nests deeper by hand."""
LONGEST = 100_000
"""Rounds that a pattern may name one by one."""


class Reader:
    """Reads one file. `place` names it in refusals."""

    def __init__(self, registry: Registry, place: str) -> None:
        self.registry, self.place = registry, place

    def design(self, raw: Mapping[str, Any]) -> Design:
        """The whole document."""
        if raw.get("format") != FORMAT:
            raise self._refusal("format", said("It is no design of this program."))
        if not isinstance(raw.get("tree"), dict):
            raise self._refusal("tree", said("The design has no tree of blocks."))
        version = raw.get("version", VERSION)
        if isinstance(version, bool) or not isinstance(version, int) or version < 1:
            raise self._refusal("version", said("{value!r} is no version.", value=version))
        variables = self._variables(self._object(raw.get("variables", {}), "variables"))
        return Design(
            tree=self.node(raw["tree"], "tree", 0),
            name=self._text(raw.get("name", ""), "name"),
            notes=self._text(raw.get("notes", ""), "notes"),
            variables=variables,
            scenario=self._scenario(self._object(raw.get("scenario", {}), "scenario")),
            positions=self._positions(raw.get("positions")),
            source=self._object(raw.get("source", {}), "source"),
            remarks=self._remarks(raw.get("remarks", [])),
            extra={key: value for key, value in raw.items() if key not in _DESIGN},
            version=version,
        )

    def node(self, raw: Any, at: str, depth: int) -> Node:
        """One block with what it holds."""
        raw = self._object(raw, at)
        if depth > DEEPEST:
            raise self._refusal(at, said("Blocks are nested more than {n} deep.", n=DEEPEST))
        kind = raw.get("block")
        if not isinstance(kind, str):
            raise self._refusal(at, said('A block needs its kind, as in "block": "attention".'))
        made = self.registry.get(kind)
        name = self._text(raw.get("name", ""), f"{at}.name")
        if made is None or not issubclass(made, Block):
            return Node(kind, name=name, extra=dict(raw))
        fields, unknown = self._fields(made, raw.get("fields", {}), f"{at}.fields", depth)
        extra = {key: value for key, value in raw.items() if key not in _NODE}
        inside = raw.get("inside", [])
        if not isinstance(inside, list):
            raise self._refusal(f"{at}.inside", said("It must be a list of blocks."))
        return Node(
            kind,
            fields,
            tuple(self.node(child, f"{at}.inside[{i}]", depth + 1) for i, child in enumerate(inside)),
            name,
            self._names(raw.get("names", {}), f"{at}.names"),
            self._text(raw.get("shares", ""), f"{at}.shares"),
            self._text(raw.get("label", ""), f"{at}.label"),
            {**extra, **({"fields": unknown} if unknown else {})},
        )

    def _fields(
        self, made: type[Declared], raw: Any, at: str, depth: int
    ) -> tuple[dict[str, Setting], dict[str, Any]]:
        raw = self._object(raw, at)
        declared = made.fields()
        fields = {}
        for name, field in declared.items():
            if name in raw:
                fields[name] = self._setting(field, raw[name], f"{at}.{name}", depth)
            else:
                fields[name] = as_setting(field.default)
        return fields, {name: value for name, value in raw.items() if name not in declared}

    def _setting(self, field: Field, raw: Any, at: str, depth: int) -> Setting:
        if isinstance(raw, dict) and "cycle" in raw:
            return self._pattern(field, raw, at, depth)
        if raw is None:
            if not field.optional:
                raise self._refusal(at, said("{label} cannot be left out.", label=field.label))
            return None
        if field.kind in ("count", "real", "flag"):
            return self._number(field, raw, at)
        if field.kind == "choice":
            return self._text(raw, at)
        if field.kind == "block":
            return self.node(raw, at, depth + 1)
        return self._group(raw, at, depth)

    def _number(self, field: Field, raw: Any, at: str) -> Number | Expression:
        if isinstance(raw, (str, dict)):
            return self._expression(raw, at)
        fits = {"count": int, "flag": bool, "real": (int, float)}[field.kind]
        if not isinstance(raw, fits) or (isinstance(raw, bool) and field.kind != "flag"):
            raise self._refusal(at, said("{value!r} does not do for {label}.", value=raw, label=field.label))
        return raw

    def _expression(self, raw: Any, at: str) -> Expression:
        text, last = (raw.get("text"), raw.get("last")) if isinstance(raw, dict) else (raw, None)
        if not isinstance(text, str):
            raise self._refusal(at, said("It is neither a number nor an expression."))
        if last is not None and (isinstance(last, bool) or not isinstance(last, (int, float))):
            raise self._refusal(at, said("Its last value {value!r} is no number.", value=last))
        expression = Expression(text, last)
        broken = expression.broken()
        if broken is not None and last is None:
            raise self._refusal(at, broken.cause)
        return expression

    def _group(self, raw: Any, at: str, depth: int) -> Group:
        raw = self._object(raw, at)
        kind = raw.get("kind")
        if not isinstance(kind, str):
            raise self._refusal(at, said('A value needs its kind, as in "kind": "rope".'))
        made = self.registry.get(kind)
        inner = {key: value for key, value in raw.items() if key != "kind"}
        if made is None:
            return Group(kind, {}, inner)
        fields, unknown = self._fields(made, inner, at, depth + 1)
        return Group(kind, fields, unknown)

    def _pattern(self, field: Field, raw: Mapping[str, Any], at: str, depth: int) -> Pattern:
        def entries(key: str) -> tuple[Setting | Run, ...]:
            given = raw.get(key, [])
            if not isinstance(given, list) or len(given) > LONGEST:
                raise self._refusal(f"{at}.{key}", said("It must be a list of values."))
            return tuple(self._entry(field, e, f"{at}.{key}[{i}]", depth) for i, e in enumerate(given))

        if not raw["cycle"]:
            raise self._refusal(f"{at}.cycle", said("A pattern needs at least one value in its cycle."))
        but = {}
        for key, value in self._object(raw.get("but", {}), f"{at}.but").items():
            if not (key.isascii() and key.isdigit() and int(key) < LONGEST):
                raise self._refusal(f"{at}.but", said("{key!r} is no number of a layer.", key=key))
            but[int(key)] = self._setting(field, value, f"{at}.but.{key}", depth)
        return Pattern(entries("first"), entries("cycle"), but)

    def _entry(self, field: Field, raw: Any, at: str, depth: int) -> Setting | Run:
        if not (isinstance(raw, dict) and "times" in raw and "value" in raw):
            return self._setting(field, raw, at, depth)
        times = raw["times"]
        if isinstance(times, (str, dict)):
            times = self._expression(times, f"{at}.times")
        elif isinstance(times, bool) or not isinstance(times, int) or not 0 <= times <= LONGEST:
            raise self._refusal(f"{at}.times", said("{value!r} is no number of layers.", value=times))
        return Run(self._setting(field, raw["value"], f"{at}.value", depth), times)

    def _names(self, raw: Any, at: str) -> dict[str, Stored]:
        names = {}
        for local, kept in self._object(raw, at).items():
            inner = kept if isinstance(kept, dict) else {"name": kept}
            layout, also = inner.get("layout", "plain"), inner.get("also", [])
            if layout not in ("plain", "transposed"):
                raise self._refusal(f"{at}.{local}", said("{value!r} is no layout.", value=layout))
            if not isinstance(also, list):
                raise self._refusal(f"{at}.{local}.also", said("It must be a list of names."))
            others = tuple(self._text(other, f"{at}.{local}.also") for other in also)
            names[local] = Stored(self._text(inner.get("name"), f"{at}.{local}"), layout, others)
        return names

    def _variables(self, raw: Mapping[str, Any]) -> dict[str, Number | Expression]:
        variables = {}
        for name, value in raw.items():
            at = f"variables.{name}"
            if not name.isidentifier():
                raise self._refusal(at, said("{name!r} is no name of a variable.", name=name))
            if isinstance(value, (bool, int, float)):
                variables[name] = value
            else:
                variables[name] = self._expression(value, at)
        return variables

    def _scenario(self, raw: Mapping[str, Any]) -> Scenario:
        legal = {"weights": BITS, "cache": BITS, "convention": ("causal", "dense")}
        for key, words in legal.items():
            if key in raw and raw[key] not in words:
                raise self._refusal(f"scenario.{key}", said("{value!r} is none of {words}.", value=raw[key],
                                                            words=", ".join(words)))  # fmt: skip
        for key in ("batch", "context"):
            number = raw.get(key)
            if number is not None and (isinstance(number, bool) or not isinstance(number, int) or number < 1):
                raise self._refusal(
                    f"scenario.{key}", said("{value!r} is no number of 1 or more.", value=number)
                )
        known = {key: raw[key] for key in ("batch", "context", *legal) if raw.get(key) is not None}
        return Scenario(**known)

    def _positions(self, raw: Any) -> int | Expression | None:
        if raw is None or (isinstance(raw, int) and not isinstance(raw, bool) and raw > 0):
            return raw
        return self._expression(raw, "positions")

    def _remarks(self, raw: Any) -> tuple[Issue, ...]:
        if not isinstance(raw, list):
            raise self._refusal("remarks", said("It must be a list."))
        remarks = []
        for i, given in enumerate(raw):
            at = f"remarks[{i}]"
            given = self._object(given, at)
            severity = given.get("severity", "note")
            if severity not in ("note", "warning", "unsound"):
                raise self._refusal(f"{at}.severity", said("{value!r} is no severity.", value=severity))
            cause = Said("{text}", {"text": self._text(given.get("cause", ""), f"{at}.cause")})
            remarks.append(Issue(severity, cause, self._text(given.get("where", ""), f"{at}.where")))
        return tuple(remarks)

    def _object(self, raw: Any, at: str) -> Mapping[str, Any]:
        if not isinstance(raw, dict):
            raise self._refusal(at, said("It must be an object, not {value!r}.", value=raw))
        return raw

    def _text(self, raw: Any, at: str) -> str:
        if not isinstance(raw, str):
            raise self._refusal(at, said("It must be text, not {value!r}.", value=raw))
        return raw

    def _refusal(self, at: str, cause: Said) -> Refusal:
        return Refusal(f"{self.place}: {at}" if self.place and at else self.place or at, cause)


_DESIGN = frozenset(
    ("format", "version", "name", "notes", "variables", "scenario", "positions", "source", "remarks", "tree")
)
_NODE = frozenset(("block", "name", "label", "shares", "names", "fields", "inside"))
