"""Issues: what is imperfect about a design, where, why, and what would help. Counting goes on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from designer.analysis.measured import Measured
from designer.design.scenario import BITS, Scenario
from designer.design.tree import Design, Node
from designer.symbolic.body import Body, Check
from designer.symbolic.issue import Issue, Said, said
from designer.symbolic.operation import BlockRegion, Parameter, Region
from designer.symbolic.registry import Registry
from designer.symbolic.walk import NUMBERED


def issues(measured: Measured, scenario: Scenario | None = None) -> list[Issue]:
    """Everything there is to say: of the import, the fields, the shapes, the names, the scenario."""
    found = [*measured.design.remarks, *_of_fields(measured), *_of_shapes(measured), *_of_names(measured)]
    found.extend(_of_scenario(measured, scenario or measured.design.scenario))
    return list({(issue.severity, str(issue.cause), issue.where): issue for issue in found}.values())


def stops_export(found: list[Issue]) -> Issue | None:
    """The first issue that a graph cannot be written with: shapes that do not fit, an unsound count."""
    return next(
        (issue for issue in found if issue.severity != "note" and issue.node is not None), None
    ) or next((issue for issue in found if issue.severity == "unsound"), None)


def path_of(design: Design, id: int, registry: Registry) -> str:
    """Where a node stands, in words: `Decoder layer › Residual › Grouped-query attention`."""
    return " › ".join(_titles(design.tree, id, registry, top=True) or ())


def _titles(node: Node, id: int, registry: Registry, top: bool = False) -> tuple[str, ...] | None:
    own = () if top or not (title := _title(node, registry)) else (title,)
    if node.id == id:
        return own or (_title(node, registry) or node.kind,)
    for child in node.inside:
        below = _titles(child, id, registry)
        if below is not None:
            return (*own, *below)
    return None


def _title(node: Node, registry: Registry) -> str:
    if node.label:
        return node.label
    made = registry.get(node.kind)
    if made is None:
        return node.kind
    return "" if made.layout == "stack" else made.label


def _of_fields(measured: Measured) -> Iterator[Issue]:
    for name, finding in measured.resolved.valued.found:
        yield from _said_of(finding, name, None)
    for id, finding in measured.resolved.findings:
        if id:
            yield from _said_of(finding, path_of(measured.design, id, measured.registry), id)


def _said_of(finding: Check | Issue, where: str, id: int | None) -> Iterator[Issue]:
    if isinstance(finding, Issue):
        yield Issue(finding.severity, finding.cause, finding.where or where, id, finding.fix)
    elif finding.verdict() is False:
        yield Issue("warning", _capital(finding.cause), where, id)


def _of_shapes(measured: Measured) -> Iterator[Issue]:
    for id, count in measured.nodes.items():
        for body in count.bodies:
            if body.misfit is None and not body.checks and not _inner_checks(body):
                continue
            where = path_of(measured.design, id, measured.registry)
            if body.misfit is not None:
                yield Issue("unsound", body.misfit, where, id)
            for check in (*body.checks, *_inner_checks(body)):
                if check.verdict() is False:
                    yield Issue("warning", _capital(check.cause), where, id)


def _inner_checks(body: Body) -> list[Check]:
    """Checks of the bodies that a block runs itself, as in a recurrence; those of its children are theirs."""
    known = body.read.get(_inner_checks)
    if known is None:
        inner = [
            b
            for op in body.ops
            if isinstance(op, Region) and not isinstance(op, BlockRegion)
            for b in op.bodies
        ]
        known = body.read[_inner_checks] = [c for b in inner for c in (*b.checks, *_inner_checks(b))]
    return known


def _of_names(measured: Measured) -> Iterator[Issue]:
    for name in _twice(measured.body):
        cause = said(
            "Two blocks keep a tensor under the name {name}; a checkpoint can hold only one.", name=name
        )
        yield Issue("unsound", cause, where=name, fix=said("Give one of the two blocks another name."))


def _twice(trace: Body) -> list[str]:
    names = Counter(_claimed(trace))
    return [name for name, times in names.items() if times > 1]


def _claimed(body: Body) -> list[str]:
    """The names that a body's tensors have, relative to it: rounds of a Repeat and experts once."""
    known = body.read.get(_claimed)
    if known is None:
        known = body.read[_claimed] = list(_claims(body))
    return known


def _claims(body: Body) -> Iterator[str]:
    for op in body.ops:
        if isinstance(op, Parameter):
            yield op.name
        elif isinstance(op, BlockRegion):
            if not op.shares:
                own = f"{{{op.child}}}" if op.name == NUMBERED else op.name
                yield from (f"{own}.{name}" if own else name for name in _claimed(op.bodies[0]))
        elif isinstance(op, Region):
            every: Counter[str] = Counter()
            for inner in op.bodies:
                every |= Counter(_claimed(inner))
            yield from every.elements()


def _of_scenario(measured: Measured, scenario: Scenario) -> Iterator[Issue]:
    tokens, positions = measured.tokens(scenario), measured.positions
    if isinstance(positions, int) and isinstance(tokens, int) and tokens > positions:
        cause = said(
            "A context of {tokens:,} is beyond the model's own {own:,} positions.",
            tokens=tokens,
            own=positions,
        )
        yield Issue("warning", cause, where="scenario")
    for precision in dict.fromkeys((scenario.weights, scenario.cache)):
        if BITS[precision] < 16:
            cause = said("{name} counts as {bits}.0 bits a number, without scales.", name=precision,
                         bits=BITS[precision])  # fmt: skip
            yield Issue("note", cause, where="scenario")


def _capital(cause: Said) -> Said:
    template = cause.template
    if template[:1].islower():
        template = template[0].upper() + template[1:]
    return Said(template if template.endswith(".") else template + ".", cause.values)
