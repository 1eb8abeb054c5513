"""What is said under a field that cannot be read: why, where, what was meant, what counts meanwhile."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QVBoxLayout, QWidget

from designer.ui.appearance import Appearance
from designer.ui.controls.emptying import empty
from designer.ui.controls.entry import Entry, Suggestion, written
from designer.ui.controls.label import label
from designer.ui.controls.painting import rounded
from designer.ui.controls.priced_button import PricedButton
from designer.ui.numbers import exact, real
from designer.ui.tr import spoken, tr

_NOTCH = 6


class SaidBox(QWidget):
    """Hidden while all is well. `taken` carries the suggestion that was chosen."""

    taken = Signal(object)

    def __init__(
        self,
        appearance: Appearance,
        parent: QWidget | None = None,
        points_at: Callable[[], int] | None = None,
    ) -> None:
        """`points_at` gives the pixels from the left where what it speaks of begins."""
        super().__init__(parent)
        self._appearance, self._points_at = appearance, points_at
        self._entry: Entry | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 8 + _NOTCH, 12, 10)
        self._column.setSpacing(4)
        self.hide()

    def show_entry(self, entry: Entry, counts_as: int | float | None) -> None:
        """Say what is to be said of an entry; nothing of one that is well."""
        if entry == self._entry:
            return
        self._entry = entry
        empty(self._column)
        if entry.cause is not None:
            self._say_why(entry, counts_as)
        elif entry.note is not None:
            self._column.addWidget(
                label(spoken(entry.note), self._appearance.theme.fonts.small, "warn", wraps=True)
            )
        self.setVisible(entry.cause is not None or entry.note is not None)
        self.update()

    def _say_why(self, entry: Entry, counts_as: int | float | None) -> None:
        fonts = self._appearance.theme.fonts
        assert entry.cause is not None
        self._column.addWidget(label(_sentence(spoken(entry.cause)), fonts.value, "danger", wraps=True))
        if entry.span is not None and entry.span[0] < entry.span[1]:
            start, end = entry.span
            where = (
                tr("character {n}", n=start + 1)
                if end == start + 1
                else tr("characters {start} to {end}", start=start + 1, end=end)
            )
            self._column.addWidget(label(where, fonts.caption, "2"))
        for suggestion in entry.suggestions:
            value = suggestion.value
            if value is None or suggestion.text == str(value):
                self._offer(suggestion, "")
            else:
                self._offer(suggestion, tr("= {value}", value=_number(value)))
        if counts_as is None:
            return
        if entry.step is None:
            self._offer(Suggestion(written(counts_as), counts_as), tr("back to the last"))
        going_on = tr(
            "Counting goes on with {value}, the last value that could be read.", value=_number(counts_as)
        )
        self._column.addWidget(label(going_on, fonts.caption, "2", wraps=True))

    def _offer(self, suggestion: Suggestion, beside: str) -> None:
        shown = written(suggestion.value, grouped=True) if suggestion.text.isdecimal() else suggestion.text
        made = PricedButton(self._appearance, shown, beside)
        made.setAccessibleName(tr("Use {text}", text=suggestion.text))
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        made.clicked.connect(lambda: self.taken.emit(suggestion))
        self._column.addWidget(made)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._entry is None:
            return
        theme = self._appearance.theme
        ground = theme.dangersoft if self._entry.broken else theme.warnsoft
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            rounded(painter, QRectF(self.rect()).adjusted(0, _NOTCH, 0, 0), ground, 6)
            x = self.width() - 60 if self._points_at is None else self._points_at()
            x = min(max(x, 14), self.width() - 14)
            points = [QPointF(x - 7, _NOTCH + 1), QPointF(x, 0), QPointF(x + 7, _NOTCH + 1)]
            painter.drawPolygon(QPolygonF(points))


def _number(value: int | float) -> str:
    return real(value) if isinstance(value, float) else exact(int(value))


def _sentence(words: str) -> str:
    """A cause as a sentence of its own."""
    capital = words[:1].upper() + words[1:]
    return capital if capital.endswith((".", "?", "!")) else f"{capital}."
