"""How fast the canvas paints, pans, zooms and follows edits, with 10,000 blocks and with Llama-3-8B.

`python tests/benchmarks/canvas.py` prints medians, each beside a repaint of an empty view of the same size
measured in the same run. Painting is Qt's raster engine without a screen.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import cycle
from statistics import median
from time import perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QGraphicsScene, QGraphicsView

from designer.blocks.palette import registry
from designer.design import edits
from designer.design.making import make
from designer.design.tree import Design
from designer.formats.opening import opened
from designer.formats.templates import block_node
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


def large(blocks: int) -> Design:
    """A Repeat around so many blocks, two in each residual."""
    kinds = registry()
    embedding = make(kinds, "token_embedding", rows=1000, hidden=64)
    sublayers = (
        make(kinds, "residual", make(kinds, "rms_norm"), make(kinds, "mlp", hidden=64 * (1 + n % 3))).fresh()
        for n in range(blocks // 2)
    )
    return Design(make(kinds, "stack", embedding, make(kinds, "repeat", *sublayers, times=4)))


def shown(session: Session, appearance: Appearance) -> Canvas:
    """The canvas, painted once."""
    canvas = Canvas(session, appearance)
    canvas.resize(*SIZE)
    canvas.show()
    QApplication.processEvents()
    return canvas


def repaint(view: QGraphicsView) -> Callable[[], None]:
    """Paint everything in sight."""

    def work() -> None:
        view.viewport().repaint()

    return work


def empty() -> QGraphicsView:
    """A view of nothing, of one colour: what a picture costs at least."""
    view = QGraphicsView(QGraphicsScene())
    view.setBackgroundBrush(QColor("white"))
    view.resize(*SIZE)
    view.show()
    QApplication.processEvents()
    return view


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


def insert(canvas: Canvas) -> Callable[[], None]:
    """A block more in the middle, committed, measured, laid out and painted."""
    session = canvas.session
    container = next(
        node for node in session.design.tree.walk() if len(node.inside) > 1 and "times" in node.fields
    )
    block = block_node(session.registry, "rms_norm")

    def work() -> None:
        middle = len(edits.find(session.design, container.id).inside) // 2
        design, id = placed(session.design, container.id, middle, block, session.registry)
        session.commit(design, "Insert", select=(id,))
        canvas.viewport().repaint()

    return work


def follow(canvas: Canvas) -> Callable[[], None]:
    """The canvas's own part of such an edit: what is left when the design is there and measured."""
    session = canvas.session
    designs = cycle([session.design, _without_first(session)])
    measured = [session.measured.of(next(designs)) for _ in range(2)]
    for each in measured:
        assert each.body is not None
    turn = cycle(measured)

    def work() -> None:
        canvas.board.follow(next(turn))
        canvas.viewport().repaint()

    return work


def _without_first(session: Session) -> Design:
    container = next(
        node for node in session.design.tree.walk() if len(node.inside) > 1 and "times" in node.fields
    )
    return edits.remove(session.design, [container.inside[0].id])


def report(what: str, taken: float, floor: float) -> None:
    """One line."""
    verdict = "" if taken < FRAME else f"   over the {FRAME:.0f} ms of a frame"
    print(f"  {what:<44} {taken:7.2f} ms   {taken / floor:6.1f} × an empty repaint{verdict}")


def main() -> None:
    """Print the figures."""
    app = QApplication([])
    appearance = Appearance(app, "light")
    blank = empty()
    floor = timed(repaint(blank))
    print(f"an empty repaint of {SIZE[0]}×{SIZE[1]}: {floor:.2f} ms")
    for name, design in (("10,000 blocks", large(10_000)), ("Llama-3-8B", opened("llama-3-8b", registry()))):
        start = perf_counter()
        session = Session(design, registry())
        assert session.measured.total
        counted = perf_counter() - start
        start = perf_counter()
        canvas = shown(session, appearance)
        canvas.board.motion.still = True
        print(
            f"{name}: counted in {1000 * counted:.0f} ms, on the canvas {1000 * (perf_counter() - start):.0f} ms later"
        )
        report("repaint", timed(repaint(canvas)), floor)
        report("pan", timed(pan(canvas)), floor)
        report("zoom", timed(zoom(canvas)), floor)
        report("an edit: the canvas's own part", timed(follow(canvas)), floor)
        report("an edit: everything, from gesture to picture", timed(insert(canvas)), floor)
        canvas.fit()
        report("repaint of the whole design", timed(repaint(canvas)), floor)
        canvas.close()


if __name__ == "__main__":
    main()
