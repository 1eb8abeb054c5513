"""The issues as cards side by side: what, where and why, what mends them; Enter or a click goes there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from designer.analysis.mending import Mending, advice, mending
from designer.symbolic.issue import Issue
from designer.ui.appearance import Appearance
from designer.ui.controls.label import label
from designer.ui.issues.card import IssueCard
from designer.ui.issues.titles import title_of
from designer.ui.session import Session
from designer.ui.tr import spoken, tr

ORDER = {"unsound": 0, "warning": 1, "note": 2}
WIDE = 24
"""A card is at least so many sizes of the font wide."""
CALM = 120
"""Milliseconds without an edit after which it is asked anew what mends the same issues."""
MOST = 60
"""Cards that are shown; the rest is counted."""


class IssuesPage(QWidget):
    """Follows the session while it is shown; `jumped` says that an issue's block was selected."""

    jumped = Signal()

    def __init__(self, session: Session, appearance: Appearance) -> None:
        super().__init__()
        self._session, self._appearance = session, appearance
        self._shown: Sequence[Issue] = ()
        self._offers: dict[int, Mending] = {}
        self.cards: list[IssueCard] = []
        self._more: QLabel | None = None
        self._inside = QWidget()
        self._grid = QGridLayout(self._inside)
        self._grid.setContentsMargins(0, 2, 0, 6)
        self._grid.setSpacing(2)
        area = QScrollArea()
        area.setWidget(self._inside)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setAccessibleName(tr("Issues"))
        self._area = area
        self._none = label(tr("Nothing to mend."), appearance.theme.fonts.body, "2")
        self._none.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._none.setContentsMargins(16, 8, 0, 0)
        either = QWidget()
        self._either = QStackedLayout(either)
        self._either.addWidget(area)
        self._either.addWidget(self._none)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.addWidget(either)
        self._waiting: list[IssueCard] = []
        self._mends = QTimer(self, singleShot=True, interval=0)
        self._mends.timeout.connect(self._mend_next)

    @property
    def settled(self) -> bool:
        """Whether it is known of each card what mends it."""
        return not self._waiting

    def refresh(self) -> None:
        """Show the present issues, the gravest first, and after them what could be better."""
        advised = advice(self._session.measured)
        issues = sorted(
            [*self._session.issues, *(issue for issue, _ in advised)], key=lambda i: ORDER[i.severity]
        )
        self._offers = {id(issue): offer for issue, offer in advised}
        self._either.setCurrentWidget(self._area if issues else self._none)
        if (
            issues == self._shown
        ):  # the same to be said of another design: what mends it, and its price, follow
            for card, issue in zip(self.cards, issues, strict=False):
                card.issue = issue
            self._mend_soon(CALM)
        else:
            self._show(issues)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _show(self, issues: Sequence[Issue]) -> None:
        """A card for each."""
        had_focus = any(card.hasFocus() for card in self.cards)
        for card in self.cards:
            card.hide()
            card.deleteLater()
        self._shown = issues
        self.cards = [self._card(issue) for issue in issues[:MOST]]
        self._tell_more(len(issues) - MOST)
        self._place()
        if had_focus and self.cards:
            self.cards[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self._mend_soon(0)

    def _mend_soon(self, wait: int) -> None:
        self._waiting = list(self.cards)
        self._mends.start(wait)

    def _card(self, issue: Issue) -> IssueCard:
        made = IssueCard(self._appearance, issue, title_of(issue, self._session.measured))
        made.opened.connect(lambda: self._jump(issue))
        made.mended.connect(lambda offer: self._mend(made, offer))
        made.walked.connect(lambda step: self._walk(made, step))
        return made

    def _walk(self, card: IssueCard, step: int) -> None:
        at = self.cards.index(card) + step
        if 0 <= at < len(self.cards):
            self.cards[at].setFocus(Qt.FocusReason.TabFocusReason)
            self._area.ensureWidgetVisible(self.cards[at])

    def _tell_more(self, rest: int) -> None:
        if self._more is not None:
            self._more.deleteLater()
            self._more = None
        if rest > 0:
            self._more = label(tr("… and {n} more", n=rest), self._appearance.theme.fonts.small, "2")
            self._more.setContentsMargins(16, 4, 0, 4)

    def _place(self) -> None:
        """As many cards beside each other as there is room for."""
        least = round(self._appearance.theme.fonts.base * WIDE)
        columns = max(min(self.width() // least, len(self.cards)), 1)
        for index, card in enumerate(self.cards):
            self._grid.addWidget(card, index // columns, index % columns)
        rows = -(-len(self.cards) // columns)
        if self._more is not None:
            self._grid.addWidget(self._more, rows, 0)
        for column in range(max(columns, self._grid.columnCount())):
            self._grid.setColumnStretch(column, int(column < columns))
        for row in range(self._grid.rowCount()):
            self._grid.setRowStretch(row, 0)
        self._grid.setRowStretch(rows + 1, 1)

    def _mend_next(self) -> None:
        """What mends one more card: each is worked out apart, so that the window stays at hand."""
        if not self._waiting:
            return
        card = self._waiting.pop(0)
        offer = self._offers.get(id(card.issue)) or mending(self._session.measured, card.issue)
        if offer is not None:
            card.offer(offer, self._session.price(offer.design))
        self._mends.start(0)

    def _mend(self, card: IssueCard, offer: Mending) -> None:
        if card in self._waiting:  # the design is another since it was offered
            found = self._offers.get(id(card.issue)) or mending(self._session.measured, card.issue)
            if found is None:
                return
            offer = found
        self._session.commit(offer.design, tr("Mend: {words}", words=spoken(offer.words)))

    def _jump(self, issue: Issue) -> None:
        self._session.select(() if issue.node is None else (issue.node,))
        self.jumped.emit()
