"""`count`: how many parameters designs have, by category."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from designer.analysis.issues import issues
from designer.analysis.measured import Measured
from designer.analysis.tensors import NamedTensor, patterns
from designer.commands.arguments import Parser, each
from designer.commands.output import issue_object, put, say, tell
from designer.formats import report


def run(given: Sequence[str]) -> int:
    """Run the command; its exit status."""
    parser = Parser("count", "Count the parameters of designs, exactly, by category.")
    parser.add_argument("--tensors", action="store_true", help="list every parameter")
    parser.json()
    arguments = parser.read(given)

    def show(measured: Measured) -> None:
        found = issues(measured)
        tensors = patterns(measured.body) if arguments.tensors else None
        counted = _counted(measured)
        if not arguments.json:
            tell(report.count(counted, tensors))
            say(found)
            return
        counted["issues"] = [issue_object(issue) for issue in found]
        if tensors is not None:
            counted["parameters"] = [_tensor(tensor) for tensor in tensors]
        put(counted)

    return each(arguments, show)


def _counted(measured: Measured) -> dict[str, Any]:
    totals = {name: measured.reading(name) for name in ("total", "active", "trainable")}
    categories = {"by_category": measured.by_category, "provisional": measured.tally.provisional}
    return {"name": measured.design.name, **totals, **categories}


def _tensor(tensor: NamedTensor) -> dict[str, Any]:
    return {
        "name": tensor.name,
        "shape": list(tensor.shape),
        "category": tensor.category,
        "copies": tensor.copies,
        "tied_to": tensor.tied_to,
    }
