"""What the menus Edit, Insert and Design do to the selection. Each is one named step."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from PySide6.QtGui import QGuiApplication

from designer.design import edits
from designer.design.alternatives import removed
from designer.design.tree import Design, Node
from designer.formats.design_json import node_object, node_of
from designer.formats.reading_json import parse_object
from designer.formats.templates import block_node
from designer.symbolic.issue import Refusal, said
from designer.ui.placing import placed, slot, slot_for
from designer.ui.session import Session
from designer.ui.tr import counted, tr


def insert(session: Session, node: Node, title: str) -> None:
    """Put a block or a ready part at the selection, and select it."""
    container, index = slot_for(session.design, session.selection, node, session.registry)
    design, ids = placed(session.design, container, index, node, session.registry)
    session.commit(design, tr("Insert {block}", block=title), select=ids)


def remove(session: Session) -> None:
    """Take the selection out; what stood after it is selected, else what held it."""
    if not session.selection:
        return
    path = edits.path_to(session.design.tree, session.nodes[0].id)
    design = removed(session.design, session.selection, session.registry)
    holder = edits.at(design.tree, path[:-1])
    after = holder.inside[min(path[-1], len(holder.inside) - 1)] if holder.inside else holder
    session.commit(design, _step(session, "Remove {block}", "Remove {n} blocks"), select=(after.id,))


def duplicate(session: Session) -> None:
    """Put a copy right after each selected block, and select the copies."""
    _commit_new(
        session,
        edits.duplicate(session.design, _outermost(session)),
        _step(session, "Duplicate {block}", "Duplicate {n} blocks"),
    )


def copy(session: Session) -> None:
    """Put the selection on the clipboard, as JSON that other programs can read too."""
    nodes = [edits.find(session.design, id) for id in _outermost(session)]
    if nodes:
        QGuiApplication.clipboard().setText(json.dumps({"blocks": [node_object(node) for node in nodes]}))


def cut(session: Session) -> None:
    """Copy the selection and take it out."""
    copy(session)
    remove(session)


def paste(session: Session) -> None:
    """Put what is on the clipboard at the selection, and select it."""
    nodes = _pasted(session, QGuiApplication.clipboard().text())
    container, index = slot(session.design, session.selection, session.registry)
    design = edits.paste(session.design, container, index, nodes)
    _commit_new(session, design, counted(len(nodes), "Paste {n} block", "Paste {n} blocks"))


def wrap(session: Session, kind: str) -> None:
    """Put the selection into a new container, and select that."""
    container = block_node(session.registry, kind)
    design = edits.wrap(session.design, _outermost(session), container)
    made = session.registry.get(kind)
    _commit_new(
        session, design, tr("Wrap in {container}", container=tr(made.label) if made is not None else kind)
    )


def unwrap(session: Session) -> None:
    """Put in the selected container's place what it holds."""
    (node,) = session.nodes or (session.design.tree,)
    ids = [child.id for child in node.inside]
    design = edits.unwrap(session.design, node.id)
    session.commit(design, tr("Unwrap {block}", block=session.title(node.id)), select=ids)


def move(session: Session, step: int) -> None:
    """One place up (-1) or down (1) among its neighbours; at the edge, out of what holds it."""
    ids = _outermost(session)
    if not ids:
        return
    paths = [edits.path_to(session.design.tree, id) for id in ids]
    edge = paths[0] if step < 0 else paths[-1]
    if not edge:
        raise Refusal("", said("The whole design cannot be moved."))
    holder = edits.at(session.design.tree, edge[:-1])
    index = edge[-1] + (-1 if step < 0 else 2)
    if not 0 <= index <= len(holder.inside):
        if len(edge) < 2:
            return
        index = edge[-2] + (0 if step < 0 else 1)
        holder = edits.at(session.design.tree, edge[:-2])
    design = edits.move(session.design, ids, holder.id, index)
    session.commit(design, _step(session, "Move {block}", "Move {n} blocks"))


def walk(session: Session, step: int) -> None:
    """Select the next block (1) or the one before (-1), in the order of the tree."""
    nodes = [node.id for node in session.design.tree.walk()][1:]
    if not nodes:
        return
    if not session.selection:
        session.select(nodes[:1] if step > 0 else nodes[-1:])
        return
    at = nodes.index(session.selection[-1]) if session.selection[-1] in nodes else 0
    session.select((nodes[min(max(at + step, 0), len(nodes) - 1)],))


def select_all(session: Session) -> None:
    """Select everything that stands beside the selection."""
    ids = _outermost(session)
    path = edits.path_to(session.design.tree, ids[0])[:-1] if ids else ()
    session.select(node.id for node in edits.at(session.design.tree, path).inside)


def _outermost(session: Session) -> list[int]:
    """The selected ids without those inside another selected one."""
    paths = sorted(edits.path_to(session.design.tree, id) for id in session.selection)
    kept = [p for p in paths if not any(q != p and p[: len(q)] == q for q in paths)]
    return [edits.at(session.design.tree, path).id for path in kept]


def _pasted(session: Session, text: str) -> Sequence[Node]:
    try:
        blocks = parse_object(text, "").get("blocks")
    except Refusal:
        blocks = None
    if not isinstance(blocks, list) or not blocks:
        raise Refusal("", said("There are no blocks on the clipboard."))
    return [node_of(block, session.registry, tr("clipboard")) for block in blocks]


def _commit_new(session: Session, design: Design, title: str) -> None:
    """Commit, and select what is new: the outermost nodes that were not there."""
    before = {node.id for node in session.design.tree.walk()}
    session.commit(design, title, select=list(_new(design.tree, before)))


def _new(node: Node, before: set[int]) -> Iterable[int]:
    if node.id not in before:
        yield node.id
        return
    for child in node.inside:
        yield from _new(child, before)


def _step(session: Session, one: str, many: str) -> str:
    ids = session.selection
    if len(ids) == 1:
        return tr(one, block=session.title(ids[0]))
    return tr(many, n=len(ids))
