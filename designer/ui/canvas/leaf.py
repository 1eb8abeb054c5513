"""The two cards a block may have: one of two lines, and a slim one for what is next to nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from designer.ui.canvas.face import Face
from designer.ui.canvas.laid import Laid
from designer.ui.canvas.look import MARGIN, TEXT, Look, Text, paint_icon, paint_rounded
from designer.ui.canvas.words import Lines, fitting, joined
from designer.ui.tr import tr

if TYPE_CHECKING:
    from designer.ui.canvas.tensor_bar import TensorBar

NARROW, WIDE = 300, 561
"""Below this width the count stands in the second line; from the other on tensors fill the empty middle."""
TENSORS, COUNTED = 140, 84
"""The width of these, and of what most counts take right of them, so that they end in one column."""


def face(laid: Laid, said: Lines, look: Look) -> Face:
    """The card for a block of this height."""
    return Slim(laid, said, look) if laid.height < look.measures.card else Full(laid, said, look)


class Slim(Face):
    """One line: name, what there is to say, count."""

    tile = 20

    def __init__(self, laid: Laid, said: Lines, look: Look) -> None:
        super().__init__(laid, said, look)
        theme, fonts = look.theme, look.fonts
        self._count = Text(said.number, fonts.body, theme.text2)
        room = laid.width - laid.stream - TEXT - MARGIN - self._count.width - 12
        self._run: list[Text] = []
        for words, role, colour in (
            (said.title, fonts.name, theme.text),
            (said.aside, fonts.caption, theme.text3),
            (said.fault or joined(said.summary), fonts.caption, look.tone(said, theme.text3)),
        ):
            if words and room > 24:
                self._run.append(Text(words, role, colour, room))
                room -= self._run[-1].width + 8

    def paint_texts(self, painter: QPainter, area: QRectF) -> None:
        self.paint_tile(painter, area)
        x, middle = area.left() + self.laid.stream + TEXT, area.center().y()
        for text in self._run:
            text.paint(painter, x, middle)
            x += text.width + 8
        self._count.paint_before(painter, area.right() - MARGIN, middle)


class Full(Face):
    """Name over fields, the count at the right; where the card is narrow, in the second line."""

    def __init__(self, laid: Laid, said: Lines, look: Look) -> None:
        super().__init__(laid, said, look)
        theme, fonts = look.theme, look.fonts
        self._wide = laid.width >= NARROW
        self._count = Text(said.number, fonts.count, theme.text)
        self._remark = self._remarked()
        taken = max(self._count.width, self._remark.width if self._remark else 0) + 12
        room = laid.width - laid.stream - TEXT - MARGIN
        self._chip = Text(said.chip, fonts.group, theme.accenttext) if said.chip and self._wide else None
        self._part = Text(said.part, fonts.caption, theme.text2) if said.part and self._wide else None
        above = room - (taken if self._wide else 0) - self._chip_room()
        named = fonts.name if fonts.name.width(said.title) <= above else fonts.group
        self._title = Text(said.title, named, theme.text, above)
        above -= self._title.width + 8
        self._aside = (
            Text(said.aside, fonts.caption, theme.text3, above) if said.aside and above > 24 else None
        )
        role, room = fonts.small if self._wide else fonts.caption, room - taken
        words = said.fault or fitting(said.summary, lambda text: role.width(text) <= room)
        self._summary = Text(words, role, look.tone(said, theme.text2), room)
        self._taken = max(taken, COUNTED) + MARGIN
        self._tensors = self._bar(room)

    def paint_texts(self, painter: QPainter, area: QRectF) -> None:
        self.paint_tile(painter, area)
        x, right = area.left() + self.laid.stream + TEXT, area.right() - MARGIN
        high, low = self._heights(area.center().y())
        self._title.paint(painter, x, high)
        self._summary.paint(painter, x, low)
        x += self._title.width + 8
        if self._aside is not None:
            self._aside.paint(painter, x, high)
            x += self._aside.width + 8
        if self._part is not None:
            ground = QRectF(x, high - 8.5, self._part.width + 16, 17)
            paint_rounded(painter, ground, self.look.theme.sunken, 8.5)
            self._part.paint(painter, x + 8, high)
            x += ground.width() + 8
        if self.said.chip:
            self._paint_chip(painter, x if self._wide else right - 12, high)
        if not self._wide:
            self._count.paint_before(painter, right, low)
        elif self._remark is None:
            self._count.paint_before(painter, right, area.center().y())
        else:
            self._count.paint_before(painter, right, high)
            self._remark.paint_before(painter, right, low)
        if self._tensors is not None:
            self._tensors.paint(painter, right - self._taken - TENSORS, area.center().y())

    def _remarked(self) -> Text | None:
        """What stands below the count: that it is not certain, or why it is nothing."""
        theme, caption = self.look.theme, self.look.fonts.caption
        if not self.said.sound:
            return Text(tr("provisional"), caption, theme.danger)
        if self.said.chip and self.said.number == "0" and self._wide:
            return Text(tr("table shared"), caption, theme.text3)
        return None

    def _bar(self, room: float) -> TensorBar | None:
        """The tensors as one bar, where the middle of a wide card is empty."""
        if self.laid.width < WIDE or self.said.fault:
            return None
        if max(self._title.width, self._summary.width) + 2 * MARGIN + TENSORS > room - self._chip_room():
            return None
        from designer.ui.canvas.tensor_bar import TensorBar

        bar = TensorBar(self.laid.shown, self.look, TENSORS)
        return bar if bar.tells else None

    def _heights(self, middle: float) -> tuple[float, float]:
        """Around which heights the two lines stand."""
        high, low = self._title.height, self._summary.height
        top = middle - (high + low) / 2
        return top + high / 2, top + high + low / 2

    def _chip_room(self) -> int:
        """What the chips take of the first line."""
        part = self._part.width + 24 if self._part is not None else 0
        if not self.said.chip:
            return part
        return part + (self._chip.width + 38 if self._chip is not None else 20)

    def _paint_chip(self, painter: QPainter, x: float, y: float) -> None:
        theme = self.look.theme
        if self._chip is not None:
            area = QRectF(x, y - 8.5, self._chip.width + 29, 17)
            paint_rounded(painter, area, theme.accentsoft, 8.5)
            self._chip.paint(painter, x + 21, y)
            x += 7
        paint_icon(painter, "link", theme.accenttext, x + 5.5, y, 12)
