"""Which theme the window wears: light, dark, or as the system does."""

from __future__ import annotations

from typing import Literal, TypeAlias

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from designer.ui import theme as themes
from designer.ui.fonts import Fonts
from designer.ui.style import palette, rules
from designer.ui.theme import Theme

Choice: TypeAlias = Literal["system", "light", "dark"]


class Appearance(QObject):
    """The theme at hand. Painted widgets read it as they paint; `turned` is for what is made from it once."""

    turned = Signal()

    def __init__(self, app: QApplication, choice: Choice = "system") -> None:
        super().__init__(app)
        self._app = app
        self._fonts = Fonts.of(app.font())
        self.choice: Choice = choice
        self.theme: Theme = self._made()
        self._ruled = False
        self._put_on()
        hints = app.styleHints()
        # Queued: the palette must not change while Qt still tells everyone of the scheme.
        hints.colorSchemeChanged.connect(self._follow, Qt.ConnectionType.QueuedConnection)

    def choose(self, choice: Choice) -> None:
        """Wear another theme, at once."""
        self.choice = choice
        self._follow()

    def _follow(self, *_: object) -> None:
        made = self._made()
        if made.dark != self.theme.dark:
            self.theme = made
            self._put_on()
            self.turned.emit()

    def _made(self) -> Theme:
        is_dark = self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        if self.choice != "system":
            is_dark = self.choice == "dark"
        return themes.dark(self._fonts) if is_dark else themes.light(self._fonts)

    def put_rules(self) -> None:
        """Let the style sheet hold, from now on: the first frame needs none of it."""
        if not self._ruled:
            self._ruled = True
            self._app.setStyleSheet(rules(self.theme))

    def _put_on(self) -> None:
        self._app.setPalette(palette(self.theme))
        if self._ruled:
            self._app.setStyleSheet(rules(self.theme))
