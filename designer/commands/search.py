"""`search`: the best designs of a space, within budgets."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from designer.commands.arguments import Parser, measured, scenario
from designer.commands.output import put
from designer.search.found import Found, Result
from designer.search.search import search
from designer.search.space import Space
from designer.symbolic.issue import Refusal, said


def run(given: Sequence[str]) -> int:
    """Run the command; its exit status. A search that finds nothing is no error."""
    arguments = _parser().read(given)
    present = measured(arguments.design, arguments)
    goal, maximise = _goal(arguments)
    found = search(
        present,
        Space.read(present.design, arguments.vary),
        arguments.where,
        goal,
        maximise=maximise,
        top=arguments.top,
        method=arguments.method,
        samples=arguments.samples,
        seed=arguments.seed,
        scenario=scenario(arguments, present.design.scenario),
    )
    for result in found.results:
        if arguments.json:
            put(_object(result))
        else:
            print(_line(result))
    sys.stdout.flush()
    _say(found)
    return 0


def _parser() -> Parser:
    parser = Parser("search", "The best designs of a space, within budgets.", designs="1")
    parser.add_argument("--vary", metavar="NAME=RANGE", action="append", type=_range, required=True,
                        help="low:high:step, high included, or 1,2,4; the first turns slowest")  # fmt: skip
    parser.add_argument("--where", metavar="EXPR", action="append", default=[], help="what must hold")
    goal = parser.add_mutually_exclusive_group(required=True)
    goal.add_argument("--minimise", "--minimize", metavar="EXPR", help="what is to be least")
    goal.add_argument("--maximise", "--maximize", metavar="EXPR", help="what is to be greatest")
    parser.add_argument("--top", type=_positive, default=10, help="how many are shown (10)")
    parser.add_argument(
        "--method", choices=("grid", "random"), default="grid", help="all points, or some (grid)"
    )
    parser.add_argument("--samples", type=_positive, default=10_000, help="points of a random search (10000)")
    parser.add_argument("--seed", type=int, default=0, help="of a random search (0)")
    parser.scenario()
    parser.json()
    return parser


def _range(text: str) -> tuple[str, str]:
    name, equals, values = text.partition("=")
    if not equals or not name.strip():
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME=RANGE")
    return name.strip(), values.strip()


def _positive(text: str) -> int:
    if not text.isdecimal() or not 1 <= len(text) <= 9 or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of 1 or more")
    return int(text)


def _goal(arguments: argparse.Namespace) -> tuple[str, bool]:
    maximise = arguments.maximise is not None
    text = arguments.maximise if maximise else arguments.minimise
    if not text.strip():
        raise Refusal("--maximise" if maximise else "--minimise", said("The goal is empty."))
    return text, maximise


def _object(result: Result) -> dict[str, object]:
    totals = {name: result.readings[name] for name in ("total", "active")}
    asked = {name: number for name, number in result.readings.items() if name not in totals}
    return {"variables": dict(result.variables), **totals, "goal": result.goal, **asked}


def _line(result: Result) -> str:
    variables = "  ".join(f"{name}={value:,}" for name, value in result.variables.items())
    readings = "  ".join(f"{name} {number:,}" for name, number in result.readings.items())
    return f"{variables}  →  {readings}  goal {result.goal:,}"


def _say(found: Found) -> None:
    """How many were tried and fit; where none does, what stands in the way."""
    print(f"{found.tried:,} tried, {found.fit:,} fit", file=sys.stderr)
    if found.fit:
        return
    if not found.shaped:
        print("none of them fits in shape", file=sys.stderr)
    for exclusion in found.excluded:
        print(
            f"{exclusion.where}: excludes {exclusion.count:,} of {found.shaped:,} by itself", file=sys.stderr
        )
    if found.nearest is not None:
        print(f"nearest miss: {_line(found.nearest.result)}", file=sys.stderr)
        for failure in found.nearest.failures:
            print(f"  it misses {failure.where} by {failure.excess:.3%}", file=sys.stderr)
