"""What letting go here would give: the difference, number by number, and what a block would start with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from designer.analysis.measured import Measured
from designer.design.expression import Expression
from designer.design.tree import Node
from designer.ui import categories
from designer.ui.appearance import Appearance
from designer.ui.controls.emptying import empty
from designer.ui.controls.entry import value_of, written
from designer.ui.controls.label import label
from designer.ui.controls.section import Section
from designer.ui.numbers import difference, exact, plain, real, short
from designer.ui.session import Session
from designer.ui.totals.totals import costs
from designer.ui.tr import tr


class Change(NamedTuple):
    """A number before and after; `after` is empty where it stays."""

    name: str
    before: str
    after: str


class ProposalPage(QWidget):
    """Follows what the session is proposed."""

    def __init__(self, session: Session, appearance: Appearance) -> None:
        super().__init__()
        self._session, self._appearance = session, appearance
        fonts = appearance.theme.fonts
        head = QVBoxLayout()
        head.setContentsMargins(16, 14, 14, 14)
        head.setSpacing(2)
        head.addWidget(label(tr("If dropped here"), fonts.title))
        self.amount = label("", fonts.stat, "accent")
        self.each = label("", fonts.small, "2", wraps=True)
        head.addWidget(self.amount)
        head.addWidget(self.each)
        self.changes = _Table(appearance, tr("What it changes"))
        self.fields = _Table(appearance, tr("Fields it starts with"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.changes)
        column.addWidget(self.fields)
        column.addStretch(1)

    def refresh(self) -> None:
        """Show the present proposal."""
        before, after = self._session.measured, self._session.proposal
        if after is None:
            return
        self.amount.setText(told(before, after))
        new = new_nodes(before, after)
        self.each.setText(_each(after, new))
        self.each.setVisible(bool(self.each.text()))
        self.changes.show_rows(changes(before, after))
        self.fields.show_rows(starting_fields(after, new))


class _Table(Section):
    """Rows of a name, a number in grey and a number in full."""

    def __init__(self, appearance: Appearance, title: str) -> None:
        super().__init__(appearance, title)
        self._appearance = appearance
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self.body.addLayout(self._grid)
        self.rows: list[Change] = []

    def show_rows(self, rows: list[Change]) -> None:
        """Show other rows."""
        self.setVisible(bool(rows))
        if rows == self.rows:
            return
        self.rows = rows
        empty(self._grid)
        fonts = self._appearance.theme.fonts
        for at, row in enumerate(rows):
            self._put(label(row.name, fonts.body, "2"), at, 0, Qt.AlignmentFlag.AlignLeft)
            self._put(label(row.before, fonts.small, "3"), at, 1, Qt.AlignmentFlag.AlignRight)
            self._put(label(row.after, fonts.value), at, 2, Qt.AlignmentFlag.AlignRight)

    def _put(self, made: QLabel, row: int, column: int, side: Qt.AlignmentFlag) -> None:
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._grid.addWidget(made, row, column, side | Qt.AlignmentFlag.AlignVCenter)


def told(before: Measured, after: Measured) -> str:
    """The whole difference, exact."""
    change = plain(after.total) - plain(before.total)
    return difference(change, exact(abs(change))) if change else tr("no parameters more, none less")


def new_nodes(before: Measured, after: Measured) -> list[Node]:
    """The outermost nodes that would be new."""
    known = {node.id for node in before.design.tree.walk()}
    return list(_new(after.design.tree, known))


def changes(before: Measured, after: Measured) -> list[Change]:
    """Every number in sight, as it is and as it would be; what stays says so."""
    rows = [Change(tr("Total"), short(plain(before.total)), short(plain(after.total)))]
    for name, count in after.by_category.items():
        if count != before.by_category[name]:
            was = short(plain(before.by_category[name]))
            rows.append(Change(categories.name(name), was, short(plain(count))))
    for was, becomes in zip(costs(before), costs(after), strict=True):
        rows.append(Change(was.name, was.value, becomes.value))
    return [
        row if row.before != row.after else Change(row.name, "", tr("unchanged"))
        for row in rows
        if row.before != row.after or row.name != tr("Total")
    ]


def starting_fields(after: Measured, new: list[Node]) -> list[Change]:
    """The counts that new blocks would start with: whose they are, and what they come to."""
    rows: dict[str, Change] = {}
    numbers = after.resolved.valued.numbers
    for node in (node for top in new for node in top.walk()):
        made = after.registry.get(node.kind)
        for name, declared in made.fields().items() if made is not None else ():
            setting = node.fields.get(name)
            if declared.kind != "count" or setting is None:
                continue
            value = value_of(setting, numbers)
            shown = real(value) if isinstance(value, float) else exact(int(value or 0))
            text = written(setting) if isinstance(setting, Expression) else ""
            rows.setdefault(tr(declared.label), Change(tr(declared.label), text, shown))
    return list(rows.values())


def _each(after: Measured, new: list[Node]) -> str:
    if len(new) != 1 or (count := after.nodes.get(new[0].id)) is None:
        return ""
    copies = plain(count.copies)
    if copies < 2:
        return ""
    return tr("{count} in each of {n} layers", count=exact(plain(count.one.total)), n=f"{copies:,}")


def _new(node: Node, known: set[int]) -> Iterator[Node]:
    if node.id not in known:
        yield node
        return
    for child in node.inside:
        yield from _new(child, known)
