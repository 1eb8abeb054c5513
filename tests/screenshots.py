"""Pictures of the window, made from the program: `python -m tests.screenshots FOLDER [SCENE…]`.

Without a display, in DejaVu Sans, light and dark, at four sizes. What is shown is the same in every run.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QSettings
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from designer.blocks.palette import registry
from designer.design import edits
from designer.design.expression import Expression
from designer.design.making import make
from designer.design.tree import Design, Node
from designer.formats.opening import opened
from designer.formats.templates import block_node, empty_design
from designer.ui.appearance import Appearance
from designer.ui.canvas.frame import Part
from designer.ui.canvas.in_place.writing import write
from designer.ui.dock import ISSUES
from designer.ui.layers import layering
from designer.ui.main_window import MainWindow
from designer.ui.session import Session
from designer.ui.settings import Settings
from tests.number_scenes import ask_scenario, explain, give_another_width, look_at_a_slider

SIZES = ((1024, 640), (1280, 720), (1440, 900), (2560, 1440))
EXAMPLES = Path(__file__).parents[1] / "examples"
HYBRID, GROUPS = str(EXAMPLES / "hybrid_pattern.json"), str(EXAMPLES / "hybrid_groups.json")
BASE = 12
"""Pixels of the system's font."""


@dataclass(frozen=True)
class Scene:
    """What a picture shows: a design, and what is done to the window before it is taken.

    `base` are the pixels of the system's font, where they are not as everywhere.
    """

    design: str
    prepare: Callable[[MainWindow], None] = lambda window: None
    sizes: tuple[tuple[int, int], ...] = ((1440, 900),)
    base: int = 0


def select(window: MainWindow, category: str, field: str = "", **settings: str) -> Node:
    """Select the first block of a category that has a field, and these settings."""
    session = window.session
    for node in session.design.tree.walk():
        made = session.registry.get(node.kind)
        if (
            made is not None
            and made.layout == "leaf"
            and made.category == category
            and (not field or field in node.fields)
            and settings.items() <= node.fields.items()
        ):
            session.select((node.id,))
            return node
    raise LookupError(category)


def break_a_field(window: MainWindow) -> None:
    """Type what cannot be read into the hidden width."""
    node = select(window, "feed_forward", "hidden")
    hidden = node.configured(hidden=Expression("hiden_size/3", 14336))
    window.session.commit(_with(window.session, node, hidden), "Change Hidden width")
    below = window.panels.below
    assert below is not None
    below.show_page(ISSUES)
    wait(lambda: below.issues.settled)


def edit_several(window: MainWindow) -> None:
    """Select a self-attention and the cross-attention below it, which differ in their key/value heads."""
    session = window.session
    attentions = [node for node in session.design.tree.walk() if "kv_heads" in node.fields]
    own, cross = attentions[-2:]
    changed = own.configured(kv_heads=4)
    session.commit(_with(session, own, changed), "Change Key/value heads", select=(own.id, cross.id))
    inspector = window.panels.inspector
    assert inspector is not None
    wait(lambda: bool(inspector.equal.buttons))


def misfit(window: MainWindow) -> None:
    """A feed-forward of another width than the stream's, heads that cannot be shared, an odd vocabulary."""
    session = window.session
    kinds = session.registry
    design = session.design
    wide = [node for node in design.tree.walk() if node.kind == "residual"][-1]
    narrow = block_node(kinds, "embedding_projection").configured(hidden=760)
    design = edits.insert(design, wide.id, len(wide.inside), narrow)
    attention = next(node for node in design.tree.walk() if "kv_heads" in node.fields)
    design = edits.configure(design, (attention.id,), {"kv_heads": 5})
    session.commit(design, "Change", select=())
    below = window.panels.below
    assert below is not None
    below.show_page(ISSUES)
    wait(lambda: below.issues.settled)


def _with(session: Session, node: Node, changed: Node):
    return edits.configure(session.design, (node.id,), dict(changed.fields))


def quick_insert(window: MainWindow, typed: str) -> None:
    """Ask for a block behind the attention, and type its name."""
    from PySide6.QtTest import QTest

    select(window, "attention")
    assert window.commands is not None
    window.commands.quick_insert()
    focus = window.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, typed)
    settle()


