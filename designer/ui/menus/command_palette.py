"""Every command by its name, wherever it stands in the menus; those that were run lately come first."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QRect, Qt

from designer.ui.menus.action import Action, Listed, WindowAction, why_not
from designer.ui.menus.fuzzy import WITHIN, score
from designer.ui.parts import Parts
from designer.ui.popup.rows import Row
from designer.ui.popup.sheet import Sheet
from designer.ui.tr import tr

WIDE = 560
RECENT = 5
"""So many of the commands that were run from here come first."""
KEYS = (("↑ ↓", "choose"), ("Enter", "run it"), ("Esc", "close"))


class CommandPalette(QObject):
    """One sheet for a window, opened again and again. `everything` lists what there is, `run` does it."""

    def __init__(
        self,
        parts: Parts,
        everything: Callable[[], list[Listed]],
        run: Callable[[Action | WindowAction], None],
    ) -> None:
        super().__init__(parts.window)
        self._parts, self._everything, self._do = parts, everything, run
        self._recent: list[Listed] = []
        self._all: list[Listed] = []
        self.listed: list[Listed] = []
        self.sheet = Sheet(
            parts.window, parts.appearance, tr("All commands"), tr("Type what is to be done"), KEYS
        )
        self.sheet.typed.connect(self._type)
        self.sheet.taken.connect(self._run)
        self.sheet.closed.connect(self._closed)

    def open(self) -> None:
        """Open over the canvas."""
        self._all = self._everything()
        self.sheet.line.clear()
        self.sheet.open_at(QRect())
        self._type("")

    def _type(self, text: str) -> None:
        if not self.sheet.is_open:
            return
        self.listed = self._answering(text) if text.strip() else self._usual()
        rows = [self._row(listed) for listed in self.listed]
        self.sheet.show_rows(rows, tr("No command called “{text}”.", text=text), anew=True)
        self.sheet.stand_at(self._area())

    def _usual(self) -> list[Listed]:
        """Those run lately, then all in the order of the menus."""
        known = {listed.title for listed in self._recent}
        return [*self._recent, *(listed for listed in self._all if listed.title not in known)]

    def _answering(self, text: str) -> list[Listed]:
        found: list[tuple[int, int, Listed]] = []
        for at, listed in enumerate(self._usual()):
            weight = score(text, listed.title, (), listed.menu)
            if weight is not None:
                found.append((-weight, at, listed))
        found.sort(key=lambda one: one[:2])
        surely = min(-found[0][0], WITHIN) if found else 0
        return [listed for weight, _, listed in found if -weight >= surely]

    def _row(self, listed: Listed) -> Row:
        action = listed.action
        heading = tr("Run lately") if listed in self._recent and not self.sheet.line.text() else listed.menu
        why = why_not(action, self._parts.session)
        icon = action.icon or "chevron_right"
        return Row(listed.title, "", heading, icon, "", "", action.keys, why)

    def _run(self, row: int) -> None:
        listed = self.listed[row]
        if why_not(listed.action, self._parts.session):
            return  # the row says why
        others = (one for one in self._recent if one.title != listed.title)
        self._recent = [listed, *others][:RECENT]
        self.sheet.close_it()
        self._do(listed.action)

    def _closed(self, by_escape: bool) -> None:
        if self.sheet.had_keyboard:
            self._parts.canvas.setFocus(Qt.FocusReason.PopupFocusReason)

    def _area(self) -> QRect:
        """In the middle of the window's upper part."""
        window = self._parts.window
        wide = min(WIDE, window.width() - 24)
        top = window.height() // 8
        high = min(self.sheet.wanted_height(), window.height() - top - 40)
        return QRect((window.width() - wide) // 2, top, wide, high)
