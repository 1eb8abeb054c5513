"""What an action is: a title, what it does, its keys, and when it can be done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from designer.symbolic.frozen import frozen
from designer.ui.session import Session

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
class Action:
    """A command on the design, through the session."""

    title: str
    run: Callable[[Session], object]
    keys: str = ""
    icon: str = ""
    when: When = always


@frozen
class WindowAction:
    """A command on the window or its files, through its `Commands`. `checked` says whether it is on."""

    title: str
    run: Callable[[Any], object]
    keys: str = ""
    icon: str = ""
    when: When = always
    checked: Callable[[Any], bool] | None = None


@frozen
class Submenu:
    """A menu within a menu; `fill` names what is in it each time it opens."""

    title: str
    fill: Callable[[Any], list[WindowAction]]


SEPARATOR = None
Entry = Action | WindowAction | Submenu | None
