"""Mending: for an issue, the least edit after which it is gone and no other has come.

Nothing here knows a block. What could be changed are the counts and expressions of the blocks concerned; what
they could become follows from the numbers around them; whether it helps is tried.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from designer.analysis.issues import issues
from designer.analysis.measured import Measured
from designer.design import edits
from designer.design.expression import Expression
from designer.design.grammar import BrokenExpression
from designer.design.tree import Design, Node
from designer.symbolic.field import Field
from designer.symbolic.frozen import frozen
from designer.symbolic.issue import Issue, Said, said

TRIED = 48
"""Edits that are tried for one issue, each a recount of what it touches."""
TILE = 64
"""Rows of a table that graphics processors work on together; NVIDIA's guide asks for multiples of 64 in
16-bit numbers."""


@frozen
class Mending:
    """What to say on a button, and the design with it done."""

    words: Said
    design: Design


def mending(measured: Measured, issue: Issue) -> Mending | None:
    """What mends an issue; None where nothing that was tried does."""
    before = _grave(measured)
    for tried in islice(_tries(measured, issue), TRIED):
        after = _grave(measured.of(tried.design))
        if len(after) < len(before) and _told(issue) not in after:
            return tried
    return None


def advice(measured: Measured) -> list[tuple[Issue, Mending]]:
    """What could be better though nothing is wrong: vocabularies that leave a tile partly empty."""
    found: dict[int, tuple[Issue, Mending]] = {}
    for node, name, value in _vocabularies(measured):
        if value % TILE == 0 or value in found:
            continue
        filled = -(-value // TILE) * TILE
        cause = said(
            "A vocabulary of {rows:,} leaves the last tile of {tile} rows part empty on most GPUs. "
            "{filled:,} fills it.",
            rows=value,
            tile=TILE,
            filled=filled,
        )
        design = _everywhere(measured, node, name, value, filled)
        mended = Mending(said("Use {value:,}", value=filled), design)
        found[value] = Issue("note", cause, node=node.id), mended
    return list(found.values())


def _grave(measured: Measured) -> set[tuple[str, str, int | None]]:
    return {_told(issue) for issue in issues(measured) if issue.severity != "note"}


def _told(issue: Issue) -> tuple[str, str, int | None]:
    return str(issue.cause), issue.where, issue.node


def _tries(measured: Measured, issue: Issue) -> Iterator[Mending]:
    """Edits that might help, the likeliest first."""
    if issue.where in measured.design.variables:
        yield from _variable_read(measured, issue.where)
    if issue.node is None:
        yield from _shorter_context(measured)
        return
    node = edits.find(measured.design, issue.node)
    yield from _fields_read(measured, node)
    if issue.severity == "unsound":
        yield from _of_width(measured, node)
    yield from _nearest(measured, node)


def _variable_read(measured: Measured, name: str) -> Iterator[Mending]:
    setting = measured.design.variables[name]
    if isinstance(setting, Expression):
        for text in _readable(measured, setting):
            yield Mending(_use(text), edits.set_variable(measured.design, name, _typed(text)))


def _fields_read(measured: Measured, node: Node) -> Iterator[Mending]:
    """Expressions that have no value, with the likely name in them; else the last value that counted."""
    for name, setting in node.fields.items():
        if isinstance(setting, Expression):
            for text in _readable(measured, setting):
                design = edits.configure(measured.design, (node.id,), {name: _typed(text)})
                yield Mending(_use(text), design)


def _readable(measured: Measured, setting: Expression) -> Iterator[str]:
    try:
        setting.evaluate(measured.resolved.valued.numbers)
    except BrokenExpression as broken:
        start, end = broken.span
        for meant in broken.suggestions:
            text = setting.text[:start] + meant + setting.text[end:]
            yield text
            yield text.replace("//", "/").replace("/", " // ")  # where the quotient is not whole
        if setting.last is not None:
            yield str(setting.last)


def _of_width(measured: Measured, node: Node) -> Iterator[Mending]:
    """Counts of a block, and of those in it, set to the width of the stream that enters it."""
    count = measured.nodes.get(node.id)
    for width in () if count is None else dict.fromkeys(n for n in count.entry if isinstance(n, int)):
        named = _variable_of(measured, width)
        for inner in node.walk():
            for own in _counts(measured, inner):
                if own.value != width and not own.field.structural:
                    design = edits.configure(measured.design, (inner.id,), {own.name: named or width})
                    yield Mending(_use(named.text) if named else _number(width), design)


def _nearest(measured: Measured, node: Node) -> Iterator[Mending]:
    """Counts of a block set to divisors of its others and to its others themselves, the nearest first."""
    own = list(_counts(measured, node))
    tries: list[tuple[float, _Counted, int]] = []
    for count in own:
        others = {other.value for other in own if other is not count}
        fitting = {d for other in others for d in _divisors(other)} | others
        tries += [(max(n, count.value) / min(n, count.value), count, n) for n in fitting if n != count.value]
    for _, count, number in sorted(tries, key=lambda tried: tried[0]):
        if not count.field.structural:
            words = said("Use {value:,} for {field}", value=number, field=count.field.label)
            yield Mending(words, _set(measured.design, node, count.name, number))


def _shorter_context(measured: Measured) -> Iterator[Mending]:
    positions = measured.positions
    if isinstance(positions, int):
        scenario = replace(measured.design.scenario, context=positions)
        design = edits.set_scenario(measured.design, scenario)
        yield Mending(said("Use a context of {tokens:,}", tokens=positions), design)


class _Counted(NamedTuple):
    """A count of a block: its field, by name, and what it comes to."""

    name: str
    field: Field
    value: int


def _counts(measured: Measured, node: Node) -> Iterator[_Counted]:
    """A block's counts that are not patterns."""
    made = measured.registry.block(node.kind)
    numbers = measured.resolved.valued.numbers
    if made is None:
        return
    for name, field in made.fields().items():
        setting = node.fields.get(name)
        if field.kind != "count" or isinstance(setting, bool):
            continue
        value = setting.worth(numbers) if isinstance(setting, Expression) else setting
        if isinstance(value, int) and value > 0:
            yield _Counted(name, field, value)


