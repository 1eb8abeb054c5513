"""How long an export takes and how large it comes out, beside `python -c "import onnx"` in the same run.

`python tests/benchmarks/onnx_export.py` prints medians: of whole processes, Python's own start included, each
measured in turn with the bare import; then of the parts of an export once everything is imported.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from onnx import checker

from designer.analysis.measured import Measured
from designer.blocks.palette import registry
from designer.formats.onnx.export import Options, data_path, export
from designer.formats.onnx.model import model
from designer.formats.opening import opened

PRESETS = ("gpt2", "llama-3-8b", "llama-3.1-405b", "deepseek-v3")
ROUNDS = 5


def seconds(work: Callable[[], object]) -> float:
    """How long something takes, once."""
    start = perf_counter()
    work()
    return perf_counter() - start


def timed(work: Callable[[], object], times: int = ROUNDS) -> float:
    """Median seconds."""
    return median(seconds(work) for _ in range(times))


def process(*arguments: str) -> Callable[[], object]:
    """A whole Python process with these arguments."""
    return lambda: subprocess.run([sys.executable, *arguments], check=True)


def whole_command(preset: str, out: Path, *options: str) -> None:
    """Print how long the command takes, and how many times as long as the bare import beside it."""
    command = process("-m", "designer", "export", preset, "--to", "onnx", *options, str(out))
    bare = process("-c", "import onnx")
    pairs = [(seconds(bare), seconds(command)) for _ in range(ROUNDS)]
    ratio = median(taken / alone for alone, taken in pairs)
    form = "flat" if options else "functions"
    print(f"export {preset:<16}{form:<10}{out.stat().st_size / 1e6:6.3f} MB "
          f"{median(taken for _, taken in pairs) * 1e3:6.0f} ms, {ratio:.1f} × import onnx "
          f"({median(alone for alone, _ in pairs) * 1e3:.0f} ms)")  # fmt: skip


def parts(measured: Measured, path: Path) -> None:
    """Print what an export spends its time on."""
    trace, name = measured.body, data_path(path).name
    flat = timed(lambda: model(trace, name))
    functions = timed(lambda: model(trace, name, functions=True))
    export(measured, path)
    checked = timed(lambda: checker.check_model(str(path), full_check=True))
    print(f"{measured.design.name:<23}written flat {flat * 1e3:6.1f} ms, with functions "
          f"{functions * 1e3:6.1f} ms, checked {checked * 1e3:5.1f} ms")  # fmt: skip


def weights(measured: Measured, path: Path) -> None:
    """Print how fast random weights are drawn and written."""
    taken = timed(lambda: export(measured, path, Options(weights="random")), times=3)
    size = data_path(path).stat().st_size
    print(f"{measured.design.name:<23}with random weights {size / 1e6:.0f} MB, {taken:.2f} s, "
          f"{size / taken / 1e6:.0f} MB/s")  # fmt: skip


def main() -> None:
    """Print the figures."""
    kinds = registry()
    with TemporaryDirectory() as folder:
        path = Path(folder, "model.onnx")
        for preset in PRESETS:
            whole_command(preset, path)
            whole_command(preset, path, "--flat")
        for preset in PRESETS:
            parts(Measured(opened(preset, kinds), kinds), path)
        weights(Measured(opened("gpt2", kinds), kinds), path)


if __name__ == "__main__":
    main()
