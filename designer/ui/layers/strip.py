"""The strip of layers above the canvas: a cell a layer, rows for what differs. Absent where all are alike."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from designer.analysis.layers import Layers, ranges
from designer.design.exceptions import at_layer
from designer.design.tree import Node
from designer.symbolic.issue import Refusal
from designer.ui.appearance import Appearance
from designer.ui.controls.painting import CENTRE, LEFT, RIGHT, paint_focus
from designer.ui.layers import layering
from designer.ui.layers.cells import layer_at, paint_cell, paint_ring, spans
from designer.ui.layers.words import arranged, how_many, kind_name, lane_name, layers_named, which
from designer.ui.session import Session
from designer.ui.tr import spoken, tr

CELL = 15
BETWEEN = 3
SIDE = 16
SWATCH = 11
Key = Qt.Key


class LayerStrip(QWidget):
    """Follows the session. A click selects a layer, a drag several; a double click splits one off there."""

    def __init__(self, session: Session, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._appearance = session, appearance
        self.repeat: Node | None = None
        self.layers: Layers | None = None
        self._seen: object = None
        self._from: int | None = None
        self._split = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Layers"))
        session.changed.connect(self.refresh)
        session.selected.connect(self.refresh)
        appearance.turned.connect(self.update)
        self.hide()
        self.refresh()

    def refresh(self, *_: object) -> None:
        """Show the layers of the Repeat at hand."""
        self.repeat = layering.shown_repeat(self._session)
        self.layers = layering.layers_of(self._session, self.repeat) if self.repeat is not None else None
        self.setVisible(self.layers is not None)
        if self.layers is not None:
            self.setAccessibleDescription(self.sentence())
            self.updateGeometry()
            self.update()

    def sentence(self) -> str:
        """All of it, for who cannot see it."""
        assert self.layers is not None
        kinds = [
            tr("{kind} in {layers}", kind=kind_name(kind), layers=which(lane.layers(index)))
            for lane in self.layers.lanes
            for index, kind in enumerate(lane.kinds)
        ]
        return tr(
            "{layers}, {arranged}: {kinds}",
            layers=how_many(self.layers),
            arranged=arranged(self.layers),
            kinds="; ".join(kinds),
        )

    def sizeHint(self) -> QSize:
        lanes = len(self.layers.lanes) if self.layers is not None else 1
        return QSize(300, round(self._top + lanes * (CELL + BETWEEN) + self._line + 8))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    # --- places ---------------------------------------------------------------------------------------

    @property
    def _line(self) -> int:
        return self._appearance.theme.fonts.caption.metrics.height() + 2

    @property
    def _top(self) -> int:
        return self._appearance.theme.fonts.small.metrics.height() + 14

    @property
    def _left(self) -> int:
        """What stands left of the cells: the lanes' names, where there are several."""
        if self.layers is None or len(self.layers.lanes) < 2:
            return SIDE
        small = self._appearance.theme.fonts.caption
        return SIDE + max(small.width(lane_name(lane)) for lane in self.layers.lanes) + 8

    def cell(self, layer: int, lane: int = 0) -> QRectF:
        """Where a layer's cell stands."""
        assert self.layers is not None
        left, wide = spans(self.layers, self.width() - self._left - SIDE)[layer]
        return QRectF(self._left + left, self._top + lane * (CELL + BETWEEN), wide, CELL)

    def column(self, start: int, end: int) -> QRectF:
        """The cells of layers in all lanes."""
        assert self.layers is not None
        return self.cell(start).united(self.cell(end, len(self.layers.lanes) - 1))

    def layer_at(self, x: float) -> int:
        """The layer nearest to a place."""
        assert self.layers is not None
        return layer_at(spans(self.layers, self.width() - self._left - SIDE), x - self._left)

    # --- choosing -------------------------------------------------------------------------------------

    @property
    def chosen(self) -> tuple[int, ...]:
        """The layers that are selected: of the Repeat, or those that a selected block inside runs in."""
        session, repeat = self._session, self.repeat
        if repeat is None or len(session.selection) != 1:
            return ()
        if session.selection == (repeat.id,):
            return session.layers
        if all(node.id != session.selection[0] for node in repeat.walk()):
            return ()
        known, count = layering.run_in(session, repeat, session.selection[0])
        return tuple(known) if len(known) < count else ()

    def choose(self, start: int, end: int) -> None:
        """Select layers; one that is an exception as the block it is."""
        if self.repeat is None:
            return
        apart = at_layer(self._session.design, self.repeat, start, self._session.registry)
        if start == end and apart is not None:
            self._session.select((apart.id,))
        else:
            self._session.select((self.repeat.id,), range(min(start, end), max(start, end) + 1))

    def split(self) -> None:
        """Set the selected layers apart."""
        if self.repeat is None or self._session.selection != (self.repeat.id,) or not self._session.layers:
            return
        try:
            layering.split(self._session)
        except Refusal as refused:
            QToolTip.showText(self.mapToGlobal(self.rect().center()), spoken(refused.cause), self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.layers is not None:
            self._from = self.layer_at(event.position().x())
            self.choose(self._from, self._from)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is not None and event.buttons() & Qt.MouseButton.LeftButton:
            at = self.layer_at(event.position().x())
            if at != self._from or len(self._session.layers) > 1:
                self.choose(self._from, at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._from = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._from = None
        if event.button() == Qt.MouseButton.LeftButton and self.layers is not None:
            at = self.layer_at(event.position().x())
            self.choose(at, at)
            self.split()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        layers, key = self.layers, event.key()
        steps = {Key.Key_Left: -1, Key.Key_Right: 1}
        if layers is None or key not in (*steps, Key.Key_Home, Key.Key_End, Key.Key_Return):
            super().keyPressEvent(event)
            return
        if key == Key.Key_Return:
            self.split()
            return
        known = self.chosen
        last = known[-1] if known else -1
        at = {Key.Key_Home: 0, Key.Key_End: layers.times - 1}.get(Key(key), last + steps.get(Key(key), 0))
        at = min(max(at, 0), layers.times - 1)
        extends = event.modifiers() & Qt.KeyboardModifier.ShiftModifier and known
        self.choose(known[0] if extends else at, at)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self.layers:
            QToolTip.showText(event.globalPos(), self._story(self.layer_at(event.pos().x())), self)
            return True
        return super().event(event)

    def _story(self, layer: int) -> str:
        assert self.layers is not None
        kinds = [kind_name(lane.kinds[lane.order[layer]]) for lane in self.layers.lanes]
        return tr("{layer}: {kinds}", layer=layers_named((layer,)), kinds=", ".join(kinds))

    # --- painting -------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        layers, theme = self.layers, self._appearance.theme
        if layers is None:
            return
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.panel)
            painter.setPen(QPen(theme.line, 1))
            painter.drawLine(QPointF(0, self.height() - 0.5), QPointF(self.width(), self.height() - 0.5))
            self._paint_head(painter, layers)
            places = spans(layers, self.width() - self._left - SIDE)
            for row, lane in enumerate(layers.lanes):
                self._paint_lane_name(painter, layers, row)
                for (left, wide), kind in zip(places, lane.order, strict=True):
                    top = self._top + row * (CELL + BETWEEN)
                    area = QRectF(self._left + left, top, wide, CELL)
                    paint_cell(painter, area, theme, lane.kinds[kind].category, kind)
            self._paint_marks(painter, layers)
            self._paint_numbers(painter, layers)
            if self.hasFocus():
                paint_focus(painter, QRectF(self.rect()).adjusted(3, 2, -3, -3), theme)

    def _paint_head(self, painter: QPainter, layers: Layers) -> None:
        theme, fonts = self._appearance.theme, self._appearance.theme.fonts
        line = QRectF(SIDE, 6, self.width() - 2 * SIDE, self._top - 12)
        right = self._paint_legend(painter, layers, line)
        words = how_many(layers)
        painter.setFont(fonts.name.font)
        painter.setPen(theme.text)
        painter.drawText(line, LEFT, words)
        line.setLeft(line.left() + fonts.name.width(words) + 9)
        line.setRight(right - 12)
        role = fonts.caption
        painter.setFont(role.font)
        painter.setPen(theme.warn if layers.cut and layers.tile > 1 else theme.text3)
        shown = role.metrics.elidedText(arranged(layers), Qt.TextElideMode.ElideRight, int(line.width()))
        painter.drawText(line, LEFT, shown)

    def _paint_legend(self, painter: QPainter, layers: Layers, line: QRectF) -> float:
        """The kinds, from the right; where it ends at the left."""
        theme, role = self._appearance.theme, self._appearance.theme.fonts.small
        right = line.right()
        kinds = [(lane, index) for lane in layers.lanes for index in range(len(lane.kinds))]
        for lane, index in reversed(kinds):
            words = kind_name(lane.kinds[index])
            wide = role.width(words) + SWATCH + 6
            if right - wide < line.left() + line.width() * 0.4:
                break
            painter.setFont(role.font)
            painter.setPen(theme.text2)
            painter.drawText(
                QRectF(line.left(), line.top(), right - line.left(), line.height()), RIGHT, words
            )
            swatch = QRectF(right - wide, line.center().y() - SWATCH / 2, SWATCH, SWATCH)
            paint_cell(painter, swatch, theme, lane.kinds[index].category, index)
            right -= wide + 14
        return right

    def _paint_lane_name(self, painter: QPainter, layers: Layers, row: int) -> None:
        if len(layers.lanes) > 1:
            painter.setFont(self._appearance.theme.fonts.caption.font)
            painter.setPen(self._appearance.theme.text2)
            top = self._top + row * (CELL + BETWEEN)
            painter.drawText(QRectF(SIDE, top, self._left, CELL), LEFT, lane_name(layers.lanes[row]))

    def _paint_marks(self, painter: QPainter, layers: Layers) -> None:
        """Rings: around exceptions, around a tile that is cut, around what is selected."""
        theme = self._appearance.theme
        for start, end in ranges(tuple(layers.exceptions)):
            paint_ring(painter, self.column(start, end), theme.text2, 1.2)
        if layers.cut and layers.tile > 1:
            cut = self.column(layers.times - layers.cut, layers.times - 1)
            paint_ring(painter, cut, theme.warnmark, 1.6)
        for start, end in ranges(self.chosen):
            paint_ring(painter, self.column(start, end), theme.accent, 2)

    def _paint_numbers(self, painter: QPainter, layers: Layers) -> None:
        """Which layers stand where: those selected, first and last, and as many between as have room."""
        theme, role = self._appearance.theme, self._appearance.theme.fonts.caption
        top = self._top + len(layers.lanes) * (CELL + BETWEEN)
        painter.setFont(role.font)
        taken: list[tuple[float, float]] = []
        chosen = ranges(self.chosen)[:1]
        for start, end in [*chosen, *_marks(layers)]:
            words = which(range(start, end + 1))
            column, wide = self.column(start, end), role.width(words)
            left = min(max(column.center().x() - wide / 2, self._left), self.width() - SIDE - wide)
            if any(left < right + 8 and left + wide > other - 8 for other, right in taken):
                continue
            taken.append((left, left + wide))
            painter.setPen(theme.accenttext if (start, end) in chosen else theme.text3)
            painter.drawText(QRectF(left, top, wide, self._line), CENTRE, words)


def _marks(layers: Layers) -> list[tuple[int, int]]:
    """The tiles whose numbers are written, or the runs of equal layers: the ends first, then between."""
    if layers.tile > 1 and not layers.exceptions:
        starts = [0] * bool(layers.first) + list(range(layers.first, layers.times, layers.tile))
        ends = [*[start - 1 for start in starts[1:]], layers.times - 1]
        runs = list(zip(starts, ends, strict=True))
    else:
        together = list(zip(*(lane.order for lane in layers.lanes), strict=True))
        runs = sorted(
            run
            for kind in dict.fromkeys(together)
            for run in ranges([layer for layer, known in enumerate(together) if known == kind])
        )
    if len(runs) <= 5:
        return runs
    return [runs[round(step * (len(runs) - 1) / 4)] for step in (0, 4, 2, 1, 3)]
