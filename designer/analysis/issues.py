"""Issues: what is imperfect about a design, where, why, and what would help. Counting goes on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from designer.analysis.measured import Measured
from designer.analysis.parameters import tally
from designer.design import edits
from designer.design.scenario import BITS, Scenario
from designer.design.tree import Design, Node, names_in
from designer.design.variables import needed
from designer.symbolic.body import Body, Check
from designer.symbolic.issue import Issue, Said, said
from designer.symbolic.operation import BlockRegion, Parameter, Region, RepeatRegion
from designer.symbolic.registry import Registry
from designer.symbolic.tensor import spelled
from designer.symbolic.walk import NUMBERED, numbers_itself
from designer.symbolic.weights import kept_differently

Claim = tuple[str, edits.Path]
"""A tensor's name, and the way from child to child that leads to the block that keeps it."""


def issues(measured: Measured, scenario: Scenario | None = None) -> list[Issue]:
    """Everything there is to say: of the import, the fields, the shapes, the names, the scenario."""
    found = [*measured.design.remarks, *_of_variables(measured), *_of_fields(measured), *_of_shapes(measured)]
    found += [*_of_names(measured), *_of_places(measured)]
    found += _of_scenario(measured, scenario or measured.design.scenario)
    return list({(issue.severity, issue.cause, issue.where, issue.node): issue for issue in found}.values())


def stops_export(found: list[Issue]) -> Issue | None:
    """The first issue that a graph cannot be written with: shapes that do not fit, an unsound count."""
    for issue in found:
        if issue.severity == "unsound" or (issue.severity == "warning" and issue.node is not None):
            return issue
    return None


def path_of(design: Design, id: int, registry: Registry) -> str:
    """Where a node stands, in words: `Decoder layer › feed-forward › MLP`."""
    node, titles = design.tree, []
    for index in edits.path_to(design.tree, id):
        node = node.inside[index]
        titles.append(_title(node, registry))
    return " › ".join(filter(None, titles)) or _title(node, registry) or node.kind


def _title(node: Node, registry: Registry) -> str:
    made = registry.block(node.kind)
    if node.label or made is None:
        return node.label or node.kind
    return "" if made.layout == "stack" else made.label


def _of_variables(measured: Measured) -> Iterator[Issue]:
    for name, finding in measured.resolved.valued.found:
        yield from _said_of(finding, name, _user(measured.design, name))


def _user(design: Design, name: str) -> int | None:
    """The first block that depends on a variable, by way of others too; None where none does."""
    for node in design.tree.walk():
        own = [used for setting in node.fields.values() for used in names_in(setting)]
        if name in needed(design.variables, own):
            return node.id
    return None


def _of_fields(measured: Measured) -> Iterator[Issue]:
    for id, finding in measured.resolved.findings:
        if id:
            yield from _said_of(finding, path_of(measured.design, id, measured.registry), id)


def _said_of(finding: Check | Issue, where: str, id: int | None) -> Iterator[Issue]:
    if isinstance(finding, Issue):
        yield Issue(finding.severity, finding.cause, finding.where or where, id, finding.fix)
    elif finding.verdict() is False:
        yield Issue("warning", _sentence(finding.cause), where, id)


def _of_shapes(measured: Measured) -> Iterator[Issue]:
    for id, count in measured.nodes.items():
        for body in (inner for whole in count.bodies for inner in _own_bodies(whole)):
            if body.misfit is None and not body.checks:
                continue
            where = path_of(measured.design, id, measured.registry)
            if body.misfit is not None:
                yield Issue("unsound", body.misfit, where, id)
            for check in body.checks:
                yield from _said_of(check, where, id)


def _own_bodies(body: Body) -> list[Body]:
    """A block's body and those it runs itself, as in a recurrence; those of its children are theirs."""
    known = body.read.get(_own_bodies)
    if known is None:
        regions = [op for op in body.ops if isinstance(op, Region)]
        own = [op for op in regions if not (isinstance(op, BlockRegion) and op.child >= 0)]
        inner = [bodies for op in own for inner in op.bodies for bodies in _own_bodies(inner)]
        known = body.read[_own_bodies] = [body, *inner]
    return known


