"""The totals row: the count and its convention, where it lies by category, and what the design costs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolTip, QWidget

from designer.analysis.issues import issues
from designer.analysis.measured import Measured
from designer.analysis.parameters import runs_again
from designer.symbolic.issue import Issue
from designer.ui.appearance import Appearance
from designer.ui.controls.fading import Fading
from designer.ui.controls.painting import LEFT
from designer.ui.fonts import Fonts, Role
from designer.ui.issues import doubt
from designer.ui.numbers import bytes_, context, exact, plain, short, work
from designer.ui.session import Session
from designer.ui.totals.strip import Counts, Strip
from designer.ui.tr import tr


class Cost(NamedTuple):
    """A cost as it is shown: its name, the value, the convention, and all digits."""

    name: str
    value: str
    convention: str
    brief: str
    exact: str


class Totals(QWidget):
    """Follows the session; always in sight."""

    def __init__(self, session: Session, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._appearance = session, appearance
        self.count = _Count(appearance)
        self.strip = Strip(appearance)
        self.costs = _Costs(appearance)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(18)
        row.addWidget(self.count)
        row.addWidget(self.strip, 1)
        row.addWidget(self.costs)
        session.changed.connect(self._follow)
        session.proposed.connect(self._follow)
        self._follow()

    def sizeHint(self) -> QSize:
        return QSize(900, _height(self._appearance.theme.fonts))

    def minimumSizeHint(self) -> QSize:
        return QSize(620, _height(self._appearance.theme.fonts))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._appearance.theme
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.panel)
            painter.setPen(theme.line)
            bottom, left = self.height() - 0.5, self.costs.x() - 9.5
            painter.drawLine(QPointF(0, 0.5), QPointF(self.width(), 0.5))
            painter.drawLine(QPointF(0, bottom), QPointF(self.width(), bottom))
            painter.drawLine(QPointF(left, 8), QPointF(left, self.height() - 8))

    def _follow(self, *_: object) -> None:
        proposal = self._session.proposal
        measured = proposal or self._session.measured
        counts = counted(measured, self._session.issues if proposal is None else issues(proposal))
        if proposal is not None:
            counts = counts._replace(added=_added(self._session.measured, counts.by_category))
        self.count.show_count(measured, counts, self._session)
        self.strip.show_counts(counts)
        before = costs(self._session.measured) if proposal is not None else ()
        self.costs.show_costs(costs(measured, guessed=any(counts.provisional.values())), before)


def counted(measured: Measured, found: list[Issue]) -> Counts:
    """A design's counts, and how much of them is provisional by the issues that were found."""
    ids = doubt.doubtful(measured.design, found)
    by_category = {name: plain(count) for name, count in measured.by_category.items()}
    unsure = doubt.provisional(measured, ids) if ids else dict.fromkeys(by_category, 0)
    active = {name: plain(count) for name, count in measured.active_by_category.items()}
    return Counts(by_category, unsure, active if active != by_category else None)


def _added(present: Measured, counts: Mapping[str, int]) -> dict[str, int]:
    """What there is more of in each category than at present."""
    return {name: max(count - plain(present.by_category[name]), 0) for name, count in counts.items()}


def costs(measured: Measured, *, guessed: bool = False) -> tuple[Cost, ...]:
    """Weights, KV cache and FLOPs per token under the design's own scenario; marked where they are `guessed`
    in part."""
    scenario = measured.design.scenario
    tokens = plain(measured.tokens())
    weights, cache, state, forward = (
        plain(measured.reading(name))
        for name in ("weights_bytes", "kv_cache_bytes", "state_bytes", "flops_forward")
    )
    each = forward // (tokens * scenario.batch)
    long = context(tokens)
    if scenario.batch > 1:
        at = tr("{batch} × {context}, {cache}", batch=scenario.batch, context=long, cache=scenario.cache)
    else:
        at = tr("{context} context, {cache}", context=long, cache=scenario.cache)
    brief = tr("{context}, {cache}", context=long, cache=scenario.cache)
    kept = Cost(tr("KV cache"), bytes_(cache), at, brief, tr("{n} bytes", n=exact(cache)))
    if state and not cache:
        kept = Cost(tr("State"), bytes_(state), at, brief, tr("{n} bytes", n=exact(state)))
    convention = tr("causal, forward") if scenario.convention == "causal" else tr("dense, forward")
    terse = tr("causal, fwd") if scenario.convention == "causal" else tr("dense, fwd")
    precision = tr(scenario.weights)
    found = (
        Cost(tr("Weights"), bytes_(weights), precision, precision, tr("{n} bytes", n=exact(weights))),
        kept,
        Cost(tr("FLOPs per token"), work(each), convention, terse,
             tr("{n} FLOPs in one pass over {tokens} tokens", n=exact(forward), tokens=exact(tokens))),
    )  # fmt: skip
    return (
        tuple(cost._replace(value=tr("~{value}", value=cost.value)) for cost in found) if guessed else found
    )


