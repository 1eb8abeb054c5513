"""What an action is: a title, what it does, its keys, and when it can be done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from designer.symbolic.frozen import frozen
from designer.ui.session import Session
from designer.ui.tr import tr

When = Callable[[Session], bool]


def always(session: Session) -> bool:
    """What can be done at any time."""
    return True


def chosen(session: Session) -> bool:
    """What needs a selection."""
    return bool(session.selection)


def one(session: Session) -> bool:
    """What needs one selected block."""
    return len(session.selection) == 1


@frozen
class _Named:
    """What all actions have. `why` says what is missing where one cannot be done."""

    title: str
    run: Callable[[Any], object]
    keys: str = ""
    icon: str = ""
    when: When = always
    why: str = ""


@frozen
class Action(_Named):
    """A command on the design: it runs on the session."""


@frozen
class WindowAction(_Named):
    """A command on the window or its files: it runs on the `Commands`. `checked` says whether it is on."""

    checked: Callable[[Any], bool] | None = None


_MISSING: Mapping[When, str] = {
    chosen: "Select a block first.",
    one: "Select one block first.",
}


def why_not(action: Action | WindowAction, session: Session) -> str:
    """What is missing for an action, in words; nothing where it can be done."""
    if action.when(session):
        return ""
    return tr(action.why or _MISSING.get(action.when, "There is nothing here that it could be done to."))


@frozen
class Submenu:
    """A menu within a menu; `fill` names what is in it each time it opens."""

    title: str
    fill: Callable[[Any], list[WindowAction]]


class Listed(NamedTuple):
    """A command with its menu, and the submenu that it stands in, if in one, in the user's language."""

    menu: str
    action: Action | WindowAction
    submenu: str = ""

    @property
    def title(self) -> str:
        """The command's name where no menu is around it."""
        name = tr(self.action.title)
        return tr("{menu}: {action}", menu=self.submenu, action=name) if self.submenu else name


SEPARATOR = None
Entry = Action | WindowAction | Submenu | None
