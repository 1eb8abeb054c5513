"""How many parameters the selected block has: in one set, in the whole design, and in which tensors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from designer.analysis.node_counts import NodeCount
from designer.analysis.tensors import patterns
from designer.symbolic.frozen import frozen
from designer.ui import categories
from designer.ui.appearance import Appearance
from designer.ui.controls.painting import LEFT, rounded
from designer.ui.controls.section import link
from designer.ui.fonts import Role
from designer.ui.icons import icon
from designer.ui.numbers import exact, plain, share, short
from designer.ui.theme import mixed
from designer.ui.totals.strip import segments
from designer.ui.tr import tr

_PAD = 12
_BAR = 6
_COLUMNS = 4
MOST = 12
"""Parts that the bar names one by one."""


@frozen
class Part:
    """A piece of the bar: its name, its count and its category."""

    name: str
    count: int
    category: str


class CountBlock(QWidget):
    """Painted; its description says all of it. `asked` wants to know why."""

    asked = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.number = self.sentence = ""
        self.parts: tuple[Part, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Parameters"))
        self.why = link(appearance, tr("Why this number?"), tr("Why this number?"))
        self.why.setParent(self)
        self.why.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.why.clicked.connect(self.asked)
        appearance.turned.connect(self._paint_mark)
        self._paint_mark()

    def show_count(
        self, counts: Sequence[NodeCount | None], whole: int, *, doubted: bool = False, holds: bool = False
    ) -> None:
        """Show one block's count, or the sum of several's; `whole` is the design's.

        What `holds` blocks is parted by category, not by tensor.
        """
        high = self.sizeHint().height()
        known = [count for count in counts if count is not None]
        if len(known) == 1 and len(counts) == 1:
            self.number, self.sentence = _told(known[0], whole)
            self.parts = _by_category(known[0].one.by_category) if holds else _parts(known[0])
        elif not known:
            self.number, self.parts = "0", ()
            self.sentence = tr("no layer picks this block, so it does not count")
        else:
            total = sum(plain(count.total) for count in known)
            self.number, self.parts = exact(total), ()
            self.sentence = tr(
                "in {n} blocks · {share} of the design", n=len(counts), share=share(total, whole)
            )
        if doubted:
            self.number = tr("~{count}", count=self.number)
            self.sentence = tr("provisional · {sentence}", sentence=self.sentence)
        told = ", ".join(tr("{name} {count}", name=p.name, count=exact(p.count)) for p in self.parts)
        self.setAccessibleDescription(
            tr("{count}, {sentence}. {parts}", count=self.number, sentence=self.sentence, parts=told)
        )
        self.setToolTip(told)
        self.why.setVisible(len(counts) == 1 and bool(known))
        self._place_link()
        if self.sizeHint().height() != high:
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        fonts = self._appearance.theme.fonts
        height = _PAD * 2 + fonts.stat.metrics.height() + fonts.small.metrics.height()
        if self.parts:
            rows = -(-len(self.parts) // self._columns())
            height += 10 + _BAR + rows * (2 * fonts.caption.metrics.height() + 6)
        return QSize(240, height - 2)

    def resizeEvent(self, event: object) -> None:
        self._place_link()
        self.updateGeometry()

    def _place_link(self) -> None:
        """Beside the number, in as many words as there is room for."""
        fonts = self._appearance.theme.fonts
        room = self.width() - 2 * _PAD - fonts.stat.width(self.number) - 8
        for words in (tr("Why this number?"), tr("Why?")):
            self.why.setText(words)
            if self.why.sizeHint().width() <= room:
                break
        size = self.why.sizeHint()
        middle = _PAD - 3 + fonts.stat.metrics.height() // 2
        self.why.setGeometry(
            self.width() - _PAD - size.width() + 4, middle - size.height() // 2, size.width(), size.height()
        )

    def _paint_mark(self) -> None:
        self.why.setIcon(icon("question", self._appearance.theme.accenttext, 14))

    def _columns(self) -> int:
        fonts = self._appearance.theme.fonts
        widest = max((fonts.caption.width(part.name) + 22 for part in self.parts), default=60)
        return max(1, min(_COLUMNS, len(self.parts), (self.width() - 2 * _PAD) // widest))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, fonts = self._appearance.theme, self._appearance.theme.fonts
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            rounded(painter, QRectF(self.rect()), theme.sunken, 8)
            top = float(_PAD - 3)
            self._line(painter, fonts.stat, theme.text, self.number, top)
            top += fonts.stat.metrics.height()
            self._line(painter, fonts.small, theme.text2, self.sentence, top)
            if self.parts:
                self._paint_parts(painter, top + fonts.small.metrics.height() + 7)

    def _line(self, painter: QPainter, role: Role, colour: QColor, text: str, top: float) -> None:
        area = QRectF(_PAD, top, self.width() - 2 * _PAD, role.metrics.height())
        painter.setFont(role.font)
        painter.setPen(colour)
        painter.drawText(area, LEFT, text)

    def _paint_parts(self, painter: QPainter, top: float) -> None:
        theme, caption = self._appearance.theme, self._appearance.theme.fonts.caption
        wide = self.width() - 2 * _PAD
        shades = self._shades()
        for key, (left, width) in segments({str(i): p.count for i, p in enumerate(self.parts)}, wide).items():
            rounded(painter, QRectF(_PAD + left, top, width, _BAR), shades[int(key)], 2)
        columns, high = self._columns(), caption.metrics.height()
        each = wide / columns
        for index, part in enumerate(self.parts):
            left = _PAD + each * (index % columns)
            down = top + _BAR + 7 + (index // columns) * (2 * high + 6)
            rounded(painter, QRectF(left, down + high / 2 - 3, 7, 7), shades[index], 1.5)
            painter.setFont(caption.font)
            painter.setPen(theme.text2)
            painter.drawText(QRectF(left + 12, down, each - 14, high), LEFT, part.name)
            painter.setPen(theme.text)
            painter.drawText(QRectF(left + 12, down + high, each - 14, high), LEFT, short(part.count))

    def _shades(self) -> list[QColor]:
        """Each part in its category's colour; parts of one category fade toward the ground."""
        theme = self._appearance.theme
        seen: dict[str, int] = {}
        total: dict[str, int] = {}
        for part in self.parts:
            total[part.category] = total.get(part.category, 0) + 1
        shades = []
        for part in self.parts:
            at = seen[part.category] = seen.get(part.category, -1) + 1
            fade = 0.6 * at / max(total[part.category] - 1, 1)
            shades.append(mixed(theme.colour(part.category), theme.sunken, 1 - fade))
        return shades