class _Count(QWidget):
    """The total, what qualifies it, and all its digits. A click has `asked` why."""

    asked = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.shown = self.qualified = self.exact = ""
        self._proposed = False
        self.fading = Fading(self)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(tr("Why this number?"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Total"))

    def show_count(self, measured: Measured, counts: Counts, session: Session) -> None:
        """Show a total; of a proposal beside the present one."""
        total, unsure, needed = counts.total, sum(counts.provisional.values()), self._needed()
        self._proposed = session.proposal is not None
        self.shown, self.qualified = short(total - unsure), ""
        if unsure:
            self.qualified = tr("+ {count} provisional", count=short(unsure))
        if self._proposed:
            self.shown = short(plain(session.measured.total))
            self.qualified = tr("→ {count} if dropped", count=short(total))
        digits = exact(total) if not unsure else tr("~{count}", count=exact(total))
        self.exact = _conventional(measured, digits, total)
        self.setAccessibleDescription(self.exact)
        if not self._proposed:
            self.fading.show({"count": total})
        if self._needed() != needed:
            self.updateGeometry()
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.asked.emit()

    def sizeHint(self) -> QSize:
        fonts = self._appearance.theme.fonts
        widest = fonts.small.width("888,888,888,888 parameters · tied counted once")
        return QSize(max(widest, self._needed()), _height(fonts))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._needed(), _height(self._appearance.theme.fonts))

    def _needed(self) -> int:
        fonts = self._appearance.theme.fonts
        first = fonts.display.width(self.shown) + 8 + fonts.small_value.width(self.qualified)
        return max(first, fonts.small.width(self.exact)) + 2

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, fonts = self._appearance.theme, self._appearance.theme.fonts
        high, low = fonts.display.metrics.height(), fonts.small.metrics.height()
        top = (self.height() - high - low) / 2 - 1
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            ground = QRectF(-4, top + 1, fonts.display.width(self.shown) + 9, high - 2)
            self.fading.paint(painter, "count", ground, theme)
            _write(painter, fonts.display, theme.text, self.shown, 0, top, self.width())
            left = fonts.display.width(self.shown) + 8
            down = top + fonts.display.metrics.ascent() - fonts.small_value.metrics.ascent()
            _write(
                painter, fonts.small_value, theme.accenttext, self.qualified, left, down, self.width() - left
            )
            tone = theme.accenttext if self._proposed else theme.text2
            _write(painter, fonts.small, tone, self.exact, 0, top + high, self.width())


class _Costs(QWidget):
    """Three columns of three lines."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.shown: tuple[Cost, ...] = ()
        self._before: tuple[Cost, ...] = ()
        self._brief = False
        self.fading = Fading(self)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Costs"))

    def show_costs(self, shown: tuple[Cost, ...], before: tuple[Cost, ...] = ()) -> None:
        """Show other costs; beside those `before` a gesture is let go, whether each would change."""
        if (shown, before) == (self.shown, self._before):
            return
        widths = self._widths()
        self.shown, self._before = shown, before
        if not before:
            self.fading.show({cost.name: cost.exact for cost in shown})
        self.setAccessibleDescription(
            "; ".join(tr("{name}: {value}, {convention}", **cost._asdict()) for cost in shown)
        )
        if self._widths() != widths:
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        self._brief = self.window().width() < 1200
        return QSize(round(sum(self._widths())) + 2, _height(self._appearance.theme.fonts))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _widths(self) -> list[float]:
        fonts = self._appearance.theme.fonts
        gap = 14 if self._brief else 22
        widths = [
            max(
                fonts.caption.width(cost.name),
                fonts.count.width(cost.value),
                fonts.caption.width(cost.brief if self._brief else cost.convention),
            )
            + gap
            for cost in self.shown
        ]
        return [*widths[:-1], widths[-1] - gap] if widths else []

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, fonts = self._appearance.theme, self._appearance.theme.fonts
        small, high = fonts.caption.metrics.height(), fonts.count.metrics.height()
        top = (self.height() - 2 * small - high) / 2 - 1
        left = 0.0
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for at, (cost, wide) in enumerate(zip(self.shown, self._widths(), strict=True)):
                _write(painter, fonts.caption, theme.text2, cost.name, left, top, wide)
                ground = QRectF(left - 3, top + small, fonts.count.width(cost.value) + 6, high + 1)
                self.fading.paint(painter, cost.name, ground, theme)
                _write(painter, fonts.count, theme.text, cost.value, left, top + small + 1, wide)
                under, tone = cost.brief if self._brief else cost.convention, theme.text2
                if self._before:
                    changes = cost.value != self._before[at].value
                    under = tr("if dropped") if changes else tr("unchanged")
                    tone = theme.accenttext if changes else theme.text2
                _write(painter, fonts.caption, tone, under, left, top + small + high + 2, wide)
                left += wide

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            left = 0.0
            for cost, wide in zip(self.shown, self._widths(), strict=True):
                if left <= event.pos().x() < left + wide:
                    QToolTip.showText(event.globalPos(), cost.exact, self)
                left += wide
            return True
        return super().event(event)


def _conventional(measured: Measured, digits: str, total: int) -> str:
    if runs_again(measured.body):
        return tr("{digits} parameters · shared counted once", digits=digits)
    active = plain(measured.tally.active)
    if active != total:
        return tr("{digits} parameters · {active} active", digits=digits, active=short(active))
    return tr("{digits} parameters · tied counted once", digits=digits)


def _write(
    painter: QPainter, role: Role, colour: QColor, text: str, left: float, top: float, wide: float
) -> None:
    painter.setFont(role.font)
    painter.setPen(colour)
    painter.drawText(QRectF(left, top, wide, role.metrics.height()), LEFT, text)


def _height(fonts: Fonts) -> int:
    return fonts.display.metrics.height() + fonts.small.metrics.height() + 18