def select_repeat(window: MainWindow, number: int = 0, layers: tuple[int, ...] = ()) -> None:
    """Select a Repeat, and perhaps layers of it."""
    tree = window.session.design.tree
    repeats = [node for node in tree.walk() if node.kind == "repeat"]
    window.session.select((repeats[number].id,), layers)


def write_on_repeat(window: MainWindow, part: Part) -> None:
    """Open the field over a part of the first Repeat."""
    select_repeat(window)
    window.canvas.grab()
    write(window.canvas, window.session.selection[0], part)


def stand_abreast(window: MainWindow) -> None:
    """Attention beside a feed-forward in every layer, as GPT-J runs them."""
    kinds = window.session.registry

    def block(kind: str, *inside: Node, **fields: int) -> Node:
        return make(kinds, kind, *inside, **fields)

    branches = block("parallel", block("attention"), block("mlp"))
    layers = block("repeat", block("residual", block("rms_norm"), branches), times=28)
    tree = block("stack", block("token_embedding"), layers, block("rms_norm"), block("lm_head"))
    window.session.start(Design(tree, "Branches side by side"))
    window.session.select((branches.id,))


def cut_the_tile(window: MainWindow) -> None:
    """Fifty layers, where a tile has four."""
    session = window.session
    session.commit(edits.set_variable(session.design, "num_hidden_layers", 50), "50 layers")
    select_repeat(window)


def break_the_pattern(window: MainWindow) -> None:
    """Type a word that no block is called."""
    from PySide6.QtTest import QTest

    select_repeat(window)
    inspector = window.panels.inspector
    assert inspector is not None
    line = inspector.layers.pattern.fields[0].line
    settle()
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "3x mamba, atention")
    settle()


def set_apart(window: MainWindow) -> None:
    """Layer 30 with half the heads."""
    select_repeat(window, 0, (30,))
    session = window.session
    layering.split(session)
    attention = next(node for node in session.nodes[0].walk() if "heads" in node.fields)
    fewer = edits.configure(session.design, (attention.id,), {"heads": 64})
    session.commit(fewer, "Change Heads")


def show_prices(window: MainWindow) -> None:
    """With the attention selected, what everything would cost there."""
    from designer.ui.controls.switch import Switch

    select(window, "attention")
    palette = window.panels.palette
    assert palette is not None
    (switch,) = palette.findChildren(Switch)
    switch.setChecked(True)
    settle()


def find_command(window: MainWindow, typed: str) -> None:
    """Ask for a command, and type a piece of its name."""
    from PySide6.QtTest import QTest

    assert window.commands is not None
    window.commands.find_command()
    focus = window.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, typed)


def look_at(window: MainWindow, category: str, zoom: float) -> None:
    """Select a block, and look at it from near or from far."""
    canvas, node = window.canvas, select(window, category)
    canvas.zoom_to(zoom)
    canvas.verticalScrollBar().setValue(canvas.verticalScrollBar().minimum())
    canvas.horizontalScrollBar().setValue(canvas.horizontalScrollBar().minimum())
    canvas.reveal(node.id)


def hover(window: MainWindow) -> None:
    """The pointer on the feed-forward, the attention selected."""
    canvas = window.canvas
    canvas.hover(select(window, "feed_forward").id)
    select(window, "attention")


def hold_over(window: MainWindow) -> None:
    """A feed-forward sublayer held between the two of a layer."""
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent

    from designer.formats.templates import ready_parts
    from designer.ui.part import part_data

    canvas, session = window.canvas, window.session
    residuals = [node for node in session.design.tree.walk() if node.kind == "residual"]
    card = canvas.board.card(residuals[1].id)
    assert card is not None
    where = canvas.mapFromScene(card.scenePos()) + QPoint(60, 2)
    held = part_data(ready_parts(session.registry)[1].node)
    action, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for event in (QDragEnterEvent, QDragMoveEvent):
        QApplication.sendEvent(canvas.viewport(), event(where, action, held, left, none))
    settle()


