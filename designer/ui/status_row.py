"""The lowest row: what is true at the left, the keys of the panel with the focus, and the zoom."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from designer.symbolic.issue import Refusal
from designer.ui import keys
from designer.ui.appearance import Appearance
from designer.ui.controls.painting import LEFT, paint_key
from designer.ui.icons import pixmap
from designer.ui.session import Session
from designer.ui.task_row import TaskRow
from designer.ui.tr import counted, spoken, tr
from designer.ui.zoom import Zoom

Keys = Sequence[tuple[str, str, str]]


class StatusRow(QWidget):
    """Follows the session. A refusal is said here, in place, until something else happens."""

    def __init__(self, session: Session, appearance: Appearance, zoom: Zoom) -> None:
        super().__init__()
        self._session, self._appearance = session, appearance
        self._held = ""
        self.truth = _Truth(appearance)
        self.task = TaskRow(appearance)
        self.keys = _KeyRow(appearance)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 8, 0)
        row.setSpacing(12)
        row.addWidget(self.truth, 1)
        row.addWidget(self.task)
        row.addWidget(self.keys)
        row.addWidget(zoom)
        session.changed.connect(self._follow)
        session.selected.connect(self._follow)
        session.proposed.connect(self._propose)
        self._follow()

    def sizeHint(self) -> QSize:
        return QSize(600, self._appearance.theme.fonts.caption.metrics.height() + 12)

    def say(self, refusal: Refusal) -> None:
        """Say why something was not done."""
        cause = spoken(refusal.cause)
        words = f"{refusal.place}: {cause}" if refusal.place else cause
        self.keys.hide()  # a sentence has the whole row
        self.truth.show_truth("warning", self._appearance.theme.warn, words)

    def hold(self, words: str, held: Keys) -> None:
        """Say what is being done, with its keys alone, until it is released."""
        self._held = words
        self._follow()
        self.keys.hold(held)

    def release(self) -> None:
        """Nothing is being done any more."""
        self._held = ""
        self.keys.hold(())
        self._follow()

    def hint(self, words: str) -> None:
        """Say why what is held cannot land; nothing where it can."""
        if words:
            self.truth.show_truth("info", self._appearance.theme.warn, words)
        else:
            self._follow()

    def show_keys_for(self, focus: QWidget, canvas: QWidget, palette: QWidget | None) -> None:
        """Show the keys of the panel that has the focus."""
        if focus is canvas or canvas.isAncestorOf(focus):
            self.keys.show_keys(keys.CANVAS)
        elif palette is not None and palette.isAncestorOf(focus):
            self.keys.show_keys(keys.PALETTE)
        else:
            self.keys.show_keys(keys.FIELD if isinstance(focus, QLineEdit) else keys.PANEL)

    def tell(self, words: str) -> None:
        """Say that something was done, where nothing else shows it."""
        self.keys.hide()
        self.truth.show_truth("info", self._appearance.theme.text2, words)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._appearance.theme
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.panel)
            painter.setPen(theme.line)
            painter.drawLine(QPointF(0, 0.5), QPointF(self.width(), 0.5))

    def _propose(self) -> None:
        """While something is dragged, the keys of that gesture alone."""
        if self._held:
            return
        if self._session.proposal is None:
            self._follow()
        self.keys.hold(keys.DRAG if self._session.proposal is not None else ())

    def _follow(self, *_: object) -> None:
        self.keys.show()
        icon, colour, words = self._state()
        self.truth.show_truth(icon, colour, words, self._chosen())

    def _state(self) -> tuple[str, QColor, str]:
        theme, session = self._appearance.theme, self._session
        if self._held:
            return "plus", theme.accent, self._held
        if not session.design.tree.inside:
            return "info", theme.text2, tr("Empty design")
        unsound = [issue for issue in session.issues if issue.severity == "unsound"]
        if unsound:
            said = counted(
                len(unsound), "1 issue leaves the count provisional", "{n} issues leave the count provisional"
            )
            return "octagon", theme.danger, said
        warnings = [issue for issue in session.issues if issue.severity == "warning"]
        if warnings:
            return "warning", theme.warn, counted(len(warnings), "1 issue", "{n} issues")
        return "check", theme.ok, tr("All shapes agree")

    def _chosen(self) -> str:
        selection = self._session.selection
        if len(selection) > 1:
            return tr("{n} blocks selected", n=len(selection))
        if not selection:
            return ""
        copies = self._session.copies(selection[0])
        if copies > 1:
            return tr("1 block selected, stands for {n}", n=f"{copies:,}")
        return tr("1 block selected")


class _Truth(QWidget):
    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._icon, self._colour, self.words, self.more = "check", QColor(), "", ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)

    def show_truth(self, icon: str, colour: QColor, words: str, more: str = "") -> None:
        """Say it, with an icon in its colour; `more` stands apart."""
        now = icon, colour, words, more
        if now == (self._icon, self._colour, self.words, self.more):
            return
        self._icon, self._colour, self.words, self.more = now
        self.setAccessibleName(f"{words}. {more}".strip())
        self.setToolTip(words)
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(90, 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, role = self._appearance.theme, self._appearance.theme.fonts.small
        with QPainter(self) as painter:
            painter.drawPixmap(
                QPointF(0, self.height() / 2 - 6.5),
                pixmap(self._icon, self._colour, 13, self.devicePixelRatioF()),
            )
            painter.setFont(role.font)
            painter.setPen(theme.text)
            room = self.width() - 19
            shown = role.metrics.elidedText(self.words, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRectF(19, 0, room, self.height()), LEFT, shown)
            left = 19 + role.width(shown) + 18
            if self.more and left + role.width(self.more) <= self.width():
                painter.setPen(theme.text2)
                painter.drawText(QRectF(left, 0, self.width() - left, self.height()), LEFT, self.more)


class _KeyRow(QWidget):
    """Key caps with a word each; those that have no room are left out, the last first."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._panel: Keys = ()
        self._gesture: Keys = ()
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Expanding)

    def show_keys(self, keys: Keys) -> None:
        """Show the keys of a panel."""
        if keys != self._panel:
            self._panel = keys
            self._told()

    def hold(self, keys: Keys) -> None:
        """Show the keys of a gesture in their place; those of the panel again where there are none."""
        if keys != self._gesture:
            self._gesture = keys
            self._told()

    @property
    def keys(self) -> Keys:
        """The keys that hold now."""
        return self._gesture or self._panel

    def _told(self) -> None:
        self.setAccessibleName(", ".join(f"{key}: {tr(word)}" for key, word, _ in self.keys))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(sum(self._wide(key, word) for key, word, _ in self._shown())), 20)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 20)

    def _shown(self) -> Keys:
        room = self.window().width() * 0.58
        shown: list[tuple[str, str, str]] = []
        for entry in self.keys:
            room -= self._wide(entry[0], entry[1])
            if room < 0:
                break
            shown.append(entry)
        return shown

    def _wide(self, key: str, word: str) -> float:
        caption = self._appearance.theme.fonts.caption
        return caption.width(key) + 12 + 5 + caption.width(tr(word)) + 12

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, caption = self._appearance.theme, self._appearance.theme.fonts.caption
        with QPainter(self) as painter:
            left = 0.0
            high = caption.metrics.height() + 4
            for key, word, _ in self._shown():
                cap = caption.width(key) + 12
                paint_key(painter, QRectF(left, (self.height() - high) / 2, cap, high), theme, key)
                painter.setPen(theme.text2)
                painter.drawText(QRectF(left + cap + 5, 0, 200, self.height()), LEFT, tr(word))
                left += self._wide(key, word)