def _vocabularies(measured: Measured) -> Iterator[tuple[Node, str, int]]:
    for node in measured.design.tree.walk():
        for name, field, value in _counts(measured, node):
            if field.key == "vocab_size":
                yield node, name, value


def _everywhere(measured: Measured, node: Node, name: str, value: int, filled: int) -> Design:
    """The design with one vocabulary in place of another, wherever it stands."""
    design = _set(measured.design, node, name, filled)
    for other, field, number in _vocabularies(measured.of(design)):
        if number == value:
            design = _set(design, other, field, filled)
    return design


def _set(design: Design, node: Node, name: str, number: int) -> Design:
    """The field set; where it is a variable and nothing else, the variable."""
    setting = node.fields[name]
    if isinstance(setting, Expression) and setting.is_plain:
        variable = setting.text.strip()
        if isinstance(design.variables.get(variable), int):
            return edits.set_variable(design, variable, number)
    return edits.configure(design, (node.id,), {name: number})


def _variable_of(measured: Measured, value: int) -> Expression | None:
    """The variable that most fields take this number from."""
    numbers = measured.resolved.valued.numbers
    used = [
        setting.text
        for node in measured.design.tree.walk()
        for setting in node.fields.values()
        if isinstance(setting, Expression) and setting.is_plain and numbers.get(setting.text) == value
    ]
    return Expression(max(used, key=used.count)) if used else None


def _divisors(number: int) -> set[int]:
    small = [n for n in range(1, min(int(number**0.5), 2048) + 1) if number % n == 0]
    return {*small, *(number // n for n in small)}


def _typed(text: str) -> int | Expression:
    return int(text) if text.isdecimal() else Expression(text)


def _use(text: str) -> Said:
    return _number(int(text)) if text.isdecimal() else said("Use {text}", text=text)


def _number(value: int) -> Said:
    return said("Use {value:,}", value=value)
