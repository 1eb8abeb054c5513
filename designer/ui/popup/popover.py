"""A sheet over the window, with an arrow to what it concerns."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from designer.ui.appearance import Appearance
from designer.ui.controls.emptying import empty
from designer.ui.controls.painting import SHADOW, paint_shadow
from designer.ui.theme import mixed

ARROW = 9
"""The pixels of the arrow; the room of the shadow takes it in."""
RADIUS = 12
EDGE = 6
"""What stays free between the sheet and the window's edge."""


class Place(NamedTuple):
    """Where a sheet stands in its window: the sheet itself, where its arrow points, whether it is below."""

    sheet: QRect
    tip: int
    below: bool


def placed(window: QSize, about: QRect, tip: int, size: QSize) -> Place:
    """Under what it is `about`, else above it, never over it; lower than it would be where neither has room.

    All in the window's pixels; `tip` is where along `about` the arrow points.
    """
    under = window.height() - EDGE - (about.bottom() + 1 + ARROW)
    over = about.top() - ARROW - EDGE
    below = size.height() <= under or under >= over
    height = min(size.height(), under if below else over)
    width = min(size.width(), window.width() - 2 * EDGE)
    left = min(max(tip - width * 4 // 5, EDGE), window.width() - EDGE - width)
    left = min(max(left, tip + RADIUS + ARROW - width), tip - RADIUS - ARROW)
    left = min(max(left, EDGE), window.width() - EDGE - width)
    top = about.bottom() + 1 + ARROW if below else about.top() - ARROW - height
    return Place(QRect(left, top, width, height), min(max(tip, left + 24), left + width - 24), below)


def _takes_tab(widget: QWidget) -> bool:
    return widget.isVisible() and widget.isEnabled() and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


class Popover(QWidget):
    """`body` is where its widgets go; they scroll where the window is too low for them.

    It closes at Esc, at a press anywhere else, and by `close`; the keyboard goes back to where it was.
    `about` says, each time the window changes, what it concerns (None: that is gone) and where along it the
    arrow points, in the window's pixels.
    """

    closed = Signal()

    def __init__(
        self,
        window: QWidget,
        appearance: Appearance,
        name: str,
        width: int,
        about: Callable[[], tuple[QRect, int] | None],
    ) -> None:
        super().__init__(window)
        self._window, self._appearance, self._wide, self._about = window, appearance, width, about
        self._before: QWidget | None = None
        self._place: Place | None = None
        self._ground = QPixmap()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.place)
        # Not while the press is on its way through the window: closing ends this sheet, a hearer of it.
        self._leaving = QTimer(self, singleShot=True, interval=0)
        self._leaving.timeout.connect(self.close)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._inside = QWidget()
        self.body = QVBoxLayout(self._inside)
        self.body.setContentsMargins(18, 12, 18, 10)
        self.body.setSpacing(7)
        self._scroll = QScrollArea(self)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidget(self._inside)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.viewport().setAutoFillBackground(False)
        self._inside.setAutoFillBackground(False)
        self.hide()

    def open(self, first: QWidget | None = None) -> None:
        """Stand at what it concerns and take the keyboard, at `first` if that is given."""
        self._before = QApplication.focusWidget()
        self.place()
        if self._place is None:
            self.close()
            return
        self.show()
        self.raise_()
        (first or self).setFocus(Qt.FocusReason.PopupFocusReason)
        self._watch(True)

    def empty(self) -> None:
        """Take everything out of the body."""
        empty(self.body)

    def place(self) -> None:
        """Stand anew, as large as the content is now."""
        about = self._about()
        if about is None:
            self._place = None
            self.close()
            return
        self._place = placed(self._window.size(), *about, self._wanted())
        self.setGeometry(self._place.sheet.adjusted(-SHADOW, -SHADOW, SHADOW, SHADOW))
        self._scroll.setGeometry(self._sheet)
        self._fill()
        self._ground = QPixmap()
        self.update()

    def lacks(self) -> int:
        """Pixels by which what it concerns would have to stand higher for the sheet to be whole below it."""
        about = self._about()
        if about is None:
            return 0
        end = about[0].bottom() + 1 + ARROW + self._wanted().height() + EDGE
        return max(end - self._window.height(), 0)

    def _wanted(self) -> QSize:
        width = min(self._wide, self._window.width() - 2 * EDGE)
        return QSize(width, self._height(width))

    def _fill(self) -> None:
        """Give the body the sheet's width, less the bar that scrolls it where it is higher."""
        width, height = self._sheet.width(), self._height(self._sheet.width())
        if height > self._sheet.height():
            width -= self._scroll.verticalScrollBar().sizeHint().width()
            height = self._height(width)
        # Not left to the scroll area, which takes the height of wrapped text at its narrowest for its least.
        self._inside.resize(width, height)

    def _height(self, width: int) -> int:
        for held in self._inside.findChildren(QWidget):
            held.ensurePolished()  # the style sheet decides how large some are
        self.body.activate()
        flows = self.body.hasHeightForWidth()
        return self.body.totalHeightForWidth(width) if flows else self.body.totalSizeHint().height()

    @property
    def sheet(self) -> QRect:
        """Where the sheet is in its window, the shadow aside."""
        return self._sheet.translated(self.pos())

    @property
    def points_at(self) -> QPoint:
        """Where the arrow ends, in the window's pixels."""
        assert self._place is not None
        sheet = self._place.sheet
        return QPoint(
            self._place.tip, sheet.top() - ARROW if self._place.below else sheet.bottom() + 1 + ARROW
        )

    @property
    def _sheet(self) -> QRect:
        return self.rect().adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)

    # --- staying and leaving ------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        self._soon.stop()
        self._leaving.stop()
        self._watch(False)
        focus = QApplication.focusWidget()
        inside = focus is None or focus is self or self.isAncestorOf(focus)
        before, self._before = self._before, None
        self.hide()
        if before is not None and inside:
            before.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit()
        super().closeEvent(event)

    def _watch(self, on: bool) -> None:
        """Hear of the window, and of presses where the screen hands them to it; of no other object."""
        # Asked for anew: a window's handle may have gone since, and what is gone must not be touched.
        for watched in (self._window.window().windowHandle(), self._window):
            if watched is not None:
                (watched.installEventFilter if on else watched.removeEventFilter)(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self._window:
            if event.type() == QEvent.Type.MouseButtonPress and not self._holds(event):
                self._leaving.start()
        elif event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._soon.start()
        elif event.type() in (QEvent.Type.Close, QEvent.Type.Hide):
            self._leaving.start()
        return False

    def _holds(self, press: QEvent) -> bool:
        if not isinstance(press, QMouseEvent):
            return False
        return self._sheet.contains(self.mapFromGlobal(press.globalPosition().toPoint()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self._scroll.verticalScrollBar()
        steps = {
            Qt.Key.Key_Down: bar.singleStep(),
            Qt.Key.Key_Up: -bar.singleStep(),
            Qt.Key.Key_PageDown: bar.pageStep(),
            Qt.Key.Key_PageUp: -bar.pageStep(),
        }
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif (step := steps.get(Qt.Key(event.key()))) is not None:
            bar.setValue(bar.value() + step)
        # What is not for the sheet is for nobody below it: a key must not move what it hides.

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002  Qt's own name
        """Tab goes round inside.

        Qt's own chain of focus is not walked: PySide takes each widget that the chain names for a child of
        the one before, so that with a closed sheet half the window would be gone for Python.
        """
        stops = [each for each in self._inside.findChildren(QWidget) if _takes_tab(each)]
        if not stops:
            return True
        focus = QApplication.focusWidget()
        here = stops.index(focus) if focus in stops else (-1 if next else 0)
        found = stops[(here + (1 if next else -1)) % len(stops)]
        found.setFocus(Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason)
        self._scroll.ensureWidgetVisible(found)
        return True

    # --- painting -----------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        ratio = self.devicePixelRatioF()
        if self._ground.isNull() or self._ground.devicePixelRatio() != ratio:
            self._ground = self._drawn(ratio)
        with QPainter(self) as painter:
            painter.drawPixmap(0, 0, self._ground)

    def _drawn(self, ratio: float) -> QPixmap:
        """Shadow, sheet and arrow: drawn once for a place."""
        made = QPixmap(self.size() * ratio)
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        theme = self._appearance.theme
        area = QRectF(self._sheet)
        with QPainter(made) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_shadow(painter, area, theme, RADIUS)
            painter.setPen(QPen(mixed(theme.line2, theme.raised, 0.6), 1))
            painter.setBrush(theme.raised)
            painter.drawPath(self._outline(area.adjusted(0.5, 0.5, -0.5, -0.5)))
        return made

    def _outline(self, area: QRectF) -> QPainterPath:
        path = QPainterPath()
        path.addRoundedRect(area, RADIUS, RADIUS)
        if self._place is None:
            return path
        x = self._place.tip - self.x()
        edge, up = (area.top() + 1, -1) if self._place.below else (area.bottom() - 1, 1)
        arrow = QPainterPath(QPointF(x - ARROW - 2, edge))
        arrow.lineTo(x, edge + up * ARROW)
        arrow.lineTo(x + ARROW + 2, edge)
        arrow.closeSubpath()
        return path.united(arrow)
