"""Small cells under a field: the numbers that it may hold beside the others."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from designer.ui.appearance import Appearance
from designer.ui.numbers import exact
from designer.ui.tr import tr

GAP = 3
PADDING = 14
LEAST = 160
"""Pixels that there are at least."""


class LegalCells(QWidget):
    """`picked` carries the number of a cell. They take no keyboard: the field's arrows walk them."""

    picked = Signal(object)

    def __init__(self, appearance: Appearance, name: str) -> None:
        super().__init__()
        self._appearance = appearance
        self._legal: Sequence[int] = ()
        self._present: int | float | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 2)
        self._row.setSpacing(GAP)
        self._row.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.cells: list[QToolButton] = []
        self.setAccessibleName(tr("What {field} may be", field=name))

    def show_legal(self, legal: Sequence[int], present: int | float | None) -> None:
        """Show these numbers, those nearest to the present one where they are too many."""
        self._legal = legal
        self.show()
        self.show_present(present)

    def show_present(self, present: int | float | None) -> None:
        """Mark the number that stands in the field."""
        self._present = present
        shown = self._nearest()
        if [cell.property("number") for cell in self.cells] != shown:
            self._make(shown)
        for cell in self.cells:
            cell.setChecked(cell.property("number") == present)

    def walk(self, step: int) -> None:
        """Pick the next greater number (1), or the next smaller (-1)."""
        at = self._present if self._present is not None else 0
        beyond = [n for n in self._legal if (n > at if step > 0 else n < at)]
        if beyond:
            self.picked.emit(beyond[0] if step > 0 else beyond[-1])

    def _nearest(self) -> list[int]:
        """As many as the row has room for, around the present number."""
        role = self._appearance.theme.fonts.caption
        at, above = self._present or 0, self.parentWidget()
        room, shown = above.width() if above is not None else LEAST, list[int]()
        for number in sorted(self._legal, key=lambda n: max(n, at) / max(min(n, at), 1)):
            room -= role.width(exact(number)) + PADDING + GAP
            if room < 0:
                break
            shown.append(number)
        return sorted(shown)

    def _make(self, numbers: Sequence[int]) -> None:
        for cell in self.cells:
            cell.hide()
            cell.deleteLater()
        self.cells = [self._cell(number) for number in numbers]
        for cell in self.cells:
            self._row.addWidget(cell)

    def _cell(self, number: int) -> QToolButton:
        made = QToolButton()
        made.setText(exact(number))
        made.setProperty("number", number)
        made.setProperty("cell", True)
        made.setFont(self._appearance.theme.fonts.caption.font)
        made.setCheckable(True)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setAccessibleName(tr("Use {value}", value=exact(number)))
        made.clicked.connect(lambda: self.picked.emit(number))
        return made
