"""What is held over the canvas: where it would land, what the design would be then, and letting go."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QMimeData

from designer.design import edits
from designer.design.tree import Design, Node
from designer.symbolic.issue import Refusal
from designer.ui.canvas.board import Board
from designer.ui.canvas.drop import Spot, WhyNot, landing, stays
from designer.ui.canvas.laid import Gap
from designer.ui.canvas.look import Preview
from designer.ui.numbers import difference, plain
from designer.ui.part import part_data, part_of
from designer.ui.placing import placed
from designer.ui.session import Session
from designer.ui.tr import counted, spoken, tr

MOVED = "application/x-llm-designer-moved"
"""Which blocks of which session are being moved, so that no other window takes them for its own."""


def held(session: Session, ids: Sequence[int]) -> QMimeData:
    """Blocks of this design, to be moved within it; the first can be dropped into another program too."""
    data = part_data(edits.find(session.design, ids[0]))
    data.setData(MOVED, QByteArray(json.dumps([_token(session), *ids]).encode()))
    return data


class Dropping:
    """One thing held over the canvas, from entering to leaving or letting go.

    `refused` is the reason why it cannot land where it is, in words; empty where it can.
    """

    def __init__(self, session: Session, board: Board) -> None:
        self._session, self._board = session, board
        self._node: Node | None = None
        self._ids: tuple[int, ...] = ()
        self._spot: Spot | None = None
        self._copies = False
        self._result: tuple[Design, tuple[int, ...]] | None = None
        self.refused = ""

    @property
    def holds(self) -> bool:
        """Whether there is anything that could land."""
        return self._node is not None or bool(self._ids)

    def begin(self, data: QMimeData) -> bool:
        """Take up what is held; False where it is no block."""
        self.end()
        self._ids = _moved(data, self._session)
        if not self._ids:
            try:
                self._node = part_of(data, self._session.registry)
            except Refusal:
                return False
        self._board.lift(self._ids)
        return self.holds

    def over(self, x: float, y: float, copies: bool) -> bool:
        """Hold it over a point of the canvas; whether it can land there."""
        spot = landing(self._board.laid, x, y, () if copies else self._ids)
        if isinstance(spot, WhyNot):
            self._close(spoken(spot.reason))
            return False
        if spot != self._spot or copies != self._copies:
            self._spot, self._copies = spot, copies
            self._result = self._landed(spot)
            self._session.propose(self._result[0] if self._result is not None else None)
        self.refused = ""
        self._open(spot, x)
        return True

    def land(self) -> None:
        """Let go: what was shown becomes the design."""
        result, title = self._result, self._title()
        if result is not None:
            self._board.keep_gap()
            self._session.commit(result[0], title, select=result[1])
        self.end()

    def end(self) -> None:
        """Nothing is held any more; what is shown is the design as it is."""
        self._close("")
        self._board.lift(())
        self._node, self._ids = None, ()

    def _close(self, reason: str) -> None:
        self.refused, self._spot, self._result = reason, None, None
        self._board.open_gap(None)
        self._session.propose(None)

    def _open(self, spot: Spot, x: float) -> None:
        if self._result is None:
            self._board.open_gap(None)
            return
        before, after = self._session.measured, self._session.proposal
        price = plain(after.total) - plain(before.total) if after is not None else 0
        card = self._board.card(spot.container)
        left = card.scenePos().x() if card is not None else 0.0
        said = difference(price) if price or self._node is not None else ""
        preview = Preview(spot.container, self._place(spot), said, x - left)
        self._board.open_gap(Gap(spot.container, spot.index), preview)

    def _landed(self, spot: Spot) -> tuple[Design, tuple[int, ...]] | None:
        """(the design with what is held in place, the ids of that); None where nothing would change."""
        design = self._session.design
        if self._node is not None:
            return placed(design, spot.container, spot.index, self._node, self._session.registry)
        if self._copies:
            nodes = [edits.find(design, id) for id in self._ids]
            after = edits.paste(design, spot.container, spot.index, nodes)
            holder = edits.find(after, spot.container)
            return after, tuple(node.id for node in holder.inside[spot.index : spot.index + len(nodes)])
        if stays(self._board.laid, spot, self._ids):
            return None
        return edits.move(design, self._ids, spot.container, spot.index), self._ids

    def _place(self, spot: Spot) -> str:
        """Where it lands, in words."""
        runs, card = 1, self._board.card(spot.container)
        while card is not None:
            repeat, card = card.laid.shown.repeat, card.holder
            runs *= plain(repeat.rounds) if repeat is not None else 1
        return tr("Here") if runs == 1 else tr("In every layer, ×{n}", n=f"{runs:,}")

    def _title(self) -> str:
        session = self._session
        if self._node is not None:
            made = session.registry.get(self._node.kind)
            name = self._node.label or (tr(made.label) if made is not None else self._node.kind)
            return tr("Insert {block}", block=name)
        if len(self._ids) == 1:
            block = session.title(self._ids[0])
            return tr("Copy {block}", block=block) if self._copies else tr("Move {block}", block=block)
        if self._copies:
            return counted(len(self._ids), "Copy {n} block", "Copy {n} blocks")
        return counted(len(self._ids), "Move {n} block", "Move {n} blocks")


def _token(session: Session) -> str:
    return f"{os.getpid()}:{id(session)}"


def _moved(data: QMimeData, session: Session) -> tuple[int, ...]:
    """The ids of this session's blocks that are being moved."""
    if not data.hasFormat(MOVED):
        return ()
    token, *ids = json.loads(bytes(data.data(MOVED).data()))
    return tuple(ids) if token == _token(session) else ()
