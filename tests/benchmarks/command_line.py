"""How long commands take from the shell, beside the bare interpreter measured in the same run.

`python tests/benchmarks/command_line.py` prints medians of whole processes, and ratios to `python -c pass`.
"""

from __future__ import annotations

import subprocess
import sys
from statistics import median
from time import perf_counter

ROUNDS = 11
COMMANDS = (
    ("count", "gpt2", "--json"),
    ("count", "llama-3.1-405b", "--json"),
    ("count", "deepseek-v3", "--tensors", "--json"),
    ("cost", "llama-3-8b", "--json"),
    ("presets", "--json"),
)


def timed(*arguments: str) -> float:
    """Seconds that one process takes."""
    start = perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - start


def main() -> None:
    """Print the figures, each command taking turns with the bare interpreter."""
    for command in COMMANDS:
        bare, whole = [], []
        for _ in range(ROUNDS):
            bare.append(timed("-c", "pass"))
            whole.append(timed("-m", "designer", *command))
        ratio = median(whole) / median(bare)
        print(f"{' '.join(command)}: {median(whole) * 1000:.0f} ms, {ratio:.1f}× `python -c pass`")


if __name__ == "__main__":
    main()
