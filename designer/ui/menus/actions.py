"""Every command once, menu by menu. Those on the window are methods of its `Commands`."""

from __future__ import annotations

from designer.design.layouts import kind_of
from designer.ui.layers.actions import LAYERS
from designer.ui.menus import editing
from designer.ui.menus.action import SEPARATOR, Action, Entry, Submenu, WindowAction, chosen, one
from designer.ui.menus.commands import Commands
from designer.ui.session import Session

UNDO = Action(
    "Undo",
    Session.undo,
    "Ctrl+Z",
    "undo",
    lambda s: s.history.undoes is not None,
    "There is no step to take back.",
)
REDO = Action(
    "Redo",
    Session.redo,
    "Ctrl+Shift+Z",
    "redo",
    lambda s: s.history.redoes is not None,
    "No step has been taken back.",
)

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
    WindowAction("Rename", Commands.rename, "F2", "rename", one),
    WindowAction("Edit its fields", Commands.edit_fields, when=one),
)

DESIGN: tuple[Entry, ...] = (
    WindowAction(
        "Wrap in Residual",
        lambda c: c.wrap_in(kind_of("residual", c.session.registry)),
        "Ctrl+G",
        when=chosen,
    ),
    Submenu("Wrap in", Commands.containers),
    Action("Unwrap", editing.unwrap, "Ctrl+Shift+G", when=one),
    SEPARATOR,
    Action("Move up", lambda s: editing.move(s, -1), "Alt+Up", when=chosen),
    Action("Move down", lambda s: editing.move(s, 1), "Alt+Down", when=chosen),
    SEPARATOR,
    *LAYERS,
    SEPARATOR,
    WindowAction("Why this number", Commands.explain, "Ctrl+I", "question"),
    WindowAction("Add a variable", Commands.add_variable),
    WindowAction("Name, notes and scenario", Commands.show_design),
)

FILE: tuple[Entry, ...] = (
    WindowAction("New", lambda c: c.files.new(), "Ctrl+N", "document"),
    WindowAction("Open…", lambda c: c.files.open(), "Ctrl+O", "folder"),
    WindowAction("Open a folder…", lambda c: c.files.open_folder(), "Ctrl+Shift+O"),
    Submenu("Open a preset", Commands.presets),
    Submenu("Open recent", Commands.recent),
    SEPARATOR,
    WindowAction("Save", lambda c: c.files.save(), "Ctrl+S"),
    WindowAction("Save as…", lambda c: c.files.save_as(), "Ctrl+Shift+S"),
    SEPARATOR,
    WindowAction("Export an ONNX skeleton…", lambda c: c.exports.skeleton(), "Ctrl+E", "export"),
    WindowAction("Export ONNX with a checkpoint's weights…", lambda c: c.exports.with_weights()),
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
    WindowAction(
        "Counts beside the stack",
        lambda c: c.show_in_ledger(c.canvas.shows._replace(counts=not c.canvas.shows.counts)),
        checked=lambda c: c.canvas.shows.counts,
    ),
    WindowAction(
        "Shares beside the stack",
        lambda c: c.show_in_ledger(c.canvas.shows._replace(shares=not c.canvas.shows.shares)),
        checked=lambda c: c.canvas.shows.shares,
    ),
    SEPARATOR,
    WindowAction("Light", lambda c: c.wear("light"), checked=lambda c: c.appearance.choice == "light"),
    WindowAction("Dark", lambda c: c.wear("dark"), checked=lambda c: c.appearance.choice == "dark"),
    WindowAction(
        "As the system has it", lambda c: c.wear("system"), checked=lambda c: c.appearance.choice == "system"
    ),
    SEPARATOR,
    WindowAction("Next panel", lambda c: c.panels.step_to(1, c.canvas), "F6"),
    WindowAction("Previous panel", lambda c: c.panels.step_to(-1, c.canvas), "Shift+F6"),
    WindowAction("Palette and inspector change sides", lambda c: c.panels.swap()),
    WindowAction("Panels as they were at first", Commands.reset_layout),
)

INSERT: tuple[Entry, ...] = (
    WindowAction("Insert a block…", Commands.quick_insert, "/", "plus"),
    WindowAction("Find in the palette", Commands.find_block, "Ctrl+F", "search"),
    SEPARATOR,
)
"""The palette's sections follow."""

HELP: tuple[Entry, ...] = (
    WindowAction("All commands…", Commands.find_command, "Ctrl+K", "search"),
    WindowAction("Keys", Commands.show_keys, "F1"),
    WindowAction("About LLM Designer", Commands.about),
)
