"""Quick insert: type a name, see where it would stand and what it costs, Enter does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent

from designer.design import edits
from designer.formats.opening import opened
from designer.formats.presets import presets
from designer.symbolic.issue import Refusal
from designer.ui.canvas.look import Preview
from designer.ui.insert.habits import Habits
from designer.ui.insert.offers import Offer, Offers, within
from designer.ui.insert.pointing import LEAST, Pointing
from designer.ui.insert.pricing import Pricing, in_one_unit
from designer.ui.keys import INSERT
from designer.ui.numbers import difference, plain
from designer.ui.palette.entries import Entry
from designer.ui.parts import Parts
from designer.ui.placing import slot_for
from designer.ui.popup.rows import Row
from designer.ui.popup.sheet import MOST, WIDE, Sheet
from designer.ui.status_row import StatusRow
from designer.ui.tr import tr

APART = 14
"""Between what the sheet is about and the sheet."""
INDENT = 72
"""From the stack's left edge to the sheet's."""


class QuickInsert(QObject):
    """One sheet for a window, opened again and again."""

    def __init__(
        self,
        parts: Parts,
        status: StatusRow,
        entries: Mapping[str, Sequence[Entry]],
        edit_fields: Callable[[], None],
    ) -> None:
        super().__init__(parts.window)
        self._window, self._canvas, self._session = parts.window, parts.canvas, parts.session
        self._status, self._edit_fields = status, edit_fields
        habits = Habits(parts.session.registry)
        habits.learn(opened(name, parts.session.registry).tree for name in presets())
        self._habits = habits
        self._offering = Offers(parts.session, entries, habits)
        self.offers: list[Offer] = []
        self.sheet = _Sheet(parts, self._look_ahead)
        self.pointing = Pointing(parts.canvas, parts.appearance)
        self._pricing = Pricing(parts.session, self)
        self._previews = False
        self._scrolled = (0, 0)
        self.sheet.typed.connect(self._type)
        self.sheet.moved.connect(self._point)
        self.sheet.taken.connect(self._do)
        self.sheet.tabbed = lambda: self._do(self.sheet.list.at, edits_fields=True)
        self.sheet.closed.connect(self._closed)
        self.sheet.list.verticalScrollBar().valueChanged.connect(self._ask_prices)
        self._pricing.priced.connect(self._show_rows)
        parts.session.changed.connect(lambda *_: self.sheet.close_it())
        for bar in (parts.canvas.verticalScrollBar(), parts.canvas.horizontalScrollBar()):
            bar.valueChanged.connect(self._stand)

    def open(self) -> None:
        """Open at the selection."""
        if self.sheet.is_open:
            return
        canvas = self._canvas
        self._scrolled = canvas.horizontalScrollBar().value(), canvas.verticalScrollBar().value()
        self._previews = False
        self._pricing.forget()
        self.sheet.line.clear()
        self.sheet.open_at(self._area())
        where = self._where()
        self.sheet.show_hint(where)
        self._status.hold(tr("Insert {where}", where=where), INSERT)
        self._type("")

    # --- what is offered ------------------------------------------------------------------------------

    def _type(self, text: str) -> None:
        if not self.sheet.is_open:
            return
        self.offers = self._offering.answering(text)
        self._show_rows(anew=True)
        self._ask_prices()
        self._point()

    def _show_rows(self, *, anew: bool = False) -> None:
        prices = in_one_unit([self._pricing.of(offer) for offer in self.offers])
        rows = [
            Row(offer.title, offer.subtitle, offer.section, offer.icon, offer.category, price)
            for offer, price in zip(self.offers, prices, strict=True)
        ]
        words = tr(
            "No block called “{text}”. Describe it: experts, window, recurrent.", text=self.sheet.line.text()
        )
        self.sheet.show_rows(rows, words, anew=anew)

    def _ask_prices(self, *_: object) -> None:
        """Of the rows in sight, and of those that come next."""
        if not self.sheet.is_open:
            return
        shown = self.sheet.list.in_sight()
        first, last = (shown[0], shown[-1] + 1) if shown else (0, 0)
        wanted = self.offers[first : last + MOST]
        self._pricing.ask({offer: lambda offer=offer: offer.done(self._session)[0] for offer in wanted})

    # --- what the canvas shows of it ------------------------------------------------------------------

    def _current(self) -> Offer | None:
        at = self.sheet.list.at
        return self.offers[at] if 0 <= at < len(self.offers) else None

    def _point(self) -> None:
        if not self.sheet.is_open:
            return
        offer = self._current()
        if offer is None:
            session = self._session
            slot = slot_for(session.design, session.selection, None, session.registry)
            self.pointing.point_at(slot, None)
            self._session.propose(None)
        else:
            self.pointing.point_at(offer.slot, offer.instead, self._proposed(offer))
        self._make_room()

    def _look_ahead(self) -> bool:
        """Preview what the current row would give, or no longer."""
        self._previews = not self._previews
        self._point()
        return self._current() is not None

    def _proposed(self, offer: Offer) -> Preview | None:
        if not self._previews:
            self._session.propose(None)
            return None
        try:
            design, _ = offer.done(self._session)
        except Refusal as refusal:
            self._status.say(refusal)
            return None
        self._session.propose(design)
        after = self._session.proposal
        price = plain(after.total) - plain(self._session.measured.total) if after is not None else 0
        return Preview(offer.slot[0], offer.title, difference(price)) if offer.instead is None else None

    def _do(self, row: int, *, edits_fields: bool = False) -> None:
        if not 0 <= row < len(self.offers):
            return
        offer = self.offers[row]
        try:
            design, ids = offer.done(self._session)
        except Refusal as refusal:
            self._status.say(refusal)
            return
        self._canvas.board.keep_gap()
        self._session.commit(design, offer.step, select=ids)  # which closes the sheet
        if edits_fields:
            self._edit_fields()

    def _closed(self, by_escape: bool) -> None:
        self._pricing.forget()  # what is still to be priced stands in a design that may be another soon
        self._session.propose(None)
        self.pointing.stop()
        self._status.release()
        if by_escape:
            bars = self._canvas.horizontalScrollBar(), self._canvas.verticalScrollBar()
            for bar, value in zip(bars, self._scrolled, strict=True):
                bar.setValue(value)
        if self.sheet.had_keyboard:
            self._canvas.setFocus(Qt.FocusReason.PopupFocusReason)

    # --- where it stands ------------------------------------------------------------------------------

    def _make_room(self) -> None:
        """Bring the line into sight, with room for the sheet above or below it."""
        about, canvas = self.pointing.about, self._canvas
        above, below = self._rooms()
        if about.isEmpty():
            return
        bar = canvas.verticalScrollBar()
        if about.top() < 0 or about.bottom() > canvas.viewport().height() or max(above, below) < LEAST:
            bar.setValue(bar.value() + about.top() - 30)
        self._stand()

    def _stand(self, *_: object) -> None:
        if self.sheet.is_open:
            area = self._area()
            self.sheet.stand_at(area)
            self.pointing.lead_to(area)

    def _rooms(self) -> tuple[int, int]:
        """(pixels above what it is about, pixels below), in the window and clear of it."""
        corner = self._corner()
        about = self.pointing.about.translated(corner)
        if about.isEmpty():
            return 0, self._window.height() - corner.y() - 40
        floor = self._window.height() - self._status.height() - 4
        return about.top() - APART - corner.y() - 4, floor - about.bottom() - APART

    def _area(self) -> QRect:
        """Below what it is about, above where there is no room below."""
        corner = self._corner()
        about = self.pointing.about.translated(corner)
        above, below = self._rooms()
        wanted = self.sheet.wanted_height()
        left = corner.x() + self._canvas.mapFromScene(0, 0).x() + INDENT
        left = max(min(left, self._window.width() - WIDE - 8), 8)
        if about.isEmpty():
            return QRect(left, corner.y() + 40, WIDE, min(wanted, below))
        if below >= min(wanted, LEAST) or below >= above:
            return QRect(left, about.bottom() + APART, WIDE, min(wanted, below))
        height = min(wanted, above)
        return QRect(left, about.top() - APART - height, WIDE, height)

    def _corner(self) -> QPoint:
        return self._canvas.viewport().mapTo(self._window, QPoint(0, 0))

    def _where(self) -> str:
        """The place in words."""
        session = self._session
        design = session.design
        slot = slot_for(design, session.selection, None, session.registry)
        before = self._habits.before(design, slot)
        inside = edits.find(design, slot[0]).inside
        if before is None:
            return tr("at the beginning")
        name = within(session.title(before.id))
        if inside and session.copies(inside[0].id) > 1:
            return tr("in every layer, after {block}", block=name)
        return tr("after {block}", block=name)


class _Sheet(Sheet):
    """With the keys that only an insertion has: → looks ahead, Tab goes on to the fields."""

    def __init__(self, parts: Parts, look_ahead: Callable[[], bool]) -> None:
        keys = [(key, words) for key, words, _ in INSERT]
        super().__init__(
            parts.window, parts.appearance, tr("Insert"), tr("Type a name, such as attention"), keys
        )
        self._look_ahead = look_ahead
        self.list.amounts = tr("whole design")
        self.tabbed: Callable[[], None] = lambda: None

    def pressed(self, event: QKeyEvent) -> bool:
        at_end = self.line.cursorPosition() == len(self.line.text())
        if event.key() == Qt.Key.Key_Right and at_end and not event.modifiers():
            return self._look_ahead()
        if event.key() == Qt.Key.Key_Tab:
            self.tabbed()
            return True
        return super().pressed(event)