def _of_names(measured: Measured) -> Iterator[Issue]:
    """One issue for each block that keeps a tensor where another, or it itself, keeps one already."""
    taken: set[str] = set()
    told: set[int] = set()
    for name, (_, *path) in _claimed(measured.body):
        if name not in taken:
            taken.add(name)
            continue
        node = edits.at(measured.design.tree, tuple(path))
        if node.id in told:
            continue
        told.add(node.id)
        cause = "It keeps a tensor as {name}, where there is one already; a checkpoint can hold only one."
        cause = said(cause, name=re.sub(r"\{[\d:]*\}", "*", name))
        where = path_of(measured.design, node.id, measured.registry)
        yield Issue("unsound", cause, where, node.id, said("Give one of the two blocks another name."))


def _of_places(measured: Measured) -> Iterator[Issue]:
    """One issue for each tensor that blocks which share a place do not keep alike."""
    for place, bodies in tally(measured.body).once.items():
        for name, a, b in kept_differently(bodies):
            cause = "Blocks that share their weights keep {name} as {a} and as {b}."
            cause = said(cause, name=f"{place}.{name}", a=spelled(a), b=spelled(b))
            yield Issue("unsound", cause, where=place)


def _claimed(body: Body) -> list[Claim]:
    """The names that a body's tensors have, relative to it: a star for the rounds of a Repeat, and what takes
    numbers of its own under its place in the body, since no two of those are the same."""
    known = body.read.get(_claimed)
    if known is None:
        known = body.read[_claimed] = [
            claim for place, op in enumerate(body.ops) for claim in _claims(op, place)
        ]
    return known


def _claims(op: object, place: int) -> Iterator[Claim]:
    if isinstance(op, Parameter):
        yield op.name, ()
    elif isinstance(op, BlockRegion):
        own = f"{{{place}}}" if op.name == NUMBERED else op.name
        for name, path in () if op.shares else _claimed(op.bodies[0]):
            name = f"{own}.{name}" if own else _apart(name, place)
            yield name, (op.child, *path) if op.child >= 0 else ()
    elif isinstance(op, RepeatRegion) and not op.shared:
        for name, path in _of_rounds(op) if numbers_itself(op) else _alternatives(op.bodies):
            yield _apart(name, place) if numbers_itself(op) else f"*.{name}", path
    elif isinstance(op, Region):
        yield from ((_apart(name, place), path) for name, path in _alternatives(op.bodies))


def _of_rounds(op: RepeatRegion) -> Iterator[Claim]:
    """What a Repeat claims that gives no numbers: what is not numbered inside is claimed by every round."""
    for body, rounds in zip(op.bodies, op.counts, strict=True):
        for claim in _claimed(body):
            yield claim
            if not claim[0].startswith("{") and rounds != 1:
                yield claim


def _alternatives(bodies: tuple[Body, ...]) -> Iterator[Claim]:
    """What bodies claim of which each round runs one: a name as often as the one that claims it most."""
    most: dict[str, list[Claim]] = {}
    for body in bodies:
        own: dict[str, list[Claim]] = {}
        for claim in _claimed(body):
            own.setdefault(claim[0], []).append(claim)
        most |= {name: claims for name, claims in own.items() if len(claims) > len(most.get(name, ()))}
    return (claim for claims in most.values() for claim in claims)


def _apart(name: str, place: int) -> str:
    return f"{{{place}:{name[1:]}" if name.startswith("{") else name


def _of_scenario(measured: Measured, scenario: Scenario) -> Iterator[Issue]:
    tokens, positions = measured.tokens(scenario), measured.positions
    if isinstance(positions, int) and isinstance(tokens, int) and tokens > positions:
        cause = said("A context of {tokens:,} is beyond the model's own {own:,} positions.", tokens=tokens,
                     own=positions)  # fmt: skip
        yield Issue("warning", cause, where="scenario")
    for precision in dict.fromkeys((scenario.weights, scenario.cache)):
        if BITS[precision] < 16:
            cause = said("{name} counts as {bits}.0 bits a number, without scales.", name=precision,
                         bits=BITS[precision])  # fmt: skip
            yield Issue("note", cause, where="scenario")


def _sentence(cause: Said) -> Said:
    template = cause.template[:1].upper() + cause.template[1:]
    return Said(template if template.endswith(".") else template + ".", cause.values)
