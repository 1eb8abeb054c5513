"""How fast spaces are searched and swept, beside a formula of Llama written by hand in NumPy.

`python tests/benchmarks/search.py` prints medians and ratios measured in the same run, on one core.
"""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from time import perf_counter

import numpy as np

from designer.analysis.measured import Measured
from designer.blocks.palette import registry
from designer.formats.huggingface.importing import design_of
from designer.search.search import search
from designer.search.space import Space
from designer.search.sweep import sweep

LLAMA_3_8B = {
    "model_type": "llama",
    "hidden_size": 4096,
    "intermediate_size": 14336,
    "num_attention_heads": 32,
    "num_key_value_heads": 8,
    "num_hidden_layers": 32,
    "vocab_size": 128256,
    "max_position_embeddings": 8192,
}
RANGES = [
    ("num_key_value_heads", "1,2,4,8"),
    ("num_attention_heads", "8,16,32,64"),
    ("num_hidden_layers", "8:64:2"),
    ("intermediate_size", "2048:16384:384"),
    ("hidden_size", "1024:8192:128"),
]
WHERE = ["total <= 3B", "kv_cache_bytes < 1GiB", "num_attention_heads % num_key_value_heads == 0"]


def by_hand(v: dict[str, np.ndarray]) -> np.ndarray:
    """Llama's parameters, head width = hidden size / heads, untied, without biases."""
    d, f, n = v["hidden_size"], v["intermediate_size"], v["num_hidden_layers"]
    kv = v["num_key_value_heads"] * (d // v["num_attention_heads"])
    layer = 2 * d * d + 2 * d * kv + 3 * d * f + 2 * d
    return n * layer + 2 * LLAMA_3_8B["vocab_size"] * d + d


def timed(work: Callable[[], object], times: int = 5) -> float:
    """Median seconds."""
    taken: list[float] = []
    for _ in range(times):
        start = perf_counter()
        work()
        taken.append(perf_counter() - start)
    return median(taken)


def main() -> None:
    """Print the figures."""
    kinds = registry()
    start = Measured(design_of(LLAMA_3_8B, kinds), kinds)
    space = Space.read(start.design, RANGES)
    axes = np.meshgrid(*(np.array(axis.values) for axis in space.axes), indexing="ij")
    columns = {axis.name: column.reshape(-1) for axis, column in zip(space.axes, axes, strict=True)}
    swept = sweep(start, space, ["total"])
    assert np.array_equal(by_hand(columns)[swept.fits], swept.readings["total"][swept.fits])

    hand = timed(lambda: by_hand(columns))
    ours = timed(lambda: sweep(start, space, ["total"]))
    print(f"sweep of Llama's total over {space.points:,} designs: {ours * 1e3:.1f} ms, ", end="")
    print(
        f"{space.points / ours / 1e6:.0f} M designs a second; by hand {hand * 1e3:.1f} ms, {ours / hand:.2f}×"
    )
    print(f"search under {len(WHERE)} constraints: ", end="")
    found = search(start, space, WHERE, "abs(total - 2.5B)")
    whole = timed(lambda: search(start, space, WHERE, "abs(total - 2.5B)"))
    print(f"{whole * 1e3:.0f} ms, {space.points / whole / 1e6:.1f} M designs a second; {found.fit:,} fit")
    one = timed(lambda: search(start, Space.read(start.design, [("hidden_size", "4096")])))
    print(f"search of one design, trace and all: {one * 1e3:.1f} ms")


if __name__ == "__main__":
    main()
