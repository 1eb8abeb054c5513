"""How containers are painted: the ground they give to what they hold, and what stands at their head."""

from __future__ import annotations

from typing import Literal, TypeAlias

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from designer.symbolic.operation import Binary, Concat
from designer.ui.canvas.laid import FORK, OUTPUT, RING, Laid
from designer.ui.canvas.look import DRAWN, LEGIBLE, Look, State, Text
from designer.ui.canvas.shown import Shown
from designer.ui.canvas.slab import paint_dashed, paint_hatch, paint_ring, paint_slab
from designer.ui.canvas.strokes import PORT_RADIUS, paint_output
from designer.ui.canvas.words import Lines, joined
from designer.ui.theme import Theme, mixed
from designer.ui.tr import tr

Part: TypeAlias = Literal["times", "pattern"]
"""What can be written in place: how often a Repeat runs, and the pattern of its layers."""
PARTS: tuple[Part, ...] = ("times", "pattern")
SMALL = 14
"""The height of a header on the screen, in px, in which letters still fit."""


def ground(laid: Laid, theme: Theme) -> QColor:
    """What a container is painted on."""
    if laid.seamless or laid.bare:
        return theme.canvas
    match laid.shown.layout:
        case "residual":
            return theme.frame2
        case "parallel":
            return mixed(theme.text, theme.frame2, 0.045)
        case _:
            return theme.frame


class Frame:
    """A labelled frame."""

    radius = 10.0
    edged = True

    def __init__(self, laid: Laid, said: Lines, look: Look) -> None:
        self.laid, self.said, self.look = laid, said, look
        self.head = laid.margins.head if laid.margins is not None else 0
        self._run: list[Text] = []
        self._texts(self.left(), laid.width - 14)

    def left(self) -> float:
        """Where the header's text begins: right of the stream, which passes."""
        return self.laid.stream + 18

    def fill(self) -> QColor:
        """The ground."""
        return ground(self.laid, self.look.theme)

    def paint(self, painter: QPainter, area: QRectF, state: State) -> None:
        """The frame over `area`, without what it holds."""
        self.paint_ground(painter, area, state)
        if state.unsound:
            paint_hatch(painter, area, self.look.hatching)
        scale = painter.worldTransform().m11()
        if scale >= LEGIBLE:
            self.paint_head(painter, area)
        elif self.head * scale >= SMALL:
            self.paint_small(painter, area)
        if state.focused and not state.selected:
            paint_ring(painter, area, self.look.theme.accent, self.radius)

    def paint_ground(self, painter: QPainter, area: QRectF, state: State) -> None:
        """The ground with its edge."""
        paint_slab(painter, area, self.look.frame(state, self.fill(), self.radius, edged=self.edged))

    def paint_head(self, painter: QPainter, area: QRectF) -> None:
        """What stands above what it holds."""
        x, middle = area.left() + self.left(), area.top() + self.middle(area)
        for text in self._run:
            text.paint(painter, x, middle)
            x += text.width + 7

    def paint_small(self, painter: QPainter, area: QRectF) -> None:
        """The same from further off: nothing, unless there is room for letters that can be read."""

    def written(self, part: Part, area: QRectF) -> QRectF | None:
        """Where a part stands that can be written in place; None where the frame has no such part."""
        return None

    def middle(self, area: QRectF) -> float:
        """The height of the header's line below the frame's top."""
        return (area.height() if self.laid.shown.closed else self.head) / 2 - 1

    def _texts(self, left: float, right: float) -> None:
        theme, fonts, said = self.look.theme, self.look.fonts, self.said
        room = right - left
        self._run = []
        for words, role, colour in (
            (said.title, fonts.group, theme.text2),
            (said.aside, fonts.caption, theme.text3),
            (said.part, fonts.caption, theme.text2),
            (said.fault or joined(said.summary), fonts.caption, self.look.tone(said, theme.text3)),
        ):
            if words and room > 24:
                self._run.append(Text(words, role, colour, room))
                room -= self._run[-1].width + 7


class Ground(Frame):
    """A darker ground without an edge, as a residual has."""

    radius = 8.0
    edged = False

    def left(self) -> float:
        margin = self.laid.margins.left if self.laid.margins is not None else 0
        return margin + 46  # right of where the branch turns down


class Branches(Frame):
    """Darker still: what stands inside stands side by side."""

    radius = 8.0
    edged = False

    def left(self) -> float:
        return self.laid.stream + 18 if self.laid.forked else 14

    def middle(self, area: QRectF) -> float:
        return super().middle(area) - (FORK / 2 if self.laid.forked else 0)

    def _texts(self, left: float, right: float) -> None:
        super()._texts(left, right)
        words = _how_joined(self.laid.shown) if self.laid.rows else ""
        self._run.append(Text(words, self.look.fonts.caption, self.look.theme.text3))


def _how_joined(shown: Shown) -> str:
    """What becomes of the answers of the branches."""
    for op in shown.bodies[0].ops if shown.bodies else ():
        if shown.bodies[0].exits[0] in op.outputs:
            if isinstance(op, Concat):
                return tr("concatenated")
            return tr("summed") if isinstance(op, Binary) and op.function == "add" else ""
    return ""


class Alternatives(Frame):
    """A dashed frame: one of those inside runs."""

    radius = 8.0

    def left(self) -> float:
        return 14

    def paint_ground(self, painter: QPainter, area: QRectF, state: State) -> None:
        if state.selected or state.unsound:
            super().paint_ground(painter, area, state)
            return
        theme = self.look.theme
        paint_dashed(painter, area, theme.frame, theme.text3 if state.hovered else theme.line2, 1)


class Seamless(Frame):
    """Nothing to see, until it is selected by keyboard: then a ring around what it holds."""

    def paint(self, painter: QPainter, area: QRectF, state: State) -> None:
        if state.selected or state.focused:
            paint_ring(painter, area, self.look.theme.accent, 10)

    def _texts(self, left: float, right: float) -> None:
        """It says nothing."""


class Kept(Seamless):
    """An encoder that fills its lane: where its output is kept, to be read from the stream beside it."""

    def _texts(self, left: float, right: float) -> None:
        theme, fonts = self.look.theme, self.look.fonts
        self._name = Text(tr("encoder output"), fonts.group, theme.text2, self.laid.width - 60)

    def paint(self, painter: QPainter, area: QRectF, state: State) -> None:
        super().paint(painter, area, state)
        scale, x, y = painter.worldTransform().m11(), area.left() + self.laid.stream, area.bottom()
        if scale < DRAWN:
            return
        paint_output(painter, self.look, x, y - OUTPUT + RING)
        if scale >= LEGIBLE:
            self._name.paint(painter, x + PORT_RADIUS + 9, y - OUTPUT + RING + 13)
