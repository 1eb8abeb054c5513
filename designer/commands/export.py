"""`export`: a design in another format."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from designer.analysis.issues import issues
from designer.analysis.measured import Measured
from designer.commands.arguments import Parser, measured
from designer.formats.design_json import save, text_of
from designer.symbolic.issue import Refusal, said


def run(given: Sequence[str]) -> int:
    """Run the command; its exit status."""
    arguments = _parser().read(given)
    _understood(arguments)
    exported = measured(arguments.design, arguments)
    for issue in issues(exported):
        if issue.severity == "unsound":
            raise Refusal(issue.where or exported.design.name, issue.cause)
    FORMATS[arguments.to](exported, arguments)
    return 0


def _parser() -> Parser:
    parser = Parser("export", "Write a design in another format.", designs="1")
    parser.add_argument("out", metavar="OUT", type=Path, help="the file to write")
    parser.add_argument("--to", metavar="FORMAT", required=True, help=", ".join(FORMATS))
    onnx = parser.add_argument_group("onnx")
    onnx.add_argument("--flat", action="store_true", help="without a local function for each distinct layer")
    onnx.add_argument("--weights", metavar="WEIGHTS", help="'random', or a safetensors checkpoint (none)")
    onnx.add_argument("--force", action="store_true", help="random weights beyond 2 GB too")
    return parser


def _understood(arguments: argparse.Namespace) -> None:
    if arguments.to not in FORMATS:
        cause = said(
            "There is no format {word}; there are {words}.", word=arguments.to, words=", ".join(FORMATS)
        )
        raise Refusal("--to", cause)
    for option in ("flat", "weights", "force"):
        if arguments.to != "onnx" and getattr(arguments, option):
            raise Refusal(f"--{option}", said("Only --to onnx takes it."))


def _json(measured: Measured, arguments: argparse.Namespace) -> None:
    save(measured.design, arguments.out)


def _onnx(measured: Measured, arguments: argparse.Namespace) -> None:
    from designer.formats.onnx.export import Options, export

    weights = arguments.weights
    weights = Path(weights) if weights not in (None, "random") else weights
    design = text_of(measured.design)
    export(measured, arguments.out, Options(arguments.flat, weights, force=arguments.force, design=design))


FORMATS: Mapping[str, Callable[[Measured, argparse.Namespace], None]] = {"json": _json, "onnx": _onnx}
"""How each format is written."""
