"""The scenario in a few words, always in sight; a click opens its form under the costs."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from designer.ui.appearance import Appearance
from designer.ui.controls.painting import LEFT, paint_focus
from designer.ui.icons import pixmap
from designer.ui.numbers import context, plain
from designer.ui.scenario.sheet import ScenarioSheet
from designer.ui.session import Session
from designer.ui.tr import tr

ROOMY, CLOSE = 1360, 1150
"""Pixels of the window from which the words are whole, and below which they are fewest."""


class ScenarioButton(QAbstractButton):
    """Follows the session; `costs` is what the form opens under."""

    def __init__(self, session: Session, appearance: Appearance, costs: QWidget) -> None:
        super().__init__()
        self._session, self._appearance, self._costs = session, appearance, costs
        self.sheet: ScenarioSheet | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.open_sheet)
        session.changed.connect(self._follow)
        self._follow()

    @property
    def words(self) -> str:
        """The scenario, in as many words as the window has room for."""
        scenario = self._session.design.scenario
        said = {
            "weights": scenario.weights,
            "context": context(plain(self._session.measured.tokens())),
            "batch": f"{scenario.batch:,}",
            "convention": tr(scenario.convention),
        }
        width = self.window().width()
        if width < CLOSE:
            return tr("{weights} · {context}", **said)
        if width < ROOMY:
            return tr("{weights} · {context} · {convention}", **said)
        return tr("{weights} · {context} context · batch {batch} · {convention}", **said)

    def open_sheet(self) -> None:
        """Show the form under the costs, which change in sight."""
        if self.sheet is not None:
            self.sheet.close()
            return
        self.sheet = ScenarioSheet(self.window(), self._session, self._appearance, self._place)
        self.sheet.closed.connect(self._forget)
        self.sheet.open(self.sheet.form.context)

    def _place(self) -> tuple[QRect, int]:
        """Where the costs are, in the window's pixels, and where among them the arrow points."""
        area = QRect(self._costs.mapTo(self.window(), QPoint()), self._costs.size())
        return area, area.left() + area.width() // 3

    def _forget(self) -> None:
        self.sheet = None
        self.update()

    def sizeHint(self) -> QSize:
        fonts = self._appearance.theme.fonts
        return QSize(fonts.body.width(self.words) + 62, fonts.row + 4)

    def _follow(self, *_: object) -> None:
        said = tr("Scenario: {words}", words=self.words)
        if said != self.accessibleName():
            self.setAccessibleName(said)
            self.updateGeometry()
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, fonts = self._appearance.theme, self._appearance.theme.fonts
        ratio = self.devicePixelRatioF()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            edge = theme.fieldline if self.underMouse() else theme.line2
            painter.setPen(QPen(theme.accent, 1.6) if self.sheet is not None else QPen(edge, 1))
            painter.setBrush(theme.card)
            painter.drawRoundedRect(area, 6, 6)
            painter.drawPixmap(QPointF(11, self.height() / 2 - 7), pixmap("chip", theme.text, 14, ratio))
            painter.setFont(fonts.body.font)
            painter.setPen(theme.text)
            painter.drawText(area.adjusted(31, 0, -24, 0), LEFT, self.words)
            chevron = pixmap("chevron_down", theme.text3, 11, ratio)
            painter.drawPixmap(QPointF(self.width() - 21, self.height() / 2 - 5.5), chevron)
            if self.hasFocus():
                paint_focus(painter, area, theme, 6)
