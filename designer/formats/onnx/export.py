"""A design as an ONNX file with a file of weights beside it: whole and checked, or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from onnx import checker, shape_inference

from designer.analysis.issues import issues, stops_export
from designer.analysis.measured import Measured
from designer.formats.huggingface.dialect import dialect_of
from designer.formats.onnx.filling import Checkpointed, Random, Source, laid_out, write
from designer.formats.onnx.model import Model, model
from designer.symbolic.frozen import frozen
from designer.symbolic.issue import Refusal, said

MOST_RANDOM = 2_000_000_000
"""Bytes of random weights that are written without being asked twice."""


class ExportCancelled(Exception):
    """Whoever asked for an export does not want it any more."""


@frozen
class Options:
    """What is written.

    `flat`: without functions. `weights`: None for a skeleton, "random", or the path of a checkpoint; with
    weights the graph is flat. `seed` is that of random weights, and `force` lets them pass 2 GB. `design` is
    the design's own JSON, kept inside the graph.
    """

    flat: bool = False
    weights: str | Path | None = None
    seed: int = 0
    force: bool = False
    design: str = ""

    @property
    def skeleton(self) -> bool:
        """Whether the file of weights stays empty."""
        return self.weights is None


@frozen
class Sizes:
    """Bytes of the graph and of the file beside it."""

    graph: int
    data: int


def data_path(path: Path) -> Path:
    """The file of weights beside a graph."""
    return path.with_name(f"{path.name}.data")


def sizes(measured: Measured, path: Path, options: Options) -> Sizes:
    """How large the two files would be: exact, and nothing is written.

    Raises:
        Refusal: where the design cannot be exported.
    """
    made = _model(measured, path, options, lambda: None)
    data = 0 if options.skeleton else laid_out(made)
    return Sizes(made.proto.ByteSize(), data)


def export(
    measured: Measured,
    path: Path,
    options: Options | None = None,
    *,
    progress: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Sizes:
    """Write a design as `path` and `path`.data, checked by ONNX's own checker with strict shape inference.

    `progress` is told of bytes done and bytes in all; `cancelled` is asked now and then. Both files take
    their places at the end; an export that fails leaves nothing behind.

    Raises:
        Refusal: where the design cannot be exported, the checkpoint does not fit, or nothing can be written.
        ExportCancelled: once `cancelled` says so.
    """
    options, path = options or Options(), path.resolve() if path.is_symlink() else path
    pulse = _pulse(cancelled)
    made = _model(measured, path, options, pulse)
    source = _source(measured, made, options)
    data = 0 if source is None else laid_out(made)
    planned = Sizes(made.proto.ByteSize(), data)
    _affordable(path, planned, options)
    done = _Done(progress, planned.graph + planned.data, pulse)
    with _both(path) as (graph, beside):
        if source is None:
            beside.touch()
        else:
            write(made, source, beside, done)
        graph.write_bytes(made.proto.SerializeToString())
        pulse()
        _checked(graph, path)
        done(planned.graph)
    return planned


def _model(measured: Measured, path: Path, options: Options, pulse: Callable[[], None]) -> Model:
    design = measured.design
    stop = stops_export(issues(measured))
    if stop is not None:
        raise Refusal(stop.where or design.name, stop.cause)
    try:
        return model(
            measured.body,
            data_path(path).name,
            name=design.name,
            functions=options.skeleton and not options.flat,
            properties=_properties(measured, options),
            pulse=pulse,
        )
    except Refusal as refusal:
        raise Refusal(refusal.place or design.name, refusal.cause) from refusal


def _properties(measured: Measured, options: Options) -> dict[str, str]:
    """What the graph says of itself: its name, the totals, the design."""
    design = measured.design
    properties = {"name": design.name} if design.name else {}
    properties |= {"total": str(measured.total), "active": str(measured.tally.active)}
    properties |= {name: str(count) for name, count in measured.by_category.items()}
    if options.design:
        properties["design"] = options.design
    return properties


def _source(measured: Measured, made: Model, options: Options) -> Source | None:
    if options.weights is None:
        return None
    if options.weights == "random":
        return Random(measured.body, made, options.seed)
    dialect = dialect_of(measured.design.source)
    return Checkpointed(measured.body, made, Path(options.weights), dialect)


def _affordable(path: Path, planned: Sizes, options: Options) -> None:
    if options.weights == "random" and planned.data > MOST_RANDOM and not options.force:
        cause = said("Random weights would take {bytes:,} bytes, more than 2 GB; --force writes them anyway.",
                     bytes=planned.data)  # fmt: skip
        raise Refusal(str(path), cause)
    try:
        free = shutil.disk_usage(path.parent).free
    except OSError as error:
        raise _unwritten(path, error) from error
    if planned.graph + planned.data > free:
        cause = said("It would take {bytes:,} bytes, and the disk has {free:,}.",
                     bytes=planned.graph + planned.data, free=free)  # fmt: skip
        raise Refusal(str(path), cause)


@contextmanager
def _both(path: Path) -> Iterator[tuple[Path, Path]]:
    """Where both files are written: in a folder beside `path`, under their own names: one names the other."""
    beside = data_path(path)
    for file in (path, beside):
        if file.is_dir():
            raise Refusal(str(file), said("It is a folder."))
    try:
        with tempfile.TemporaryDirectory(prefix=f".{path.name}.", dir=path.parent) as folder:
            graph, data = Path(folder, path.name), Path(folder, beside.name)
            yield graph, data
            data.replace(beside)
            graph.replace(path)
    except OSError as error:
        raise _unwritten(path, error) from error


def _checked(graph: Path, path: Path) -> None:
    """Read back what was written, as others will: by path, with shapes inferred strictly."""
    try:
        checker.check_model(str(graph), full_check=True)
    except (checker.ValidationError, shape_inference.InferenceError) as error:
        cause = said("The graph came out invalid and was not kept: {cause}", cause=str(error).split("\n")[0])
        raise Refusal(str(path), cause) from error


def _pulse(cancelled: Callable[[], bool]) -> Callable[[], None]:
    def pulse() -> None:
        if cancelled():
            raise ExportCancelled

    return pulse


class _Done:
    """Adds up bytes and tells of them."""

    def __init__(self, progress: Callable[[int, int], None], total: int, pulse: Callable[[], None]) -> None:
        self._progress, self._total, self._pulse = progress, total, pulse
        self._done = 0
        progress(0, total)

    def __call__(self, count: int) -> None:
        self._pulse()
        self._done += count
        self._progress(self._done, self._total)


def _unwritten(path: Path, error: OSError) -> Refusal:
    return Refusal(str(path), said("It cannot be written: {cause}.", cause=error.strerror or error))
