"""What each entry of the palette would cost at the selection: beside it where asked for, else on hover."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QHBoxLayout, QToolTip, QWidget

from designer.analysis.issues import issues
from designer.design import edits
from designer.design.tree import Design
from designer.symbolic.issue import Issue, Refusal, said
from designer.ui.appearance import Appearance
from designer.ui.controls.label import label
from designer.ui.controls.switch import Switch
from designer.ui.insert.pricing import Pricing, in_one_unit
from designer.ui.numbers import difference
from designer.ui.palette.entries import Entry
from designer.ui.palette.palette import Palette
from designer.ui.placing import placed, slot_for
from designer.ui.session import Session
from designer.ui.tr import tr

UNFIT = "It does not fit here."
PAUSE = 120
"""Milliseconds without an edit before prices are worked out again."""


class PalettePrices(QObject):
    """Follows the session while prices are shown. `switch` shows and hides them."""

    def __init__(self, session: Session, appearance: Appearance, palette: Palette) -> None:
        super().__init__(palette)
        self._session, self._palette = session, palette
        self._pricing = Pricing(session, self)
        self._pricing.priced.connect(self._show)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._ask)
        self.switch = Switch(appearance)
        self.switch.setAccessibleName(tr("Show prices"))
        self.switch.toggled.connect(self._turn)
        palette.put_below(_foot(self.switch, appearance))
        palette.list.viewport().installEventFilter(self)
        session.changed.connect(self._forget)
        session.selected.connect(self._forget)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """On hover an entry says what it does, and what it would cost here."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            entry = self._palette.list.entry_at(event.pos())
            if entry is not None:
                QToolTip.showText(event.globalPos(), self.told(entry), self._palette.list.viewport())
                return True
        return False

    def told(self, entry: Entry) -> str:
        """What an entry is, what it does, and what it would cost."""
        price = self._pricing.price(lambda: self._design(entry))
        lines = [tr(entry.title), tr(entry.help)]
        if price is None:
            lines.append(tr(UNFIT))
        else:
            amount = difference(price) if price else "0"
            lines.append(tr("{price} parameters here, in the whole design", price=amount))
        return "\n".join(line for line in lines if line)

    def _design(self, entry: Entry) -> Design:
        """The design with the entry at the selection.

        Raises:
            Refusal: where shapes would no longer agree.
        """
        session = self._session
        slot = slot_for(session.design, session.selection, entry.node, session.registry)
        design, _ = placed(session.design, *slot, entry.node, session.registry)
        if _unsound(issues(session.measured.of(design))) > _unsound(session.issues):
            raise Refusal("", said(UNFIT))
        return design

    def _turn(self, shown: bool) -> None:
        self._palette.list.show_amounts({}, "")
        self._forget()
        if shown:
            self._ask()

    def _forget(self, *_: object) -> None:
        """The prices of another place, until those of this one are known."""
        self._pricing.forget()
        if self.switch.isChecked():
            self._pause.start()

    def _ask(self) -> None:
        if self.switch.isChecked():
            listed = self._palette.list.entries()
            self._pricing.ask({entry: lambda entry=entry: self._design(entry) for entry in listed})

    def _show(self) -> None:
        if not self.switch.isChecked():
            return
        listed = self._palette.list.entries()
        amounts = in_one_unit([self._pricing.of(entry) for entry in listed])
        unfit = [entry for entry in listed if self._pricing.is_refused(entry)]
        self._palette.list.show_amounts(dict(zip(listed, amounts, strict=True)), self._where(), unfit)

    def _where(self) -> str:
        """Where they count, in words."""
        session = self._session
        container, _ = slot_for(session.design, session.selection, None, session.registry)
        inside = edits.find(session.design, container).inside
        copies = session.copies(inside[0].id) if inside else 1
        return tr("adds here, ×{n}", n=f"{copies:,}") if copies > 1 else tr("adds here")


def _unsound(found: Sequence[Issue]) -> int:
    return sum(issue.severity == "unsound" for issue in found)


def _foot(switch: Switch, appearance: Appearance) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(14, 0, 10, 2)
    row.addWidget(label(tr("Show prices"), appearance.theme.fonts.body, "2"))
    row.addStretch(1)
    row.addWidget(switch)
    return made
