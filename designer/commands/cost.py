"""`cost`: what designs cost under a scenario."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from designer.analysis.issues import issues
from designer.analysis.measured import COSTS, Measured
from designer.commands.arguments import Parser, each, scenario
from designer.commands.output import issue_object, put, say
from designer.formats import report


def run(given: Sequence[str]) -> int:
    """Run the command; its exit status."""
    parser = Parser("cost", "What designs cost: bytes of weights, cache and state, FLOPs of a pass.")
    parser.scenario()
    parser.json()
    arguments = parser.read(given)

    def show(measured: Measured) -> None:
        asked = scenario(arguments, measured.design.scenario)
        found = issues(measured, asked)
        said = {**asdict(asked), "context": measured.tokens(asked)}
        costs = {name: measured.reading(name, asked) for name in COSTS}
        tokens = said["batch"] * said["context"]
        costs["flops_per_token"] = costs["flops_forward"] // tokens
        costed = {"name": measured.design.name, "scenario": said, **costs}
        if arguments.json:
            put({**costed, "issues": [issue_object(issue) for issue in found]})
        else:
            print(report.cost(costed))
            say(found)

    return each(arguments, show)
