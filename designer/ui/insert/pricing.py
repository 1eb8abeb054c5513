"""What things would cost, worked out one after another between the window's other work."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from designer.design.tree import Design
from designer.symbolic.issue import Refusal
from designer.ui.numbers import MINUS, THIN
from designer.ui.session import Session

BREATH = 6
"""Milliseconds of pricing in a row; then keys and paints have their turn."""
UNITS = (("T", 10**12), ("B", 10**9), ("M", 10**6), ("K", 10**3))


class Pricing(QObject):
    """Prices in parameters of the whole design, by what they are asked for. `priced`: there are more."""

    priced = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._known: dict[Hashable, int | None] = {}
        self._asked: dict[Hashable, Callable[[], Design]] = {}
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._work)

    def ask(self, wanted: Mapping[Hashable, Callable[[], Design]]) -> None:
        """Price these next, and nothing else that was asked for before."""
        self._asked = {what: make for what, make in wanted.items() if what not in self._known}
        if self._asked:
            self._turn.start()

    def of(self, what: Hashable) -> int | None:
        """A price; None while it is not known, or where there is none."""
        return self._known.get(what)

    def is_refused(self, what: Hashable) -> bool:
        """Whether it is known that this cannot be done."""
        return what in self._known and self._known[what] is None

    def forget(self) -> None:
        """Another design: nothing is known of it."""
        self._known.clear()
        self._asked.clear()
        self._turn.stop()

    def price(self, make: Callable[[], Design]) -> int | None:
        """What a design has more than the present one, worked out now; None where it is refused."""
        try:
            return self._session.price(make())
        except Refusal:
            return None

    def _work(self) -> None:
        clock = QElapsedTimer()
        clock.start()
        while self._asked and clock.elapsed() < BREATH:
            what = next(iter(self._asked))
            self._known[what] = self.price(self._asked.pop(what))
        self.priced.emit()
        if self._asked:
            self._turn.start()


def in_one_unit(amounts: Sequence[int | None]) -> list[str]:
    """Differences for one column: all in the unit of the largest, to a hundredth of it; `0` where none is."""
    largest = max((abs(amount) for amount in amounts if amount is not None), default=0)
    name, size = next(((name, size) for name, size in UNITS if largest >= size), ("", 1))
    return [_written(amount, name, size) for amount in amounts]


def _written(amount: int | None, name: str, size: int) -> str:
    if amount is None:
        return ""
    if amount == 0:
        return "0"
    sign = MINUS if amount < 0 else "+"
    if size == 1:
        return f"{sign}{abs(amount)}"
    hundredths = (abs(amount) * 100 + size // 2) // size
    if hundredths == 0:
        return f"<{sign if sign == MINUS else ''}0.01{THIN}{name}"
    return f"{sign}{hundredths // 100:,}.{hundredths % 100:02}{THIN}{name}"
