"""The same layers folded into one Repeat, or unfolded into tiles: a step that changes no count."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPushButton

from designer.ui.appearance import Appearance
from designer.ui.controls.label import label
from designer.ui.controls.section import KeptSection
from designer.ui.layers import layering
from designer.ui.session import Session
from designer.ui.settings import Settings
from designer.ui.tr import tr


class FlatSection(KeptSection):
    """The same layers as one Repeat with a pattern, or as a Repeat of tiles: a step that changes nothing."""

    def __init__(self, session: Session, appearance: Appearance, settings: Settings) -> None:
        super().__init__(appearance, tr("The same, flat"), settings, "flat")
        self._session = session
        fonts = appearance.theme.fonts
        self.words = label("", fonts.small, "2", wraps=True)
        self.button = QPushButton()
        self.button.clicked.connect(self._turn_over)
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addWidget(label(tr("changes 0"), fonts.small, "2"), 1)
        self.body.addWidget(self.words)
        self.body.addLayout(row)

    def refresh(self) -> None:
        """Show what can be done with the selection."""
        session = self._session
        nested = layering.foldable(session)
        can = nested is not None or layering.can_unfold(session)
        self.setVisible(can)
        if nested is not None:
            _, count = layering.run_in(session, nested, nested.id)
            words = (
                "One Repeat of {n} layers with a pattern: same counts, same names, {name}.0 to {name}.{last}."
            )
            self.heading.setText(tr("The same, flat"))
            self.words.setText(tr(words, n=count, name=nested.name, last=count - 1))
            self.button.setText(tr("Fold into one Repeat"))
        elif can:
            self.heading.setText(tr("The same, nested"))
            self.words.setText(
                tr("A Repeat of its tile, layers that are alike in Repeats of their own: the same names.")
            )
            self.button.setText(tr("Unfold into tiles"))

    def _turn_over(self) -> None:
        if layering.can_fold(self._session):
            layering.fold(self._session)
        elif layering.can_unfold(self._session):
            layering.unfold(self._session)
