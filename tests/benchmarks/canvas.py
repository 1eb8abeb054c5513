"""How fast the canvas paints, pans, zooms and follows edits, with 10,000 blocks and with Llama-3-8B.

`python tests/benchmarks/canvas.py` prints medians, each beside a repaint of an empty design measured in
the same run. Painting is Qt's raster engine without a screen.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from itertools import cycle
from statistics import median
from time import perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from designer.blocks.palette import registry
from designer.design import edits
from designer.design.making import make
from designer.design.tree import Design, Node
from designer.formats.opening import opened
from designer.formats.templates import block_node, empty_design
from designer.ui.appearance import Appearance
from designer.ui.canvas.view import Canvas
from designer.ui.placing import placed
from designer.ui.session import Session

SIZE = 900, 900
FRAME = 16.0
"""Milliseconds that a screen gives to each picture."""


def timed(work: Callable[[], object], times: int = 30) -> float:
    """Median milliseconds of one call."""
    taken: list[float] = []
    for _ in range(times):
        start = perf_counter()
        work()
        taken.append(perf_counter() - start)
    return 1000 * median(taken)


def large(blocks: int, together: int) -> Design:
    """So many blocks, two in each residual, `together` of these in each stack."""
    kinds = registry()
    embedding = make(kinds, "token_embedding", rows=1000, hidden=64, name="embedding")
    stacks = (
        make(kinds, "stack", *(sublayer(n) for n in range(together)), name=str(index))
        for index in range(blocks // (2 * together))
    )
    return Design(make(kinds, "stack", embedding, *stacks))


def sublayer(number: int) -> Node:
    """A norm and a feed-forward in a residual, under names of their own."""
    kinds = registry()
    mlp = make(kinds, "mlp", hidden=64 * (1 + number % 3), name="mlp")
    return make(kinds, "residual", make(kinds, "rms_norm", name="norm"), mlp, name=str(number)).fresh()


def shown(session: Session, appearance: Appearance) -> Canvas:
    """The canvas with its ledger, painted once."""
    canvas = Canvas(session, appearance)
    canvas.resize(*SIZE)
    canvas.begin_ledger()
    canvas.show()
    QApplication.processEvents()
    return canvas


def repaint(view: Canvas) -> Callable[[], None]:
    """Paint everything in sight."""

    def work() -> None:
        view.viewport().repaint()

    return work


def pan(canvas: Canvas) -> Callable[[], None]:
    """Scroll on, and paint."""
    bar = canvas.verticalScrollBar()
    steps = cycle((37, 37, 37, -37, -37))

    def work() -> None:
        bar.setValue(bar.value() + next(steps))
        canvas.viewport().repaint()

    return work


def zoom(canvas: Canvas) -> Callable[[], None]:
    """A step nearer or further off, and paint."""
    steps = cycle((1.0, 0.9, 0.8, 0.9, 1.0, 1.1, 1.2, 1.1))

    def work() -> None:
        canvas.zoom_to(next(steps))
        canvas.viewport().repaint()

    return work


def fullest(design: Design) -> Node:
    """The container that holds the most, in the middle of those that hold as many."""
    nodes = list(design.tree.walk())
    most = max(len(node.inside) for node in nodes)
    alike = [node for node in nodes if len(node.inside) == most]
    return alike[len(alike) // 2]


def insert(canvas: Canvas) -> Callable[[], None]:
    """A block more in the middle: adapted, committed, measured, laid out and painted."""
    session, container = canvas.session, fullest(canvas.session.design)
    block = block_node(session.registry, "rms_norm")

    def work() -> None:
        middle = len(edits.find(session.design, container.id).inside) // 2
        design, ids = placed(session.design, container.id, middle, block, session.registry)
        session.commit(design, "Insert", select=ids)
        canvas.viewport().repaint()

    return work


def follow(canvas: Canvas) -> Callable[[], None]:
    """The canvas's own part of such an edit: all but the trace and the count, which others time."""
    session, container = canvas.session, fullest(canvas.session.design)
    middle = len(container.inside) // 2
    block = block_node(session.registry, "rms_norm")
    inserted, _ = placed(session.design, container.id, middle, block, session.registry)
    measured = [session.measured, session.measured.of(inserted)]
    assert all(each.body is not None for each in measured)
    turn = cycle(reversed(measured))

    def work() -> None:
        canvas.board.follow(next(turn))
        canvas.viewport().repaint()

    return work


def report(what: str, taken: float, floor: float) -> None:
    """One line."""
    verdict = "" if taken < FRAME else f"   over the {FRAME:.0f} ms of a frame"
    print(f"  {what:<46} {taken:7.2f} ms   {taken / floor:6.1f} × the floor{verdict}")


def report_all(name: str, design: Design, appearance: Appearance, floor: float) -> None:
    """All that is measured of one design."""
    session = Session(design, registry())
    counted = timed(lambda: session.measured.total, 1)
    start = perf_counter()
    canvas = shown(session, appearance)
    canvas.board.motion.still = True
    gc.freeze()  # as run does once a window has shown its first frame
    print(
        f"{name}: counted in {counted:.0f} ms, on the canvas {1000 * (perf_counter() - start):.0f} ms later"
    )
    report("repaint", timed(repaint(canvas)), floor)
    report("pan", timed(pan(canvas)), floor)
    report("zoom", timed(zoom(canvas)), floor)
    report("insert: the canvas's own part", timed(follow(canvas)), floor)
    report("insert: all of it, from gesture to picture", timed(insert(canvas)), floor)
    canvas.fit()
    report("repaint of the whole design", timed(repaint(canvas)), floor)
    canvas.close()
    gc.unfreeze()


def main() -> None:
    """Print the figures."""
    app = QApplication([])
    appearance = Appearance(app, "light")
    blank = shown(Session(empty_design(registry()), registry()), appearance)
    floor = timed(repaint(blank))
    print(f"the floor, a repaint of an empty design at {SIZE[0]}×{SIZE[1]}: {floor:.2f} ms")
    report_all("Llama-3-8B", opened("llama-3-8b", registry()), appearance, floor)
    report_all("10,000 blocks, 100 to a stack", large(10_000, 50), appearance, floor)
    report_all("10,000 blocks in one stack", large(10_000, 5_000), appearance, floor)


if __name__ == "__main__":
    main()
