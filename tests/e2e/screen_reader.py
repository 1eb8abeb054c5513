"""A client on the accessibility bus, run by the system's Python: it knows nothing of the program but what the
bus says. It answers each line on stdin, a JSON list of words, by one JSON value on stdout.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

CANVAS = "Canvas"
STATES = ("selected", "focused", "expandable", "expanded", "focusable", "selectable", "showing")


class ScreenReader:
    """Answers from the bus; `heard` are the names of what took the focus."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self._listener = Atspi.EventListener.new(self._hear)
        self._listener.register("object:state-changed:focused")

    def answer(self, words: list[str]) -> Any:
        """One question, one answer."""
        if words[0] == "blocks":
            canvas = self._canvas()
            return [described(child) for child in children(canvas)] if canvas is not None else []
        if words[0] == "focus":
            found = next((item for item in self._items() if item.get_name() == words[1]), None)
            return found is not None and Atspi.Component.grab_focus(found)
        heard, self.heard = self.heard, []
        return heard

    def _hear(self, event: Any) -> None:
        if not event.detail1 or event.source.get_role_name() != "list item":
            return
        name = event.source.get_name()
        if self.heard[-1:] != [name]:  # the bus may tell it under an old and a new name of the event
            self.heard.append(name)

    def _items(self) -> Iterator[Any]:
        canvas = self._canvas()
        if canvas is not None:
            yield from below(canvas)

    def _canvas(self) -> Any:
        desktop = Atspi.get_desktop(0)
        desktop.clear_cache()
        for program in children(desktop):
            program.clear_cache()
            for each in below(program):
                if each.get_name() == CANVAS:
                    return each
        return None


def children(item: Any) -> Iterator[Any]:
    """What an item holds."""
    for index in range(item.get_child_count()):
        child = item.get_child_at_index(index)
        if child is not None:
            yield child


def below(item: Any) -> Iterator[Any]:
    """All that an item holds, the outer before the inner."""
    for child in children(item):
        yield child
        yield from below(child)


def described(item: Any) -> dict[str, Any]:
    """An item and all it holds, as the bus tells of it now."""
    item.clear_cache()
    states, area = item.get_state_set(), Atspi.Component.get_extents(item, Atspi.CoordType.SCREEN)
    return {
        "name": item.get_name(),
        "role": item.get_role_name(),
        "description": item.get_description(),
        "states": [name for name in STATES if states.contains(getattr(Atspi.StateType, name.upper()))],
        "place": [area.x, area.y, area.width, area.height],
        "inside": [described(child) for child in children(item)],
    }


def main() -> None:
    """Listen to the bus and to stdin at once."""
    reader, loop = ScreenReader(), GLib.MainLoop()

    def ask(*_: object) -> bool:
        line = sys.stdin.readline()
        if not line:
            loop.quit()
            return False
        print(json.dumps(reader.answer(json.loads(line))), flush=True)
        return True

    GLib.io_add_watch(sys.stdin.fileno(), GLib.PRIORITY_DEFAULT, GLib.IO_IN | GLib.IO_HUP, ask)
    loop.run()


if __name__ == "__main__":
    main()
