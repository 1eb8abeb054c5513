"""A field in which a pattern over layers is written: `3×linear, full`."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from designer.design import alternatives
from designer.design.grammar import BrokenExpression
from designer.symbolic.issue import Refusal
from designer.ui.appearance import Appearance
from designer.ui.controls.entry import Entry, Suggestion
from designer.ui.controls.painting import RIGHT, paint_field
from designer.ui.controls.said_box import SaidBox
from designer.ui.controls.waved_line import WavedLine
from designer.ui.icons import pixmap
from designer.ui.session import Session
from designer.ui.tr import tr

_MARK = 12
_PAD = 8


class PatternField(QWidget):
    """The pattern of one block's field, written at every stroke that can be read; under it what cannot.

    Steps of one stay in the field are one step. Esc takes it back.
    """

    def __init__(self, session: Session, appearance: Appearance, id: int, field: str, name: str) -> None:
        super().__init__()
        self._session, self._appearance = session, appearance
        self.id, self.field, self.name = id, field, name
        self._gesture = object()
        self._entry = Entry()
        self.line = WavedLine(appearance)
        self.line.setFont(appearance.theme.fonts.body.font)
        self.line.setAccessibleName(tr("Pattern of {name}", name=name))
        self.frame = _Frame(appearance, self.line)
        self.box = SaidBox(appearance)
        self.setFocusProxy(self.line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self.frame)
        column.addWidget(self.box)
        self.line.textEdited.connect(self._typed)
        self.line.entered.connect(self._settle)
        self.line.escaped.connect(self._withdraw)
        self.line.focused.connect(self._focused)
        self.box.taken.connect(self._take)
        self.refresh()

    def refresh(self) -> None:
        """Show what is stored, unless something is being typed."""
        if self.line.isModified():
            return
        try:
            text = alternatives.text_of(self._session.design, self.id, self.field, self._session.registry)
        except Refusal:
            return  # the block is gone, and so will this field be
        if text != self.line.text():
            self.line.setText(text)
            self.line.setCursorPosition(0)
        self.line.setToolTip(text)
        self._say(Entry())

    def show_length(self, length: int) -> None:
        """How many layers the cycle has, at the right of the field."""
        self.frame.told = tr("{n}", n=length) if length > 1 else ""
        self.frame.fit()

    def _typed(self) -> None:
        session, text = self._session, self.line.text()
        try:
            design = alternatives.set_text(session.design, self.id, self.field, text, session.registry)
        except BrokenExpression as broken:
            start, end = broken.span
            meant = tuple(Suggestion(text[:start] + word + text[end:], None) for word in broken.suggestions)
            self._say(Entry(cause=broken.cause, span=broken.span, suggestions=meant))
            return
        except Refusal:
            return
        self._say(Entry())
        if design.tree != session.design.tree:
            session.commit(design, tr("Change the pattern of {name}", name=self.name), self._gesture)

    def _settle(self) -> None:
        if self._entry.broken and self._entry.suggestions:
            self._take(self._entry.suggestions[0])
        elif not self._entry.broken:
            self._finish()

    def _take(self, suggestion: Suggestion) -> None:
        self.line.setText(suggestion.text)
        self._typed()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self._entry.broken:
            self._finish()

    def _finish(self) -> None:
        self.line.setModified(False)
        self._gesture = object()
        self.refresh()

    def _withdraw(self) -> None:
        self.line.setModified(False)
        self._session.withdraw(self._gesture)
        self._finish()

    def _focused(self, has: bool) -> None:
        self.frame.update()
        if not has and self.line.isModified():
            self._finish()  # what could not be read was never stored

    def _say(self, entry: Entry) -> None:
        self._entry = entry
        self.line.wave = entry.span
        self.box.show_entry(entry, None)
        self.frame.broken = entry.broken
        self.frame.update()
        self.line.update()


class _Frame(QWidget):
    """The frame around the line, with a mark at its left and a number at its right."""

    def __init__(self, appearance: Appearance, line: WavedLine) -> None:
        super().__init__()
        self._appearance, self.line = appearance, line
        self.broken, self.told = False, ""
        self._row = QHBoxLayout(self)
        self._row.addWidget(line)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.fit()

    def fit(self) -> None:
        """Leave room for what stands beside the line."""
        wide = self._appearance.theme.fonts.body.width(self.told) + 8 if self.told else 0
        self._row.setContentsMargins(_PAD + _MARK + 4, 3, _PAD + wide, 3)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, self._appearance.theme.fonts.row + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._appearance.theme
        with QPainter(self) as painter:
            paint_field(painter, QRectF(self.rect()), theme, self.line.hasFocus(), self.broken)
            colour = theme.danger if self.broken else theme.accent
            mark = pixmap("expression", colour, _MARK, self.devicePixelRatioF())
            painter.drawPixmap(QPoint(_PAD, (self.height() - _MARK) // 2), mark)
            painter.setFont(theme.fonts.body.font)
            painter.setPen(theme.text3)
            painter.drawText(QRect(0, 0, self.width() - _PAD, self.height()), RIGHT, self.told)