SCENES: Mapping[str, Scene] = {
    "near": Scene("llama-3-8b", lambda window: look_at(window, "attention", 2.2)),
    "far": Scene("deepseek-v3", lambda window: look_at(window, "attention", 0.3)),
    "hover": Scene("llama-3-8b", hover),
    "drag_over": Scene("llama-3-8b", hold_over),
    "hybrid": Scene(HYBRID, select_repeat, SIZES),
    "cut_tile": Scene(HYBRID, cut_the_tile),
    "broken_pattern": Scene(HYBRID, break_the_pattern),
    "nested": Scene(GROUPS, lambda window: select_repeat(window, 1)),
    "exceptions": Scene("deepseek-v3", set_apart, ((1440, 900), (1280, 720))),
    "main": Scene("llama-3-8b", lambda window: select(window, "attention") and None, SIZES),
    "gpt2": Scene("gpt2", lambda window: select(window, "positional") and None),
    "encoder_decoder": Scene(
        "flan-t5-base", lambda window: select(window, "attention", sees="memory") and None, SIZES
    ),
    "branches": Scene("", stand_abreast),
    "badge": Scene("gpt2", lambda window: write_on_repeat(window, "times")),
    "pattern_on_canvas": Scene(HYBRID, lambda window: write_on_repeat(window, "pattern")),
    "experts": Scene("deepseek-v3", lambda window: select(window, "feed_forward", "experts") and None),
    "shared": Scene("albert-base-v2"),
    "empty": Scene(""),
    "broken": Scene("llama-3-8b", break_a_field),
    "multi_edit": Scene("flan-t5-base", edit_several),
    "quick_insert": Scene(
        "llama-3-8b", lambda window: quick_insert(window, "moe"), ((1440, 900), (1280, 720))
    ),
    "issues": Scene("gpt2", misfit),
    "small": Scene("llama-3-8b", lambda window: select(window, "feed_forward") and None, SIZES[:2]),
    "text_200": Scene(
        "llama-3-8b", lambda window: select(window, "attention") and None, SIZES[1:], base=2 * BASE
    ),
    "prices": Scene("llama-3-8b", show_prices, ((1440, 900), (1280, 720))),
    "command_palette": Scene("llama-3-8b", lambda window: find_command(window, "wr")),
    "why": Scene("llama-3-8b", explain, SIZES),
    "scenario": Scene("llama-3-8b", ask_scenario, SIZES),
    "provisional": Scene("llama-3-8b", give_another_width, SIZES[1:3]),
    "variables": Scene("llama-3-8b", look_at_a_slider),
    "readme": Scene("llama-3-8b", lambda window: select(window, "attention") and None),
}


def pictures(folder: Path, names: tuple[str, ...]) -> Iterator[Path]:
    """Take every picture."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    app.setStyle("Fusion")
    app.setCursorFlashTime(0)
    for name in names or tuple(SCENES):
        scene = SCENES[name]
        font = QFont("DejaVu Sans")
        font.setPixelSize(scene.base or BASE)
        app.setFont(font)
        appearance = Appearance(app, "light")
        for theme in ("light", "dark"):
            appearance.choose(theme)
            for size in scene.sizes:
                with tempfile.TemporaryDirectory() as kept:  # every window is a first one
                    store = QSettings(str(Path(kept, "settings.ini")), QSettings.Format.IniFormat)
                    yield _taken(folder, name, scene, appearance, Settings(store), size)


def _taken(
    folder: Path, name: str, scene: Scene, appearance: Appearance, settings: Settings, size: tuple[int, int]
) -> Path:
    kinds = registry()
    design = opened(scene.design, kinds) if scene.design else empty_design(kinds)
    window = MainWindow(Session(design, kinds), appearance, settings)
    window.resize(*size)
    window.show()
    wait(lambda: window.furnished)
    below = window.panels.below
    assert below is not None
    wait(lambda: below.complete)
    window.canvas.board.motion.still = True
    for part in (window.totals.count, window.totals.strip, window.totals.costs):
        part.fading.still = True
    window.canvas.setFocus()
    scene.prepare(window)
    settle()
    path = folder / f"{name}_{appearance.choice}_{size[0]}.png"
    window.grab().save(str(path))
    window.session.start(window.session.design)
    window.close()
    window.deleteLater()
    settle()
    return path


def wait(until: Callable[[], bool]) -> None:
    """Let the window live until something holds; ten seconds at most."""
    deadline = QDeadlineTimer(10_000)
    while not until():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        if deadline.hasExpired():
            raise TimeoutError("the window did not get there")


def settle() -> None:
    """Let everything that waits be done: charts draw a frame later."""
    deadline = QDeadlineTimer(150)
    while not deadline.hasExpired():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


def main(arguments: list[str]) -> int:
    """Take the pictures that are asked for."""
    if not arguments:
        print(__doc__)
        return 2
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    for path in pictures(folder, tuple(arguments[1:])):
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
