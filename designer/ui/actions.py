"""Every command once: what it is called, what it does, its keys, and when it can be done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from designer.ui import editing
from designer.ui.session import Session

if TYPE_CHECKING:
    from designer.ui.commands import Commands

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


@dataclass(frozen=True)
class Action:
    """A command on the design, through the session."""

    title: str
    run: Callable[[Session], None]
    keys: str = ""
    icon: str = ""
    when: When = always


@dataclass(frozen=True)
class WindowAction:
    """A command on the window or its files. `checked` says whether it is on, where it can be."""

    title: str
    run: Callable[[Commands], object]
    keys: str = ""
    icon: str = ""
    when: When = always
    checked: Callable[[Commands], bool] | None = None


@dataclass(frozen=True)
class Submenu:
    """A menu within a menu; `fill` names what is in it each time it opens."""

    title: str
    fill: Callable[[Commands], list[WindowAction]]


SEPARATOR = None
Entry = Action | WindowAction | Submenu | None

UNDO = Action("Undo", Session.undo, "Ctrl+Z", "undo", lambda s: s.history.undoes is not None)
REDO = Action("Redo", Session.redo, "Ctrl+Shift+Z", "redo", lambda s: s.history.redoes is not None)

EDIT: tuple[Entry, ...] = (
    UNDO,
    REDO,
    SEPARATOR,
    Action("Cut", editing.cut, "Ctrl+X", when=chosen),
    Action("Copy", editing.copy, "Ctrl+C", when=chosen),
    Action("Paste", editing.paste, "Ctrl+V"),
    Action("Duplicate", editing.duplicate, "Ctrl+D", when=chosen),
    Action("Remove", editing.remove, "Del", "trash", chosen),
    SEPARATOR,
    Action("Select all beside it", editing.select_all, "Ctrl+A"),
    WindowAction("Rename", lambda c: c.rename(), "F2", "rename", one),
    WindowAction("Edit its fields", lambda c: c.edit_fields(), when=one),
)

DESIGN: tuple[Entry, ...] = (
    WindowAction("Wrap in Residual", lambda c: c.wrap_in(c.kind_of("residual")), "Ctrl+G", when=chosen),
    Submenu("Wrap in", lambda c: c.containers()),
    Action("Unwrap", editing.unwrap, "Ctrl+Shift+G", when=one),
    SEPARATOR,
    Action("Move up", lambda s: editing.move(s, -1), "Alt+Up", when=chosen),
    Action("Move down", lambda s: editing.move(s, 1), "Alt+Down", when=chosen),
    SEPARATOR,
    WindowAction("Add a variable", lambda c: c.add_variable()),
    WindowAction("Name, notes and scenario", lambda c: c.show_design()),
)

FILE: tuple[Entry, ...] = (
    WindowAction("New", lambda c: c.files.new(), "Ctrl+N", "document"),
    WindowAction("Open…", lambda c: c.files.open(), "Ctrl+O", "folder"),
    WindowAction("Open a folder…", lambda c: c.files.open_folder(), "Ctrl+Shift+O"),
    Submenu("Open a preset", lambda c: c.presets()),
    Submenu("Open recent", lambda c: c.recent()),
    SEPARATOR,
    WindowAction("Save", lambda c: c.files.save(), "Ctrl+S"),
    WindowAction("Save as…", lambda c: c.files.save_as(), "Ctrl+Shift+S"),
    SEPARATOR,
    WindowAction("Quit", lambda c: c.window.close(), "Ctrl+Q"),
)

VIEW: tuple[Entry, ...] = (
    WindowAction(
        "Palette", lambda c: c.panels.toggle("palette"), "F7", checked=lambda c: c.panels.is_open("palette")
    ),
    WindowAction(
        "Inspector",
        lambda c: c.panels.toggle("inspector"),
        "F8",
        checked=lambda c: c.panels.is_open("inspector"),
    ),
    WindowAction(
        "Charts and issues",
        lambda c: c.panels.toggle("dock"),
        "F9",
        checked=lambda c: c.panels.is_open("dock"),
    ),
    SEPARATOR,
    WindowAction("Larger", lambda c: c.canvas.zoom_to(c.canvas.zoom * 1.25), "Ctrl++"),
    WindowAction("Smaller", lambda c: c.canvas.zoom_to(c.canvas.zoom / 1.25), "Ctrl+-"),
    WindowAction("Actual size", lambda c: c.canvas.zoom_to(1.0), "Ctrl+0"),
    WindowAction("All of the design", lambda c: c.canvas.fit(), "Ctrl+9"),
    SEPARATOR,
    WindowAction("Light", lambda c: c.wear("light"), checked=lambda c: c.appearance.choice == "light"),
    WindowAction("Dark", lambda c: c.wear("dark"), checked=lambda c: c.appearance.choice == "dark"),
    WindowAction(
        "As the system has it", lambda c: c.wear("system"), checked=lambda c: c.appearance.choice == "system"
    ),
    SEPARATOR,
    WindowAction("Next panel", lambda c: c.panels.step_to(1, c.canvas), "F6"),
    WindowAction("Previous panel", lambda c: c.panels.step_to(-1, c.canvas), "Shift+F6"),
    WindowAction("Panels as they were at first", lambda c: c.reset_layout()),
)

INSERT: tuple[Entry, ...] = (
    WindowAction("Find a block", lambda c: c.find_block(), "/", "search"),
    SEPARATOR,
)
"""The palette's sections follow."""

HELP: tuple[Entry, ...] = (
    WindowAction("Keys", lambda c: c.show_keys(), "F1"),
    WindowAction("About LLM Designer", lambda c: c.about()),
)
