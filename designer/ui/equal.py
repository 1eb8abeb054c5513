"""What several blocks have differently, with a button for each value that all of them could have."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from designer.design.tree import Node, Setting
from designer.symbolic.field import Field
from designer.ui.appearance import Appearance
from designer.ui.controls.label import label
from designer.ui.controls.priced_button import PricedButton
from designer.ui.controls.section import Section
from designer.ui.fields import Differs, common, configured, differing, said_of
from designer.ui.form_row import Target
from designer.ui.numbers import difference, plain
from designer.ui.relative import distinct
from designer.ui.settings import Settings
from designer.ui.tr import tr

MOST = 3
"""Values that are offered for a field."""


class Equal(Section):
    """Follows the form beside it. Prices are worked out once the form has been painted."""

    def __init__(self, target: Target, appearance: Appearance, settings: Settings) -> None:
        super().__init__(appearance, tr("If you make them equal"), settings.is_open("equal"))
        self.turned.connect(lambda is_open: settings.keep_open("equal", is_open))
        self._target = target
        self._nodes: Sequence[Node] = ()
        self._held = QWidget()
        self.body.addWidget(self._held)
        self.buttons: list[PricedButton] = []
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._build)

    def show_nodes(self, nodes: Sequence[Node]) -> None:
        """Offer what would make these blocks agree; hidden where they do."""
        self._nodes = nodes
        several = len(nodes) > 1 and bool(differing(nodes, self._target.session.registry))
        self.setVisible(several)
        if several:
            self._soon.start()
        else:
            self._soon.stop()

    def _build(self) -> None:
        self._held.hide()
        self._held.deleteLater()
        self._held = QWidget()
        self.body.addWidget(self._held)
        column = QVBoxLayout(self._held)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        self.buttons = []
        fields = differing(self._nodes, self._target.session.registry)
        for name, declared in fields.items():
            if len(fields) > 1:
                fonts = self._appearance.theme.fonts
                column.addWidget(label(tr(declared.label), fonts.small, "2", wraps=True))
            for setting in self._offered(name, declared):
                self.buttons.append(self._button(name, declared, setting))
                column.addWidget(self.buttons[-1])

    def _offered(self, name: str, declared: Field) -> Sequence[Setting]:
        shown = common(self._nodes, (name,), declared)
        return distinct(shown.settings)[:MOST] if isinstance(shown, Differs) else ()

    def _button(self, name: str, declared: Field, setting: Setting) -> PricedButton:
        session = self._target.session
        ids = [node.id for node in self._nodes]
        design = configured(session.design, ids, (name,), [setting] * len(ids), session.registry)
        more = plain(session.measured.of(design).total) - plain(session.measured.total)
        words = _words(declared, setting, said_of(setting, session.registry))
        template = "Both {value}" if len(ids) == 2 else "All {value}"
        made = PricedButton(
            self._appearance, tr(template, value=words), difference(more) if more else tr("no difference")
        )
        made.clicked.connect(lambda: self._target.put((name,), setting, tr(declared.label)))
        return made


def _words(declared: Field, setting: Setting, said: str) -> str:
    if isinstance(setting, bool):
        return tr("on") if setting else tr("off")
    if isinstance(setting, str):
        return tr(declared.options.get(setting, setting))
    return said
