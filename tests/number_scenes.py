"""What is done to the window before a picture of its numbers is taken: why, scenario, misfit, slider."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from designer.design import edits
from designer.formats.templates import block_node
from designer.ui.main_window import MainWindow
from designer.ui.scenario.button import ScenarioButton


def explain(window: MainWindow) -> None:
    """Ask why the attention counts what it does."""
    _select_attention(window)
    assert window.commands is not None
    window.commands.explain()


def ask_scenario(window: MainWindow) -> None:
    """Open the scenario under the costs."""
    _select_attention(window)
    button = window.findChild(ScenarioButton)
    assert button is not None
    button.click()


def give_another_width(window: MainWindow) -> None:
    """Let the feed-forward branch give 4,000 to a stream of 4,096."""
    session = window.session
    branch = [node for node in session.design.tree.walk() if node.kind == "residual"][-1]
    narrow = block_node(session.registry, "embedding_projection").configured(hidden=4000)
    design = edits.insert(session.design, branch.id, len(branch.inside), narrow)
    session.commit(design, "Insert a projection", select=(branch.inside[-1].id,))


def look_at_a_slider(window: MainWindow) -> None:
    """Look at the slider of the width."""
    _select_attention(window)
    inspector = window.panels.inspector
    assert inspector is not None
    rows = inspector.variables.rows
    rows["hidden_size"].slider.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)  # as where the pointer is
    rows["hidden_size"].slider.entered.emit()
    QApplication.processEvents()
    inspector.ensureWidgetVisible(rows["vocab_size"])


def _select_attention(window: MainWindow) -> None:
    tree = window.session.design.tree
    window.session.select((next(node.id for node in tree.walk() if "kv_heads" in node.fields),))
    QApplication.processEvents()
