"""How long one edit and a recount take on Llama-3.1-405B, beside bare Python measured in the same run.

`python tests/benchmarks/edit_and_recount.py` prints medians on one core. Every edit gives the design a value
that it never had, so that nothing is remembered of it.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from statistics import median
from time import perf_counter

from designer.analysis.measured import Measured
from designer.blocks.palette import registry
from designer.design import edits
from designer.design.making import make
from designer.design.tree import Design, Node, Setting
from designer.formats.huggingface.importing import design_of
from designer.formats.presets import presets

ROUNDS = 300
TOTAL = 405_853_388_800


def timed(work: Callable[[], object]) -> float:
    """Median seconds of one call."""
    taken: list[float] = []
    for _ in range(ROUNDS):
        start = perf_counter()
        work()
        taken.append(perf_counter() - start)
    return median(taken)


def bare() -> int:
    """A thousand small objects made, kept under their values and added up: what no edit can do without."""
    kept = {(number, "weight"): [number] for number in range(1000)}
    return sum(numbers[0] for numbers in kept.values())


def unrolled(design: Design) -> Design:
    """The same model with each of its layers a block of its own."""
    repeat = next(node for node in design.tree.walk() if "times" in node.fields)
    path = edits.path_to(design.tree, repeat.id)
    layers = design.variables["num_hidden_layers"]
    assert isinstance(layers, int)
    stacks = (make(registry(), "stack", *repeat.inside, name=str(n)).fresh() for n in range(layers))
    whole = make(registry(), "stack", *stacks, name=repeat.name)
    return replace(design, tree=edits.changed(design.tree, path, lambda _: whole))


def edited(design: Design, node: Node, field: str, first: int) -> Callable[[], object]:
    """One edit of one field to a value never seen, and the total after it."""
    start = Measured(design, registry())
    assert start.total == TOTAL
    values = count(first)

    def edit() -> object:
        setting: Setting = next(values)
        return start.of(edits.configure(design, (node.id,), {field: setting})).total

    return edit


def main() -> None:
    """Print the figures."""
    gc.freeze()
    kinds = registry()
    llama = design_of(presets()["llama-3.1-405b"].config(), kinds)
    many = unrolled(llama)
    floor = timed(bare)
    print(f"bare Python, 1,000 small objects: {floor * 1e3:.3f} ms")
    for title, design, most in (("126 layers by Repeat", llama, 0.2), ("126 layers unrolled", many, 2.0)):
        mlp = next(node for node in design.tree.walk() if "gate" in node.fields)
        taken = timed(edited(design, mlp, "hidden", 60_000))
        print(f"one edit and a recount, {title}: {taken * 1e3:.3f} ms (at most {most} ms), ", end="")
        print(f"{taken / floor:.2f}× bare Python")


if __name__ == "__main__":
    main()
