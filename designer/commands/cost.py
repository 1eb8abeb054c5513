"""`cost`: what designs cost under a scenario."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from designer.analysis.issues import issues
from designer.analysis.measured import Measured
from designer.commands.arguments import Parser, each, scenario
from designer.commands.output import issue_object, put, say, tell
from designer.design.scenario import Scenario
from designer.formats import report


def run(given: Sequence[str]) -> int:
    """Run the command; its exit status."""
    parser = Parser("cost", "What designs cost: bytes of weights, cache and state, FLOPs of a pass.")
    parser.scenario()
    parser.json()
    arguments = parser.read(given)
    scenario(arguments, Scenario())  # a bad flag is refused once, before any design is read

    def show(measured: Measured) -> None:
        asked = scenario(arguments, measured.design.scenario)
        found = issues(measured, asked)
        said = {**asdict(asked), "context": measured.tokens(asked)}
        costed = {"name": measured.design.name, "scenario": said, **measured.costs(asked)}
        if arguments.json:
            put({**costed, "issues": [issue_object(issue) for issue in found]})
        else:
            tell(report.cost(costed))
            say(found)

    return each(arguments, show)
