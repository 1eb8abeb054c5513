"""What the charts need is fetched beside the window."""

from __future__ import annotations

import sys
from threading import current_thread, main_thread

from PySide6.QtWidgets import QApplication

from designer.ui.charts import loading
from designer.ui.charts.loading import Loading


def test_what_needs_qt_is_imported_in_the_thread_of_the_window_and_nothing_else_is(qtbot, monkeypatch):
    threads: dict[str, bool] = {}

    def watched(name):
        threads[name] = current_thread() is main_thread()
        return sys.modules.get(name) or __import__(name, fromlist=["_"])

    monkeypatch.setattr(loading, "import_module", watched)
    made = Loading()
    with qtbot.waitSignal(made.done, timeout=20_000):
        made.start()
    assert {name for name, in_window in threads.items() if not in_window} == {
        "numpy",
        "designer.search.sweep",
    }
    assert threads["pyqtgraph"]
    assert all(in_window for name, in_window in threads.items() if name.startswith("PySide6"))
    again: list[bool] = []
    made.done.connect(lambda: again.append(True))
    QApplication.processEvents()
    assert again == []
