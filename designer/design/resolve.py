"""Resolving: a design's data, with its variables worked out, turned into steps that hold real blocks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from designer.design.expression import Expression
from designer.design.notation import shortened
from designer.design.tree import Design, Group, Node, Number, Pattern, Run, Setting
from designer.design.variables import Valued, expressed
from designer.symbolic.block import Block
from designer.symbolic.body import Check
from designer.symbolic.field import Field
from designer.symbolic.frozen import frozen
from designer.symbolic.issue import Issue, Refusal, said
from designer.symbolic.registry import Registry
from designer.symbolic.schedule import LONGEST, Schedule
from designer.symbolic.scope import Memo
from designer.symbolic.size import Count, Size
from designer.symbolic.step import Step

Finding = tuple[int, Check | Issue]

LARGEST = 10**18
"""No number of a design comes near; beyond it a file is hostile or broken."""


@frozen
class Resolved:
    """A tree of steps, with what was found on the way: for each finding the id of its node (0: a variable).

    `structural` names the variables that reached a schedule's length, a flag, a choice or a pick, where
    only a plain number will do.
    """

    step: Step
    valued: Valued
    findings: tuple[Finding, ...]
    structural: frozenset[str] = frozenset()


def resolve(
    design: Design,
    registry: Registry,
    memo: Memo,
    symbols: frozenset[str] = frozenset(),
    named: Mapping[tuple[int, str], str] | None = None,
) -> Resolved:
    """Turn a design into steps.

    Variables in `symbols` stay Sizes in count fields. `named` gives a name to plain counts, by node id and
    field, which then are Sizes too. Nothing is raised for what a user may have written: it is found.
    """
    valued = _valued(design.variables, symbols, memo)
    maker = _Maker(registry, memo, valued, named or {})
    made = maker.made(design.tree)
    said_of_variables = tuple((0, found) for _, found in valued.found)
    return Resolved(made.step, valued, (*said_of_variables, *made.findings), made.structural)


def _valued(variables: Mapping[str, Number | Expression], symbols: frozenset[str], memo: Memo) -> Valued:
    """The variables worked out; most edits leave the very same ones."""
    key = (_valued, id(variables), symbols)
    known: Valued | None = memo.get(key)
    if known is None or known.variables is not variables:
        known = Valued(variables, symbols)
        memo.keep(key, known)
    return known


class _Made(NamedTuple):
    """What was made of a node; it holds again for the very same node and registry."""

    node: Node
    registry: Registry
    step: Step
    findings: tuple[Finding, ...]
    structural: frozenset[str]


@dataclass
class _Maker:
    """Makes steps of nodes; equal nodes under equal values are made once."""

    registry: Registry
    memo: Memo
    valued: Valued
    named: Mapping[tuple[int, str], str]

    def made(self, node: Node) -> _Made:
        if self.named:
            return self._make(node)
        marks = self.valued.marks
        key = (_Maker, id(node), tuple([marks.get(name) for name in node.used]))
        known: _Made | None = self.memo.get(key)
        if known is None or known.node is not node or known.registry is not self.registry:
            known = self._make(node)
            self.memo.keep(key, known)
        return known

    def _make(self, node: Node) -> _Made:
        fields = _Fields(self, node)
        block, findings, structural = fields.block(), fields.findings, fields.structural
        inside = [self.made(child) for child in node.inside]
        for child in inside:
            findings.extend(child.findings)
            structural |= child.structural
        steps = tuple([child.step for child in inside])
        step = Step(block, steps, node.name, node.names, node.shares).interned(self.memo)
        return _Made(node, self.registry, step, tuple(findings), frozenset(structural))


class _Fields:
    """The fields of one node, worked out."""

    def __init__(self, maker: _Maker, node: Node) -> None:
        self.maker, self.node = maker, node
        self.findings: list[Finding] = []
        self.structural: set[str] = set()

    def block(self) -> Block:
        node = self.node
        made = self.maker.registry.block(node.kind)
        if made is None:
            cause = said(
                "No block is called {kind}: it is kept as it is and passes its input through.", kind=node.kind
            )
            self._find("unsound", cause)
            return Block()
        if node.inside and made.layout == "leaf":
            cause = said("{kind} holds no blocks: what stands inside does not count.", kind=made.label)
            self._find("unsound", cause)
        return self._declared(made, node.fields)

    def _find(self, severity: Any, cause: Any) -> None:
        self.findings.append((self.node.id, Issue(severity, cause, node=self.node.id)))

    def _declared(self, made: type[Any], settings: Mapping[str, Setting]) -> Any:
        values: dict[str, Any] = {}
        for name, declared in made.fields().items():
            if name in settings:
                values[name] = self._field(declared, name, settings[name])
        return made(**values)

    def _field(self, declared: Field, name: str, setting: Setting) -> Any:
        if isinstance(setting, Pattern):
            return self._schedule(declared, name, setting)
        if setting is None:
            if declared.optional:
                return None
            self._find("unsound", said("{field} is missing; it counts as {default}.", field=declared.label,
                                       default=declared.default))  # fmt: skip
            return declared.default
        if declared.kind == "count":
            return self._count(declared, name, setting)
        if declared.kind == "real":
            return self._real(declared, setting)
        if declared.kind == "flag":
            return bool(self._number(declared, setting))
        return self._word(declared, setting)

    def _word(self, declared: Field, setting: Setting) -> Any:
        if declared.kind == "choice" and setting in declared.options:
            return setting
        if declared.kind == "value" and isinstance(setting, Group):
            made = self.maker.registry.get(setting.kind)
            if made is not None and setting.kind in declared.of:
                return self._declared(made, setting.fields)
        if declared.kind == "block" and isinstance(setting, Node):
            expert = self.maker.made(setting)
            self.findings.extend((self.node.id, finding) for _, finding in expert.findings)
            self.structural |= expert.structural
            return expert.step
        word = setting.kind if isinstance(setting, (Group, Node)) else setting
        default = (
            "absent" if declared.default is None else getattr(declared.default, "label", declared.default)
        )
        self._find("unsound", said("{field} cannot be {word}; it counts as {default}.", field=declared.label,
                                   word=word, default=default))  # fmt: skip
        return declared.default

    def _count(self, declared: Field, name: str, setting: Setting) -> Count:
        number, count = self._expressed(declared, setting)
        if isinstance(setting, Expression) and (
            declared.structural or self._plain_though_varying(setting, count)
        ):
            self.structural |= setting.names
            count = number
        if isinstance(count, Size):
            cause = said("{field} must be at least {least}.", field=declared.label, least=declared.least)
            self.findings.append((self.node.id, Check("at_most", declared.least, count, cause)))
            return count
        if isinstance(number, float) and number.is_integer():
            number = count = int(number)
        if isinstance(number, bool) or not isinstance(number, int):
            self._find("unsound", said("{field} must be a whole number, not {number}.", field=declared.label,
                                       number=number))  # fmt: skip
            return max(int(number), declared.least) if isinstance(number, (int, float)) else declared.least
        if number < declared.least:
            cause = "{field} is {number}; it counts as {least}, the least it can be."
            self._find("unsound", said(cause, field=declared.label, number=number, least=declared.least))
            return declared.least
        if number > LARGEST:
            cause = "{field} is {number}; it counts as {most:,}, the most that is counted."
            number = shortened(str(number))
            self._find("unsound", said(cause, field=declared.label, number=number, most=LARGEST))
            return LARGEST
        called = self.maker.named.get((self.node.id, name))
        if called is None or declared.structural or isinstance(count, Size):
            return count
        return Size.named(called)

    def _plain_though_varying(self, setting: Expression, count: Count) -> bool:
        """Whether a count depends on symbols in a way that no Size can say."""
        return not isinstance(count, Size) and not self.maker.valued.varying.isdisjoint(setting.names)

    def _real(self, declared: Field, setting: Setting) -> float:
        number = self._number(declared, setting)
        return float(number) if isinstance(number, (int, float)) else float(declared.default or 0)

    def _number(self, declared: Field, setting: Setting) -> Any:
        """A plain number; what it depends on cannot stay symbolic."""
        if isinstance(setting, Expression):
            if declared.kind != "real":
                self.structural |= setting.names
            return self._expressed(declared, setting)[0]
        return setting

    def _expressed(self, declared: Field, setting: Setting) -> tuple[Any, Any]:
        if not isinstance(setting, Expression):
            return setting, setting
        valued = self.maker.valued
        try:
            number, count, checks = expressed(setting, valued.numbers, valued.counts)
        except Refusal as refusal:
            last = setting.last if setting.last is not None else declared.default
            cause = "{field}: {cause} Counting goes on with {last}"
            cause += "." if setting.last is None else ", the last value that could be read."
            self._find("unsound", said(cause, field=declared.label, cause=refusal.cause, last=last))
            return last, last
        self.findings.extend((self.node.id, check) for check in checks)
        return number, count

    def _schedule(self, declared: Field, name: str, pattern: Pattern) -> Schedule:
        first, cycle = (self._entries(declared, name, part) for part in (pattern.first, pattern.cycle))
        if not cycle:
            self._find("unsound", said("{field}: a pattern needs a cycle.", field=declared.label))
            cycle = first[-1:] or (declared.default,)
        schedule = Schedule(first, cycle)
        if not pattern.but:
            return schedule
        length = max(len(first), max(pattern.but) + 1)
        known = {i: self._field(declared, name, setting) for i, setting in pattern.but.items()}
        rounds = tuple(known[i] if i in known else schedule[i] for i in range(length))
        return Schedule(rounds, tuple(schedule[length + i] for i in range(len(cycle))))

    def _entries(self, declared: Field, name: str, entries: tuple[Setting | Run, ...]) -> tuple[Any, ...]:
        values: list[Any] = []
        for entry in entries:
            value, times = (
                (entry.value, self._run(declared, entry.times)) if isinstance(entry, Run) else (entry, 1)
            )
            # more rounds than that fit nowhere, as the Repeat around says
            values.extend([self._field(declared, name, value)] * min(times, LONGEST - len(values)))
        return tuple(values)

    def _run(self, declared: Field, times: int | Expression) -> int:
        if isinstance(times, Expression):
            self.structural |= times.names
            times = self._expressed(declared, times)[0]
        if not isinstance(times, int) or isinstance(times, bool) or not 0 <= times <= LONGEST:
            cause = "{field}: a run of {times} rounds is none; it counts as 1."
            self._find("unsound", said(cause, field=declared.label, times=shortened(str(times))))
            return 1
        return times
