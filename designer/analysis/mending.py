"""Mending: for an issue, the least edit after which it is gone and no other has come.

Nothing here knows a block. What could be changed are the counts and expressions of the blocks concerned; what
they could become follows from the numbers around them; whether it helps is tried.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from designer.analysis.issues import issues
from designer.analysis.measured import Measured
from designer.design import edits
from designer.design.expression import Expression
from designer.design.tree import Design, Node, Setting
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
        design = _everywhere(measured, name, node, value, filled)
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
    """Expressions that cannot be read, with the likely name in them; else the last value that counted."""
    for name, setting in node.fields.items():
        if isinstance(setting, Expression):
            for text in _readable(measured, setting):
                design = edits.configure(measured.design, (node.id,), {name: _typed(text)})
                yield Mending(_use(text), design)


def _readable(measured: Measured, setting: Expression) -> Iterator[str]:
    error = setting.broken(measured.resolved.valued.numbers)
    if error is None:
        return
    start, end = error.span
    for meant in error.suggestions:
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
            for name, _, value in _counts(measured, inner):
                if value != width and not _is_structural(measured, inner, name):
                    design = edits.configure(measured.design, (inner.id,), {name: named or width})
                    yield Mending(_use(named.text) if named else _number(width), design)


def _nearest(measured: Measured, node: Node) -> Iterator[Mending]:
    """Counts of a block set to divisors of its others and to its others themselves, the nearest first."""
    own = list(_counts(measured, node))
    tries: list[tuple[float, str, Setting, int]] = []
    for name, setting, value in own:
        others = {other for field, _, other in own if field != name}
        fitting = {d for other in others for d in _divisors(other)} | others
        tries += [(max(n, value) / min(n, value), name, setting, n) for n in fitting if n != value]
    for _, name, setting, number in sorted(tries, key=lambda tried: tried[0]):
        if not _is_structural(measured, node, name):
            yield Mending(
                said("Use {value:,} for {field}", value=number, field=_label(measured, node, name)),
                _set(measured, node, name, setting, number),
            )


def _shorter_context(measured: Measured) -> Iterator[Mending]:
    positions = measured.positions
    if isinstance(positions, int):
        scenario = replace(measured.design.scenario, context=positions)
        design = edits.set_scenario(measured.design, scenario)
        yield Mending(said("Use a context of {tokens:,}", tokens=positions), design)


def _counts(measured: Measured, node: Node) -> Iterator[tuple[str, Setting, int]]:
    """(field, setting, what it comes to) of a block's counts that are not patterns."""
    made = measured.registry.block(node.kind)
    numbers = measured.resolved.valued.numbers
    if made is None:
        return
    for name, field in made.fields().items():
        setting = node.fields.get(name)
        if field.kind != "count" or isinstance(setting, bool):
            continue
        value = setting
        if isinstance(setting, Expression):
            value = setting.last if setting.broken(numbers) else setting.evaluate(numbers)
        if isinstance(value, int) and value > 0:
            yield name, setting, value


def _vocabularies(measured: Measured) -> Iterator[tuple[Node, str, int]]:
    for node in measured.design.tree.walk():
        made = measured.registry.block(node.kind)
        for name, _, value in _counts(measured, node):
            if made is not None and made.fields()[name].key == "vocab_size":
                yield node, name, value


def _everywhere(measured: Measured, name: str, node: Node, value: int, filled: int) -> Design:
    """The design with one vocabulary in place of another, wherever it stands."""
    design = _set(measured, node, name, node.fields[name], filled)
    for other, field, number in _vocabularies(measured.of(design)):
        if number == value:
            design = _set(measured.of(design), other, field, other.fields[field], filled)
    return design


def _set(measured: Measured, node: Node, name: str, setting: Setting, number: int) -> Design:
    """The field set; where it is a variable and nothing else, the variable."""
    if isinstance(setting, Expression) and setting.is_plain:
        given = measured.design.variables.get(setting.text.strip())
        if isinstance(given, int):
            return edits.set_variable(measured.design, setting.text.strip(), number)
    return edits.configure(measured.design, (node.id,), {name: number})


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


def _is_structural(measured: Measured, node: Node, name: str) -> bool:
    made = measured.registry.block(node.kind)
    return made is None or made.fields()[name].structural


def _label(measured: Measured, node: Node, name: str) -> str:
    made = measured.registry.block(node.kind)
    return name if made is None else made.fields()[name].label


def _divisors(number: int) -> set[int]:
    small = [n for n in range(1, min(int(number**0.5), 2048) + 1) if number % n == 0]
    return {*small, *(number // n for n in small)}


def _typed(text: str) -> int | Expression:
    return int(text) if text.isdecimal() else Expression(text)


def _use(text: str) -> Said:
    return _number(int(text)) if text.isdecimal() else said("Use {text}", text=text)


def _number(value: int) -> Said:
    return said("Use {value:,}", value=value)
