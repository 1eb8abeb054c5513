"""The menu bar, made from the table of actions."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from designer.ui.icons import icon
from designer.ui.menus import actions
from designer.ui.menus.action import Action, Entry, Listed, Submenu, WindowAction, why_not
from designer.ui.menus.commands import Commands
from designer.ui.tr import tr

MENUS: tuple[tuple[str, tuple[Entry, ...]], ...] = (
    ("File", actions.FILE),
    ("Edit", actions.EDIT),
    ("Insert", actions.INSERT),
    ("Design", actions.DESIGN),
    ("View", actions.VIEW),
    ("Help", actions.HELP),
)
TITLES = {actions.UNDO: "Undo {step}", actions.REDO: "Redo {step}"}


class Menus:
    """Fills a menu bar with every action there is. Keys work everywhere; menus show what can be done.

    `by_title` keeps every menu and submenu by its title in English.
    """

    def __init__(self, bar: QMenuBar, commands: Commands) -> None:
        self._commands = commands
        self._made: list[tuple[Action | WindowAction, QAction]] = []
        self.by_title: dict[str, QMenu] = {}
        for title, entries in MENUS:
            menu = self.by_title[title] = bar.addMenu(tr(title))
            menu.setToolTipsVisible(True)
            self._add(menu, entries)
            if entries is actions.INSERT:
                self._add(menu, [_section(name) for name in commands.sections])
            menu.aboutToShow.connect(self._tell)
            menu.aboutToHide.connect(self._enable)
        commands.everything = self.everything
        appearance = commands.appearance
        turned = appearance.turned.connect(self._paint)
        bar.destroyed.connect(lambda: appearance.disconnect(turned))  # it outlives the window
        self._paint()

    def _add(self, menu: QMenu, entries: Iterable[Entry]) -> None:
        for entry in entries:
            if entry is None:
                menu.addSeparator()
            elif isinstance(entry, Submenu):
                inner = self.by_title[entry.title] = menu.addMenu(tr(entry.title))
                inner.aboutToShow.connect(partial(self._fill, inner, entry))
            else:
                self._made.append((entry, self._action(menu, entry)))

    def _action(self, menu: QMenu, entry: Action | WindowAction) -> QAction:
        made = menu.addAction(tr(entry.title))
        if entry.keys:
            made.setShortcut(QKeySequence(entry.keys))
        made.setCheckable(isinstance(entry, WindowAction) and entry.checked is not None)
        made.triggered.connect(partial(self._commands.run, entry))
        return made

    def everything(self) -> list[Listed]:
        """Every command there is now, with the menu it stands in, those of submenus too."""
        found: list[Listed] = []
        for title, entries in MENUS:
            listed = (
                [*entries, *map(_section, self._commands.sections)] if entries is actions.INSERT else entries
            )
            for entry in listed:
                if isinstance(entry, Submenu):
                    within = tr(title if entry.title in self._commands.sections else entry.title)
                    found += [Listed(tr(title), action, within) for action in entry.fill(self._commands)]
                elif entry is not None:
                    found.append(Listed(tr(title), entry))
        return found

    def pop_up(self, where: QPoint) -> None:
        """What can be done to the selection, at a point of the screen."""
        menu = QMenu(self._commands.window)
        self._tell()
        for entries in (actions.EDIT, actions.DESIGN):
            known = {entry: action for entry, action in self._made if entry in entries}
            for action in known.values():
                if action.isEnabled():
                    menu.addAction(action)
            menu.addSeparator()
        menu.aboutToHide.connect(self._enable)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(where)

    def _fill(self, menu: QMenu, entry: Submenu) -> None:
        menu.clear()
        listed = entry.fill(self._commands)
        for action in listed:
            menu.addAction(tr(action.title)).triggered.connect(partial(self._commands.run, action))
        if not listed:
            menu.addAction(tr("None yet")).setEnabled(False)

    def _tell(self) -> None:
        """What can be done now, what is on, and which step would be undone."""
        session = self._commands.session
        steps = {actions.UNDO: session.history.undoes, actions.REDO: session.history.redoes}
        for entry, action in self._made:
            missing = why_not(entry, session)
            action.setEnabled(not missing)
            action.setToolTip(missing or _hint(entry))
            if isinstance(entry, WindowAction) and entry.checked is not None:
                action.setChecked(entry.checked(self._commands))
            step = steps.get(entry) if isinstance(entry, Action) else None
            if isinstance(entry, Action) and entry in steps:
                action.setText(tr(TITLES[entry], step=step) if step else tr(entry.title))

    def _enable(self) -> None:
        """Keys ask for themselves whether something can be done."""
        for _, action in self._made:
            action.setEnabled(True)

    def _paint(self) -> None:
        theme = self._commands.appearance.theme
        for entry, action in self._made:
            if entry.icon:
                action.setIcon(icon(entry.icon, theme.text2, 16, theme.line2))


def _hint(entry: Action | WindowAction) -> str:
    return tr("{action} ({keys})", action=tr(entry.title), keys=entry.keys) if entry.keys else tr(entry.title)


def _section(name: str) -> Submenu:
    return Submenu(name, lambda commands: commands.of_section(name))
