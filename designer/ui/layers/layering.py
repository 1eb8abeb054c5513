"""What the menus and the inspector do to layers. Each is one named step."""

from __future__ import annotations

from designer.analysis.layers import Layers, Numbers, layers, runs_in, varying
from designer.design import edits, exceptions, folding
from designer.design.adapt import adapt
from designer.design.alternatives import alike, by_layer, offer
from designer.design.layouts import choose_around, kind_of, layout_of, repeat_around
from designer.design.tree import Node
from designer.formats.templates import block_node, ready_parts
from designer.ui.layers.words import layers_named
from designer.ui.session import Session
from designer.ui.tr import tr

WORKING = frozenset({"attention", "feed_forward", "other", "normalization"})
"""Categories of blocks that may stand where another stands."""


def shown_repeat(session: Session) -> Node | None:
    """The Repeat whose layers are shown: the one around the selection, else the first whose layers differ."""
    differing = list(varying(session.design.tree, numbers(session), session.registry))
    for id in session.selection:
        around = [node for node in differing if any(inner.id == id for inner in node.walk())]
        if around:
            return around[-1]
    return differing[0] if differing else None


def numbers(session: Session) -> Numbers:
    """The design's variables as numbers."""
    return session.measured.resolved.valued.numbers


def layers_of(session: Session, repeat: Node) -> Layers | None:
    """The layers of a Repeat, where they differ."""
    return layers(repeat, numbers(session), session.registry)


def run_in(session: Session, repeat: Node, id: int) -> tuple[list[int], int]:
    """(the layers of an outermost Repeat that a block runs in, how many there are)."""
    return runs_in(repeat, id, numbers(session), session.registry)


def can_differ(session: Session) -> bool:
    """Whether one block is selected that may be one of several, by layer."""
    if len(session.selection) != 1:
        return False
    id = session.selection[0]
    if repeat_around(session.design, id, session.registry) is None:
        return False
    return layout_of(edits.find(session.design, id), session.registry) != "repeat"


def alternatives(session: Session) -> list[tuple[str, Node]]:
    """What a block may be one of, with its title: ready parts, then every block that works on the stream."""
    found = [(part.title, part.node) for part in ready_parts(session.registry)]
    for kind in session.registry:
        made = session.registry.block(kind)
        if made is not None and made.layout == "leaf" and made.stands == "on" and made.category in WORKING:
            found.append((made.label, block_node(session.registry, kind)))
    return found


def add_alternative(session: Session, other: Node, title: str) -> None:
    """Make the selected block one of two, by layer, and select the Choose, where the pattern is written."""
    choose = block_node(session.registry, kind_of("choose", session.registry))
    path = edits.path_to(session.design.tree, session.selection[0])
    holder = edits.at(session.design.tree, path[:-1])
    design, adapted = adapt(session.design, holder.id, path[-1], other, session.registry)
    design, id = offer(design, session.selection[0], adapted, choose, session.registry)
    session.commit(design, tr("Offer {block} by layer", block=title), select=(id,))


def add_copy(session: Session) -> None:
    """The same with a copy of the block itself."""
    id = session.selection[0]
    node = edits.find(session.design, id)
    if layout_of(node, session.registry) == "choose":
        node = node.inside[-1] if node.inside else node
    add_alternative(session, node, session.title(id))


def vary(session: Session, id: int, field: str, title: str) -> None:
    """Let a field follow the layers, from a pattern of the one value that it has."""
    session.commit(by_layer(session.design, id, field), tr("{field} by layer", field=title))


def level(session: Session, id: int, field: str, title: str) -> None:
    """Give a field that follows the layers one value again."""
    session.commit(alike(session.design, id, field), tr("{field} the same in all layers", field=title))


def can_split(session: Session) -> bool:
    """Whether layers of a Repeat are selected."""
    return len(session.selection) == 1 and bool(session.layers)


def split(session: Session) -> None:
    """Set the selected layers apart as an exception, and select that.

    Raises:
        Refusal: where the layers are of several kinds.
    """
    repeat, chosen = session.selection[0], session.layers
    choose = block_node(session.registry, kind_of("choose", session.registry))
    name = layers_named(chosen)
    design, id = exceptions.split(session.design, repeat, chosen, choose, session.registry, name)
    session.commit(design, tr("Split off {layers}", layers=name), select=(id,))


def exception(session: Session) -> Node | None:
    """The exception that is selected, or that what is selected stands in."""
    if len(session.selection) != 1:
        return None
    design, registry = session.design, session.registry
    path = edits.path_to(design.tree, session.selection[0])
    for depth in range(len(path), 0, -1):
        node = edits.at(design.tree, path[:depth])
        if choose_around(design, node.id, registry) and exceptions.layers_of(design, node.id, registry):
            return node
    return None


def merge(session: Session) -> None:
    """Take the selected exception back, and select the Repeat that it stands in."""
    node = exception(session)
    if node is None:
        return
    repeat = repeat_around(session.design, node.id, session.registry)
    apart = exceptions.layers_of(session.design, node.id, session.registry)
    design = exceptions.merge(session.design, node.id, session.registry)
    title = tr("Merge {layers} back", layers=layers_named(apart))
    session.commit(design, title, select=(repeat.id,) if repeat is not None else ())


def can_fold(session: Session) -> bool:
    """Whether the selected Repeat, or the one around it, can be folded into one."""
    return foldable(session) is not None


def foldable(session: Session) -> Node | None:
    """The Repeat of Repeats that is selected or stands around the selection."""
    for node in _around(session):
        if folding.can_fold(session.design, node.id, session.registry):
            return node
    return None


def fold(session: Session) -> None:
    """Fold a Repeat of Repeats into one with a pattern, and select that."""
    node = foldable(session)
    if node is not None:
        design = folding.fold(session.design, node.id, session.registry)
        session.commit(design, tr("Fold into one Repeat"), select=(node.id,))


def can_unfold(session: Session) -> bool:
    """Whether the selected Repeat follows a tile that can be a Repeat of its own."""
    if len(session.selection) != 1:
        return False
    return folding.can_unfold(session.design, session.selection[0], session.registry)


def unfold(session: Session) -> None:
    """Unfold the selected Repeat into a Repeat of its tile."""
    id = session.selection[0]
    design = folding.unfold(session.design, id, session.registry)
    session.commit(design, tr("Unfold into tiles"), select=(id,))


def _around(session: Session) -> list[Node]:
    if len(session.selection) != 1:
        return []
    path = edits.path_to(session.design.tree, session.selection[0])
    nodes = [edits.at(session.design.tree, path[:depth]) for depth in range(len(path), -1, -1)]
    return [node for node in nodes if layout_of(node, session.registry) == "repeat"]
