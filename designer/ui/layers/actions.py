"""The commands on layers: blocks that differ by layer, exceptions, tiles."""

from __future__ import annotations

from functools import partial

from designer.design.tree import Node
from designer.ui.layers import layering
from designer.ui.menus.action import Action, Entry, Submenu, WindowAction
from designer.ui.menus.commands import Commands
from designer.ui.session import Session
from designer.ui.tr import tr


def _alternatives(commands: Commands) -> list[WindowAction]:
    """A command for each block that the selected one may be one of."""
    if not layering.can_differ(commands.session):
        return []
    return [
        WindowAction(title, partial(_offer, node=node, title=title))
        for title, node in layering.alternatives(commands.session)
    ]


def _offer(commands: Commands, node: Node, title: str) -> None:
    layering.add_alternative(commands.session, node, tr(title))


def _is_exception(session: Session) -> bool:
    return layering.exception(session) is not None


LAYERS: tuple[Entry, ...] = (
    Submenu("One of these, by layer", _alternatives),
    Action(
        "A copy of it, by layer",
        layering.add_copy,
        icon="choose",
        when=layering.can_differ,
        why="Select one block in repeated layers first.",
    ),
    Action(
        "Split off as an exception",
        layering.split,
        when=layering.can_split,
        why="Select one block in repeated layers first.",
    ),
    Action("Merge back", layering.merge, when=_is_exception, why="Select an exception first."),
    Action(
        "Fold into one Repeat",
        layering.fold,
        icon="repeat",
        when=layering.can_fold,
        why="Select a Repeat of Repeats first.",
    ),
    Action(
        "Unfold into tiles",
        layering.unfold,
        when=layering.can_unfold,
        why="Select a Repeat whose layers follow a pattern first.",
    ),
)
