"""The scenario in a popover under the costs, so that they change in sight; all of its bytes below."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QWidget

from designer.ui.appearance import Appearance
from designer.ui.controls.label import label
from designer.ui.numbers import bytes_, exact, plain, work
from designer.ui.popup.popover import Popover
from designer.ui.scenario.form import ScenarioForm
from designer.ui.session import Session
from designer.ui.tr import tr

WIDE = 33
"""The sheet's width, in heights of the system's font."""


class ScenarioSheet(Popover):
    """Follows the session while it is open. What is changed in it is one step, however much that is."""

    def __init__(
        self,
        window: QWidget,
        session: Session,
        appearance: Appearance,
        about: Callable[[], tuple[QRect, int]],
    ) -> None:
        fonts = appearance.theme.fonts
        super().__init__(window, appearance, tr("Scenario"), round(fonts.base * WIDE), about)
        self._session = session
        head = QHBoxLayout()
        head.addWidget(label(tr("Scenario"), fonts.title), 1)
        head.addWidget(label(tr("saved in the design"), fonts.caption, "2"))
        self.form = ScenarioForm(session, appearance, gesture=object())
        rule = QFrame()
        rule.setProperty("rule", True)
        rule.setFixedHeight(1)
        self.costs = QGridLayout()
        self.costs.setHorizontalSpacing(10)
        self.costs.setVerticalSpacing(3)
        self.costs.setColumnStretch(2, 1)
        self._cells = [self._line(row) for row in range(5)]
        self.body.addLayout(head)
        self.body.addWidget(self.form)
        self.body.addWidget(rule)
        self.body.addLayout(self.costs)
        session.changed.connect(self._follow)
        self._show()

    def _line(self, row: int) -> tuple[QWidget, ...]:
        fonts = self._appearance.theme.fonts
        name, value, words = label("", fonts.small, "2"), label("", fonts.count), label("", fonts.small, "2")
        value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for column, cell in enumerate((name, value, words)):
            self.costs.addWidget(cell, row, column)
        return name, value, words

    def _follow(self, *_: object) -> None:
        if self.isVisible():
            self.form.refresh()
            self._show()
            self.place()

    def _show(self) -> None:
        for cells, line in zip(self._cells, costs(self._session), strict=True):
            for cell, words in zip(cells, line or ("", "", ""), strict=True):
                cell.setText(words)  # pyright: ignore[reportAttributeAccessIssue]
                cell.setVisible(line is not None)


Line = tuple[str, str, str]


def costs(session: Session) -> tuple[Line | None, ...]:
    """(name, value, exactly) of each cost under the design's scenario; None for a state nothing keeps."""
    measured, scenario = session.measured, session.design.scenario
    read = {name: plain(count) for name, count in measured.costs().items()}
    tokens = plain(measured.tokens()) * scenario.batch
    cache, state = read["kv_cache_bytes"], read["state_bytes"]
    exactly = "{n} bytes"
    return (
        (tr("Weights"), bytes_(read["weights_bytes"]), tr(exactly, n=exact(read["weights_bytes"]))),
        (tr("KV cache"), bytes_(cache), tr(exactly, n=exact(cache))),
        (tr("State"), bytes_(state), tr(exactly, n=exact(state))) if state else None,
        (tr("FLOPs per token"), work(read["flops_per_token"]), tr("matrix work, forward, mean")),
        (
            tr("FLOPs of the pass"),
            work(read["flops_forward"]),
            tr("{n} tokens; training is 3 ×", n=exact(tokens)),
        ),
    )
