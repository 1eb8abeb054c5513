"""The ledger's head and foot: what its columns are, and what they add up to."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from designer.ui.canvas.ledger.columns import EDGE, FOOT, HEAD, LEAD, Columns
from designer.ui.canvas.look import Look
from designer.ui.controls.painting import LEFT, RIGHT
from designer.ui.numbers import exact, share, short
from designer.ui.tr import tr


def paint_head(painter: QPainter, look: Look, streams: tuple[Columns, ...]) -> None:
    """What the columns are, over a rule; of two streams, which columns are whose."""
    theme, role = look.theme, look.fonts.group
    right = streams[-1].share_end
    painter.fillRect(QRectF(-LEAD, 0, right + LEAD + EDGE, HEAD), theme.canvas)
    painter.setFont(role.font)
    painter.setPen(theme.text2)
    alone = len(streams) == 1
    if alone:
        room = streams[0].bar_end - LEAD
        names = (tr("Whole design"), tr("Design"))
        name = next((words for words in names if role.width(words) <= room), "")
        painter.drawText(QRectF(LEAD, 0, room, HEAD - 2), LEFT, name)
    counts = (tr("Count"),) if alone else (tr("Encoder"), tr("Decoder"))
    for columns, count in zip(streams, counts, strict=True):
        share_is = tr("Share") if alone or columns.shows.counts else count
        if columns.shows.counts:
            painter.drawText(QRectF(0, 0, columns.count_end, HEAD - 2), RIGHT, count)
        if columns.shows.shares:
            painter.drawText(QRectF(0, 0, columns.share_end, HEAD - 2), RIGHT, share_is)
    painter.setPen(QPen(theme.line2, 1))
    painter.drawLine(QPointF(0, HEAD - 0.5), QPointF(right, HEAD - 0.5))


def paint_foot(
    painter: QPainter, look: Look, columns: Columns, top: float, total: int, *, doubted: bool
) -> None:
    """The exact sum, under a rule at `top`; `doubted`: some of it is not certain."""
    theme, right = look.theme, columns.share_end
    painter.fillRect(QRectF(-LEAD, top, right + LEAD + EDGE, 2 * FOOT), theme.canvas)
    painter.setPen(QPen(theme.text2, 1.2))
    painter.drawLine(QPointF(0, top + 0.6), QPointF(right, top + 0.6))
    words = tr("~{count}", count=exact(total)) if doubted else exact(total)
    name, whole = tr("Total"), share(total, total)
    end = columns.count_end if columns.shows.counts else right
    named = [
        (role, role.width(words) + role.width(name) + LEAD + 8)
        for role in (look.fonts.name, look.fonts.group)
    ]
    alone = [(role, role.width(words)) for role in (look.fonts.group, look.fonts.caption)]
    role, taken = next(((role, wide) for role, wide in (*named, *alone) if wide <= end), alone[-1])
    if taken > end:  # in large letters: rounded, the totals row has it exact
        words = short(total)
    painter.setFont(role.font)
    painter.setPen(theme.text)
    if columns.shows.counts:
        painter.drawText(QRectF(0, top, end, FOOT - 2), RIGHT, words)
    if not columns.shows.counts or (role, taken) in named:
        painter.drawText(QRectF(LEAD, top, end, FOOT - 2), LEFT, name)
    if columns.shows.shares:
        painter.drawText(QRectF(0, top, right, FOOT - 2), RIGHT, whole)
