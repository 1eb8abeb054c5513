"""What an issue means, in a few words, for the head of its card. Qt-free."""

from __future__ import annotations

from designer.analysis.measured import Measured
from designer.design import edits
from designer.design.expression import Expression
from designer.symbolic.issue import Issue
from designer.ui.tr import tr


def title_of(issue: Issue, measured: Measured) -> str:
    """The kind of an issue: what cannot be read, what does not match, what is only worth knowing."""
    if issue.severity == "note":
        return tr("Worth knowing")
    if issue.where in measured.design.variables:
        return (
            tr("A variable cannot be read") if issue.severity == "unsound" else tr("A variable does not fit")
        )
    if issue.node is None:
        return (
            tr("The scenario goes beyond the model") if issue.where == "scenario" else tr("From the import")
        )
    if issue.severity == "warning":
        return tr("Numbers do not fit together")
    return _unsound(issue.node, measured)


def _unsound(id: int, measured: Measured) -> str:
    settings = edits.find(measured.design, id).fields.values()
    numbers = measured.resolved.valued.numbers
    if any(isinstance(setting, Expression) and setting.broken(numbers) for setting in settings):
        return tr("A field cannot be read")
    count = measured.nodes.get(id)
    if count is not None and any(body.misfit is not None for body in count.bodies):
        return tr("Shapes do not match")
    return tr("The count is not the whole truth")
