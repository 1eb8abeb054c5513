"""The design's variables, a row for each, in the design's order."""

from __future__ import annotations

from designer.design.tree import Design
from designer.ui.appearance import Appearance
from designer.ui.controls.label import label
from designer.ui.controls.section import KeptSection
from designer.ui.session import Session
from designer.ui.settings import Settings
from designer.ui.tr import tr
from designer.ui.variables.new_variable import NewVariable
from designer.ui.variables.row import VariableRow

Kinds = tuple[tuple[str, type], ...]


class Variables(KeptSection):
    """Follows the session."""

    def __init__(self, session: Session, appearance: Appearance, settings: Settings) -> None:
        super().__init__(appearance, tr("Variables"), settings, "variables")
        self._session, self._appearance = session, appearance
        self.rows: dict[str, VariableRow] = {}
        self._kinds: Kinds = ()
        self._opening = session.opening
        self.body.setSpacing(3)
        self.adding = NewVariable(session, appearance)
        self._none = label(
            tr("None yet. The first block brings its own, such as hidden_size; blocks added later use them."),
            appearance.theme.fonts.small,
            "2",
            wraps=True,
        )
        self.body.addWidget(self._none)
        self.body.addWidget(self.adding)
        self.add_link(tr("Add"), tr("Add a variable")).clicked.connect(self.begin_new)
        session.changed.connect(self._follow)
        self.refresh()

    def refresh(self) -> None:
        """Show the present design."""
        design = self._session.design
        kinds = tuple((name, type(value)) for name, value in design.variables.items())
        if kinds != self._kinds or self._opening is not self._session.opening:
            self._build(kinds)
        for row in self.rows.values():
            row.refresh()

    def begin_new(self) -> None:
        """Ask for a new variable."""
        self.heading.setChecked(True)
        self.adding.begin()

    def _follow(self, before: Design, after: Design) -> None:
        if before.variables is not after.variables:
            self.refresh()

    def _build(self, kinds: Kinds) -> None:
        """Rows whose variable is still of its kind stay, and with them what is being typed."""
        before = dict(self._kinds) if self._opening is self._session.opening else {}
        self._kinds, self._opening = kinds, self._session.opening
        kept = {n: row for n, row in self.rows.items() if n in before and (n, before[n]) in kinds}
        for name, row in self.rows.items():
            if name not in kept:
                row.hide()
                row.deleteLater()
        self.rows = {}
        for at, (name, _) in enumerate(kinds):
            self.rows[name] = kept.get(name) or VariableRow(name, self._session, self._appearance)
            self.body.insertWidget(at, self.rows[name])
        self._none.setVisible(not kinds)
