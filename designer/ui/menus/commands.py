"""What the actions do to the window, its panels and its files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from designer.formats.presets import presets
from designer.symbolic.issue import Refusal
from designer.ui.appearance import Choice
from designer.ui.canvas.ledger.columns import Shows
from designer.ui.files.exports import Exports
from designer.ui.files.files import Files
from designer.ui.menus import editing
from designer.ui.menus.action import Action, Listed, WindowAction, chosen, why_not
from designer.ui.numbers import short
from designer.ui.palette.entries import Entry
from designer.ui.parts import Parts
from designer.ui.status_row import StatusRow
from designer.ui.tr import tr
from designer.ui.why.why import Why

if TYPE_CHECKING:
    from designer.ui.insert.quick_insert import QuickInsert
    from designer.ui.menus.command_palette import CommandPalette


class Commands:
    """Runs actions. Whatever is refused is said in the status row."""

    def __init__(
        self, parts: Parts, status: StatusRow, sections: Mapping[str, Sequence[Entry]], why: Why
    ) -> None:
        self._parts = parts
        self.window, self.session, self.appearance, self.settings, self.canvas, self.panels = parts
        self.status, self.sections, self.why = status, sections, why
        self.files = Files(parts.session, parts.settings, parts.window)
        self.exports = Exports(parts.session, status, parts.window)
        self.everything: Callable[[], list[Listed]] = list
        self._quick_insert: QuickInsert | None = None
        self._palette: CommandPalette | None = None

    def run(self, action: Action | WindowAction, *_: object) -> None:
        """Do what an action says, where it can be done."""
        missing = why_not(action, self.session)
        if missing:
            self.status.tell(missing)
            return
        try:
            if isinstance(action, Action):
                action.run(self.session)
            else:
                action.run(self)
        except Refusal as refusal:
            self.status.say(refusal)

    def may_close(self) -> bool:
        """Whether the window may be closed; what is being written then is written no further."""
        if not self.files.may_leave():
            return False
        self.exports.work.stop()
        return True

    # --- inserting, wrapping, opening ----------------------------------------------------------------

    def insert(self, entry: Entry) -> None:
        """Put a palette's entry at the selection."""
        self.run(Action(entry.title, partial(editing.insert, node=entry.node, title=tr(entry.title))))

    def quick_insert(self) -> None:
        """Ask on the canvas what to insert at the selection."""
        if self._quick_insert is None:
            from designer.ui.insert.quick_insert import QuickInsert

            self._quick_insert = QuickInsert(self._parts, self.status, self.sections, self.edit_fields)
        self._quick_insert.open()

    def find_command(self) -> None:
        """Ask which command is to be run."""
        if self._palette is None:
            from designer.ui.menus.command_palette import CommandPalette

            self._palette = CommandPalette(self._parts, self.everything, self.run)
        self._palette.open()

    def of_section(self, section: str) -> list[WindowAction]:
        """A command for each entry of a section of the palette."""
        return [
            WindowAction(entry.title, partial(Commands.insert, entry=entry))
            for entry in self.sections[section]
        ]

    def wrap_in(self, kind: str) -> None:
        """Put the selection into a new container."""
        editing.wrap(self.session, kind)

    def containers(self) -> list[WindowAction]:
        """A command for each container that the selection can be wrapped in."""
        registry = self.session.registry
        return [
            WindowAction(made.label, partial(Commands.wrap_in, kind=kind), when=chosen)
            for kind in registry
            if (made := registry.block(kind)) is not None and made.layout != "leaf"
        ]

    def open(self, named: str) -> None:
        """Open a file, a folder or a preset."""
        self.run(_opening(named, named))

    def presets(self) -> list[WindowAction]:
        """A command for each preset."""
        return [
            _opening(tr("{title} · {total}", title=preset.title, total=short(preset.published)), name)
            for name, preset in presets().items()
        ]

    def recent(self) -> list[WindowAction]:
        """A command for each file that was open lately."""
        return [_opening(path.name, str(path)) for path in self.settings.recent]

    # --- panels --------------------------------------------------------------------------------------

    def refocus(self) -> None:
        """Give the keyboard back to the canvas."""
        self.canvas.setFocus()

    def find_block(self) -> None:
        """Put the keyboard into the palette's search field."""
        self.panels.search()

    def edit_fields(self) -> None:
        """Put the keyboard into the first field of what is selected."""
        self.panels.inspect(lambda inspector: inspector.edit())

    def rename(self) -> None:
        """Ask for another name of the selected block."""
        self.panels.inspect(lambda inspector: inspector.head.rename())

    def explain(self) -> None:
        """Say why the selected block, or without one the design, counts what it does."""
        chosen = self.session.selection
        about = chosen[-1] if chosen else None
        if not self.why.open(about):
            self.status.tell(tr("No layer picks this block, so it does not count."))

    def add_variable(self) -> None:
        """Ask for a new variable."""
        self.panels.inspect(lambda inspector: inspector.variables.begin_new())

    def show_design(self) -> None:
        """Select nothing, so that the inspector shows the design."""
        self.session.select(())
        self.edit_fields()

    def show_keys(self) -> None:
        """Select nothing, so that the inspector shows all keys."""
        self.session.select(())
        self.panels.inspect(lambda inspector: inspector.show_keys())

    def wear(self, choice: Choice) -> None:
        """Wear another theme, now and next time."""
        self.settings.theme = choice
        self.appearance.choose(choice)

    def show_in_ledger(self, shows: Shows) -> None:
        """Show these columns beside the stack, now and next time; with none there is no ledger."""
        self.settings.ledger = shows
        self.canvas.show_in_ledger(shows)

    def reset_layout(self) -> None:
        """All panels open, as wide as at first."""
        self.settings.forget_window()
        self.panels.reset()

    def about(self) -> None:
        """Say which program this is."""
        self.status.tell(
            tr("LLM Designer {version}. MIT licence; no account, no server, no network.", version=_version())
        )


def _opening(title: str, named: str) -> WindowAction:
    return WindowAction(title, lambda commands: commands.files.open_named(named))


def _version() -> str:
    try:
        return version("llm-designer")
    except PackageNotFoundError:
        return tr("from a checkout")