def _told(count: NodeCount, whole: int) -> tuple[str, str]:
    one, total = plain(count.one.total), plain(count.total)
    copies, runs = plain(count.copies), plain(count.runs)
    if copies == 0:
        return "0", tr("kept in one place with another block, and counted there")
    if len(count.bodies) > 1:
        return exact(total), tr("in {n} layers of {kinds} kinds", n=copies, kinds=len(count.bodies))
    if copies > 1:
        return exact(one), tr("each · × {n} = {total}", n=f"{copies:,}", total=exact(total))
    if runs > 1:
        return exact(one), tr("counted once · runs {n} times", n=f"{runs:,}")
    return exact(one), tr("counted once · {share} of the design", share=share(total, whole))


def _parts(count: NodeCount) -> tuple[Part, ...]:
    """The tensors of a block; of many, the categories."""
    if len(count.bodies) != 1:
        return _by_category(count.whole)
    (body,) = count.bodies
    listed = [tensor for tensor in patterns(body) if tensor.tied_to is None]
    if len(listed) < 2:
        return ()
    if len(listed) <= MOST and len({tensor.name.rpartition(".")[0] for tensor in listed}) > 1:
        found: dict[tuple[str, str], int] = {}
        for tensor in listed:
            key = short_name(tensor.name), tensor.category
            size = plain(tensor.copies)
            for side in tensor.shape:
                size *= plain(side)
            found[key] = found.get(key, 0) + size
        if 2 <= len(found) <= MOST - 4:
            return tuple(Part(name, size, category) for (name, category), size in found.items())
    return _by_category(count.one.by_category)


def _by_category(counts: Mapping[str, object]) -> tuple[Part, ...]:
    parts = tuple(
        Part(categories.name(name), plain(counts[name]), name)  # pyright: ignore[reportArgumentType]
        for name in categories.NAMES
        if counts.get(name)
    )
    return parts if len(parts) > 1 else ()


def short_name(name: str) -> str:
    """The module that a tensor belongs to: `q_proj` of `self_attn.q_proj.weight`."""
    segments_ = name.split(".")
    if len(segments_) > 1 and segments_[-1] in ("weight", "bias"):
        return segments_[-2]
    return segments_[-1]
