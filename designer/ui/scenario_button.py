"""The scenario in a few words, always in sight; a click opens its form under it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QVBoxLayout

from designer.ui.appearance import Appearance
from designer.ui.controls.label import label
from designer.ui.controls.painting import LEFT, paint_focus
from designer.ui.icons import pixmap
from designer.ui.numbers import context, plain
from designer.ui.scenario_form import ScenarioForm
from designer.ui.session import Session
from designer.ui.tr import tr

ROOMY, CLOSE = 1360, 1150
"""Pixels of the window from which the words are whole, and below which they are fewest."""


class ScenarioButton(QAbstractButton):
    """Follows the session."""

    def __init__(self, session: Session, appearance: Appearance) -> None:
        super().__init__()
        self._session, self._appearance = session, appearance
        self._sheet: QFrame | None = None
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
        """Show the form under the button, over everything else."""
        sheet = QFrame(self.window(), Qt.WindowType.Popup)
        sheet.setObjectName("sheet")
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(sheet)
        column.setContentsMargins(16, 12, 16, 14)
        column.addWidget(label(tr("Under which scenario costs are asked"), self._appearance.theme.fonts.name))
        form = ScenarioForm(self._session, self._appearance)
        self._session.changed.connect(form.refresh)
        column.addWidget(form)
        sheet.setFixedWidth(round(self._appearance.theme.fonts.base * 29))
        sheet.adjustSize()
        corner = self.mapToGlobal(QPoint(self.width() - sheet.width(), self.height() + 4))
        sheet.move(max(corner.x(), self.window().x() + 4), corner.y())
        sheet.show()
        form.batch.setFocus()

    def sizeHint(self) -> QSize:
        fonts = self._appearance.theme.fonts
        return QSize(fonts.body.width(self.words) + 62, fonts.row + 4)

    def _follow(self, *_: object) -> None:
        self.setAccessibleName(tr("Scenario: {words}", words=self.words))
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, fonts = self._appearance.theme, self._appearance.theme.fonts
        ratio = self.devicePixelRatioF()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.setPen(QPen(theme.fieldline if self.underMouse() else theme.line2, 1))
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
