"""What is wrong with the fields of blocks, and which counts that reaches. Qt-free."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from designer.analysis.measured import Measured
from designer.symbolic.issue import Issue, Said
from designer.ui.issues.doubt import doubtful


class Fault(NamedTuple):
    """What is wrong with a block, and whether its count can be relied on all the same."""

    cause: Said
    sound: bool


def faults(measured: Measured) -> Mapping[int, Fault]:
    """What is wrong with the fields of nodes, by their ids; with variables under 0."""
    found: dict[int, Fault] = {}
    for id, finding in measured.resolved.findings:
        if isinstance(finding, Issue):
            found.setdefault(id, Fault(finding.cause, finding.severity != "unsound"))
        elif finding.verdict() is False:
            found.setdefault(id, Fault(finding.cause, True))
    return found


def unsure(measured: Measured) -> frozenset[int]:
    """The outermost nodes whose count hangs on a field or a variable that cannot be read.

    Bodies say themselves what is provisional because it does not fit.
    """
    found = [finding for _, finding in measured.resolved.findings if isinstance(finding, Issue)]
    if all(issue.severity != "unsound" for issue in found):
        return frozenset()
    return doubtful(measured.design, found)
