"""What painting a card needs, made once for a theme; and what of the canvas is hovered, selected or held."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPen, QStaticText

from designer.analysis.measured import Measured
from designer.ui.canvas.faults import Fault
from designer.ui.canvas.laid import STREAM, Measures
from designer.ui.canvas.slab import Slab
from designer.ui.fonts import Role
from designer.ui.icons import pixmap
from designer.ui.theme import Theme, mixed
from designer.ui.tr import tr

TEXT = 25
"""From the stream, on which a card's icon stands, to its text."""
LEGIBLE = 0.65
"""The zoom below which type that grows and shrinks with the cards cannot be read."""
MARGIN = 14
"""From its text to its right edge."""


class Look:
    """Pens, brushes and frames of a theme; `ratio` is the screen's device pixels a pixel."""

    def __init__(self, theme: Theme, ratio: float = 1.0) -> None:
        self.theme, self.fonts, self.ratio = theme, theme.fonts, ratio
        column = theme.fonts.name.width(tr("Segment embedding")) + STREAM + TEXT + MARGIN
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
        theme = self.theme
        if state.selected:
            return Slab(
                theme.card, theme.danger if state.unsound else theme.accent, 1.6, 8, self._shadow, self.halo
            )
        if state.unsound:
            return Slab(theme.card, theme.danger, 1.4, 8, self._shadow)
        return Slab(theme.card, self._edge(state), 1, 8, self._shadow)

    def frame(self, state: State, fill: QColor, radius: float, edged: bool) -> Slab:
        """The frame of a container."""
        theme = self.theme
        if state.selected:
            return Slab(fill, theme.danger if state.unsound else theme.accent, 1.6, radius, 0, self.halo)
        if state.unsound:
            return Slab(fill, theme.danger, 1.4, radius)
        return Slab(fill, self._edge(state), 1 if edged or state.hovered else 0, radius)

    def _edge(self, state: State) -> QColor:
        theme = self.theme
        return mixed(theme.text3, theme.frameline, 0.35) if state.hovered else theme.frameline


@dataclass(frozen=True)
class State:
    """How a card stands with the user just now."""

    hovered: bool = False
    selected: bool = False
    focused: bool = False
    unsound: bool = False


@dataclass(frozen=True)
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
    `uncertain` are those whose count depends on something that is not sound.
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

    def state(self, id: int, unsound: bool) -> State:
        """How one card stands."""
        return State(id == self.hovered, id in self.selected, id == self.focused, unsound)


class Text:
    """A line of text, laid out once; `room` cuts it with an ellipsis."""

    __slots__ = ("_colour", "_font", "_static", "height", "width")

    def __init__(self, words: str, role: Role, colour: QColor, room: float = 1e6) -> None:
        metrics: QFontMetrics = role.metrics
        if role.width(words) > room:
            words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(int(room), 0))
        self._static = QStaticText(words)
        self._static.setTextFormat(Qt.TextFormat.PlainText)
        self._static.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
        self._font, self._colour = role.font, colour
        self.width, self.height = role.width(words), metrics.height()

    def paint(self, painter: QPainter, x: float, centre: float) -> None:
        """From `x` to the right, around the height `centre`."""
        painter.setFont(self._font)
        painter.setPen(self._colour)
        painter.drawStaticText(QPointF(x, centre - self.height / 2), self._static)

    def paint_before(self, painter: QPainter, right: float, centre: float) -> None:
        """Ending at `right`."""
        self.paint(painter, right - self.width, centre)


def paint_rounded(painter: QPainter, area: QRectF, fill: QColor, radius: float) -> None:
    """A filled area without an edge."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    painter.drawRoundedRect(area, radius, radius)


def paint_icon(painter: QPainter, name: str, colour: QColor, x: float, y: float, side: int) -> None:
    """An icon around (x, y), drawn for the zoom and the screen."""
    scale = painter.worldTransform().m11() if painter.worldMatrixEnabled() else 1.0
    ratio = max(1.0, round(4 * scale * painter.device().devicePixelRatioF()) / 4)
    mark = pixmap(name, colour, side, ratio)
    painter.drawPixmap(QRectF(x - side / 2, y - side / 2, side, side), mark, QRectF(mark.rect()))
