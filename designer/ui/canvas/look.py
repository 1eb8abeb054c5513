"""What painting a card needs, made once for a theme; and what of the canvas is hovered, selected or held."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QStaticText

from designer.analysis.measured import Measured
from designer.symbolic.frozen import frozen
from designer.ui.canvas.faults import Fault
from designer.ui.canvas.laid import STREAM, Measures
from designer.ui.canvas.slab import Slab
from designer.ui.canvas.words import Lines
from designer.ui.controls.painting import rounded
from designer.ui.fonts import Role
from designer.ui.icons import pixmap
from designer.ui.theme import Theme, mixed

TEXT = 25
"""From the stream, on which a card's icon stands, to its text."""
MARGIN = 14
"""From its text to its right edge."""
NAME = 17
"""Letters of a name that must have room where cards stand side by side."""
FADES = 0.6
"""How far the colour of the last of several tensors has faded."""
LEGIBLE = 0.65
"""The zoom below which type that grows and shrinks with the cards cannot be read."""
DRAWN = 0.3
"""The zoom from which the stream and what leaves it are drawn."""


class Look:
    """Pens, brushes and frames of a theme."""

    def __init__(self, theme: Theme) -> None:
        self.theme, self.fonts = theme, theme.fonts
        column = STREAM + TEXT + NAME * theme.fonts.name.metrics.averageCharWidth() + MARGIN
        self.measures = Measures(theme.fonts.row, theme.fonts.card, column)
        self.stream = QPen(theme.stream, 1.6)
        self.stream.setCapStyle(Qt.PenCapStyle.FlatCap)
        self.stream_ground = QBrush(theme.stream)
        self.halo = theme.halo()
        self.hatching = QColor(theme.danger)
        self.hatching.setAlphaF(0.16)
        self._shadow = 0.22 if theme.dark else 0.055

    def card(self, state: State) -> Slab:
        """The frame of a block."""
        edge, weight = self._edge(state)
        halo = self.halo if state.selected else None
        return Slab(self.theme.card, edge, weight, 8, self._shadow, halo)

    def frame(self, state: State, fill: QColor, radius: float, *, edged: bool) -> Slab:
        """The frame of a container; not `edged`, it has an edge only where that says something."""
        edge, weight = self._edge(state)
        if not (edged or state.hovered or state.selected or state.unsound):
            weight = 0
        return Slab(fill, edge, weight, radius, 0, self.halo if state.selected else None)

    def tone(self, said: Lines, otherwise: QColor) -> QColor:
        """The colour of words: what is wrong is not said in the tone of what is right."""
        if not said.sound:
            return self.theme.danger
        return self.theme.warn if said.fault else otherwise

    def _edge(self, state: State) -> tuple[QColor, float]:
        """(colour, width)."""
        theme = self.theme
        if state.unsound:
            return theme.danger, 1.6 if state.selected else 1.4
        if state.selected:
            return theme.accent, 1.6
        return mixed(theme.text3, theme.frameline, 0.35) if state.hovered else theme.frameline, 1


@frozen
class State:
    """How a card stands with the user just now; `share` is of the greatest one's count."""

    hovered: bool = False
    selected: bool = False
    focused: bool = False
    unsound: bool = False
    share: float = 0.0


@frozen
class Preview:
    """What an opened gap says: where it is, and what letting go there costs. `x` is the pointer's there."""

    container: int
    place: str
    price: str = ""
    x: float = 0.0


@dataclass
class Stage:
    """What all cards share. The board keeps it up to date and asks cards to paint themselves again.

    `partial` are the cards that say in how many layers they run: what is around them decides that too.
    `uncertain` are those whose count depends on something that is not sound. `shares` says how much a block
    counts, of what the greatest does.
    """

    look: Look
    selected: frozenset[int] = frozenset()
    hovered: int | None = None
    focused: int | None = None
    preview: Preview | None = None
    faults: Mapping[int, Fault] = field(default_factory=dict)
    measured: Measured | None = None
    partial: set[int] = field(default_factory=set)
    uncertain: frozenset[int] = frozenset()
    shares: Callable[[int], float] | None = None

    def state(self, id: int, unsound: bool) -> State:
        """How one card stands."""
        known = self.shares
        share = known(id) if known is not None else 0.0
        return State(id == self.hovered, id in self.selected, id == self.focused, unsound, share)


class Text:
    """A line of text, laid out once; `room` cuts it with an ellipsis."""

    __slots__ = ("_colour", "_font", "_static", "height", "width")

    def __init__(self, words: str, role: Role, colour: QColor, room: float = 1e6) -> None:
        words = role.cut(words, room)
        self._static = QStaticText(words)
        self._static.setTextFormat(Qt.TextFormat.PlainText)
        self._static.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
        self._font, self._colour = role.font, colour
        self.width, self.height = role.width(words), role.metrics.height()

    def paint(self, painter: QPainter, x: float, centre: float) -> None:
        """From `x` to the right, around the height `centre`."""
        painter.setFont(self._font)
        painter.setPen(self._colour)
        painter.drawStaticText(QPointF(x, centre - self.height / 2), self._static)

    def paint_before(self, painter: QPainter, right: float, centre: float) -> None:
        """Ending at `right`."""
        self.paint(painter, right - self.width, centre)


def faded(theme: Theme, category: str, index: int, of: int) -> QColor:
    """The colour of one of several tensors of a category: from the first on it fades toward the card."""
    return mixed(theme.colour(category), theme.card, 1 - FADES * index / max(of - 1, 1))


def paint_rounded(painter: QPainter, area: QRectF, fill: QColor, radius: float) -> None:
    """A filled area without an edge, however lines have been drawn before."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    rounded(painter, area, fill, radius)


def paint_tile(
    painter: QPainter, look: Look, category: str, icon: str, x: float, y: float, side: float
) -> None:
    """A block's icon on the ground of its category, around (x, y)."""
    ground = QRectF(x - side / 2, y - side / 2, side, side)
    paint_rounded(painter, ground, look.theme.tint(category), 5 if side < 24 else 6)
    paint_icon(painter, icon, look.theme.colour(category), x, y, round(side * 0.62))


def paint_icon(painter: QPainter, name: str, colour: QColor, x: float, y: float, side: int) -> None:
    """An icon around (x, y), drawn for the zoom and the screen."""
    scale = painter.worldTransform().m11() if painter.worldMatrixEnabled() else 1.0
    ratio = max(1.0, round(4 * scale * painter.device().devicePixelRatioF()) / 4)
    mark = pixmap(name, colour, side, ratio)
    painter.drawPixmap(QRectF(x - side / 2, y - side / 2, side, side), mark, QRectF(mark.rect()))
