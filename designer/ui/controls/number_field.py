"""A field for a number or an expression, as people write them: `8k`, `32*128`, `4*hidden_size`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from designer.design.expression import Expression
from designer.design.tree import Setting
from designer.ui.appearance import Appearance
from designer.ui.controls.entry import Ask, Entry, Suggestion, read, several, value_of, written
from designer.ui.controls.painting import RIGHT, paint_field
from designer.ui.controls.relative import distinct
from designer.ui.controls.waved_line import WavedLine
from designer.ui.fonts import Role
from designer.ui.icons import pixmap
from designer.ui.numbers import exact, real
from designer.ui.tr import tr

_MARK = 12
_PAD = 8


class NumberField(QWidget):
    """A line to type in, a mark where it holds an expression, and at the right what that comes to.

    `typed` is emitted with an `Entry` at every stroke that can be read, `entered` when an entry is settled,
    readable or not, and `withdrawn` at Esc; `walked` asks for the next value (1) or the one before (-1).
    It stores nothing: whoever listens calls `show_setting`.
    """

    typed = Signal(object)
    entered = Signal(object)
    withdrawn = Signal()
    begun = Signal()
    read_anew = Signal(object)
    focused = Signal(bool)
    walked = Signal(object)

    def __init__(
        self,
        appearance: Appearance,
        ask: Ask,
        name: str,
        parent: QWidget | None = None,
        *,
        flat: bool = False,
        tells: bool = True,
    ) -> None:
        """`flat`: without a frame at rest, the number at the right. `tells`: what an expression comes to."""
        super().__init__(parent)
        self._appearance, self._ask = appearance, ask
        self._flat, self._tells = flat, tells
        self._numbers: Mapping[str, Any] = {}
        self._setting: Setting = None
        self._differs: Sequence[Setting] = ()
        self._shown: object = None
        self._role = appearance.theme.fonts.body
        self.entry = Entry()
        self.line = _Line(appearance, self)
        self.line.setAccessibleName(name)
        self.setFocusProxy(self.line)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._row = QHBoxLayout(self)
        self._row.setSpacing(0)
        self._row.addWidget(self.line)
        self.line.textEdited.connect(self._edited)
        self.line.entered.connect(self.settle)
        self.line.escaped.connect(self._withdraw)
        self.line.walked.connect(self.walked)
        self.line.focused.connect(self._focused)

    @property
    def editing(self) -> bool:
        """Whether what stands in the line is being typed."""
        return self.line.isModified()

    def show_setting(
        self, setting: Setting, numbers: Mapping[str, Any], differs: Sequence[Setting] = ()
    ) -> None:
        """Show what is stored, unless something is being typed.

        `differs` is what several blocks have, one after another, where they do not agree.
        """
        self._numbers = numbers
        if self.editing:
            self._reread()
            return
        self._differs = differs
        names = setting.names if isinstance(setting, Expression) else ()
        shown = (type(setting), setting, tuple(differs), [numbers.get(name) for name in names])
        if shown == self._shown:
            return
        self._setting, self._shown = setting, shown
        self.entry = self._read(written(setting))
        self._rewrite()

    def settle(self) -> None:
        """Take what was typed: the first suggestion where it cannot be read and there is one."""
        if not self.editing:
            return
        if self.entry.broken and self.entry.suggestions and self.line.hasFocus():
            self.take(self.entry.suggestions[0])
        elif not (self.entry.step and self.entry.broken):  # a step that cannot be taken waits to be mended
            self._finish()

    def take(self, suggestion: Suggestion) -> None:
        """Type a suggestion and settle it."""
        self.line.setText(suggestion.text)
        self._reread()
        self._finish()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def sizeHint(self) -> QSize:
        row = self._appearance.theme.fonts.row
        return QSize(160, row if self._flat else row + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(64, self.sizeHint().height())

    def _finish(self) -> None:
        entry = self.entry
        self.line.setModified(False)
        self._shown = None
        self._differs = entry.each if self._differs else ()
        self._setting = entry.setting
        if entry.step:
            self.entry = self._read(written(self._setting))
        self.entered.emit(entry)
        self._rewrite()

    def _withdraw(self) -> None:
        self.line.setModified(False)
        self._shown = None
        self.entry = self._read(written(self._setting))
        self.withdrawn.emit()
        self._rewrite()

    def _focused(self, has: bool) -> None:
        self.focused.emit(has)
        if has:
            self.begun.emit()
        elif self.editing and self.entry.step and self.entry.broken:
            self._withdraw()
        elif self.editing:
            self._finish()
        self._rewrite()

    def _edited(self) -> None:
        self._reread()
        if not self.entry.broken:
            self.typed.emit(self.entry)

    def _reread(self) -> None:
        self.entry = self._read(self.line.text())
        self.line.wave = self.entry.span if self.entry.broken else None
        self.read_anew.emit(self.entry)
        self._fit()

    def _read(self, text: str) -> Entry:
        if self._differs and not text:
            return Entry()
        present = self._differs or (self._setting,)
        return read(text, self._ask, self._numbers, value_of(self._setting, self._numbers), present)

    def _rewrite(self) -> None:
        if not self.editing:
            text = "" if self._differs else written(self._setting, grouped=not self.line.hasFocus())
            if text != self.line.text():
                self.line.setText(text)
                self.line.setCursorPosition(0)
        self.line.wave = self.entry.span if self.entry.broken else None
        self.line.setPlaceholderText(self._hollow())
        self.read_anew.emit(self.entry)
        self._fit()

    def _hollow(self) -> str:
        if self._differs:
            return several(self._differs, self._numbers)
        return tr("none") if self._ask.optional else ""

    @property
    def _marked(self) -> bool:
        return isinstance(self.entry.setting, Expression) or self.entry.step is not None

    @property
    def comes_to(self) -> str:
        """What the field shows at its right."""
        if self.entry.broken:
            return tr("= ?")
        if self._differs and not self.line.text():
            return tr("{n} values", n=len(distinct(self._differs)))
        if self.entry.each:
            return tr("= {value}", value=several(self.entry.each, self._numbers))
        if not (self._tells and self._marked) or self.entry.value is None:
            return ""
        value = self.entry.value
        shown = real(value) if isinstance(value, float) else exact(int(value))
        return tr("= {value}", value=shown)

    def _fit(self) -> None:
        """The largest of three sizes in which text and value stand whole."""
        fonts = self._appearance.theme.fonts
        first = fonts.value if self._flat and not self._marked else fonts.body
        roles = (first, fonts.small, fonts.caption)
        role = next((role for role in roles if self._wide(role) <= self.width()), fonts.caption)
        font = QFont(role.font)
        font.setItalic(bool(self._differs) and not self.line.text())
        if self.line.font() != font:
            self.line.setFont(font)
        self._role = role
        if self._flat and not self._marked:
            self.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setToolTip(
            " ".join((self.line.text(), self.comes_to)) if self._wide(role) > self.width() else ""
        )
        self._row.setContentsMargins(self._left, 3, self._right(role), 3)
        self.update()

    @property
    def broken_at(self) -> int:
        """Pixels from the left to the middle of what cannot be read."""
        if self.line.wave is None:
            return self.width() // 2
        left, right = self.line.wave_ends
        return self.line.x() + round((left + right) / 2)

    @property
    def needed(self) -> int:
        """The pixels in which an expression and its value stand whole at the smallest size; 0 for numbers."""
        return self._wide(self._appearance.theme.fonts.caption) if self._marked else 0

    @property
    def _left(self) -> int:
        """What stands left of the line."""
        return _PAD + (_MARK + 4 if self._marked else 0)

    def _wide(self, role: Role) -> int:
        text = self.line.text() or self.line.placeholderText()
        return self._left + role.width(text) + 5 + self._right(role)

    def _right(self, role: Role) -> int:
        """What stands right of the line."""
        return _PAD + (role.width(self.comes_to) + 6 if self.comes_to else 0)

    def resizeEvent(self, event: object) -> None:
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._appearance.theme
        with QPainter(self) as painter:
            broken = self.entry.broken
            at_rest = self._flat and not (self.line.hasFocus() or self.underMouse() or broken)
            if not at_rest:
                paint_field(painter, QRectF(self.rect()), theme, self.line.hasFocus(), broken)
            if self._marked:
                mark = pixmap(
                    "expression", theme.danger if broken else theme.accent, _MARK, self.devicePixelRatioF()
                )
                painter.drawPixmap(QPoint(_PAD, (self.height() - _MARK) // 2), mark)
            painter.setFont(self._role.font)
            painter.setPen(theme.danger if broken else theme.text3)
            painter.drawText(QRect(0, 0, self.width() - _PAD, self.height()), RIGHT, self.comes_to)


class _Line(WavedLine):
    """The line itself; the arrows ask for other values."""

    walked = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not event.modifiers():
            self.walked.emit(1 if event.key() == Qt.Key.Key_Up else -1)
        else:
            super().keyPressEvent(event)
