"""What several blocks have differently, with a button for each value that all of them could have."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from designer.design.expression import Expression
from designer.design.tree import Node, Setting
from designer.symbolic.field import Field
from designer.ui.appearance import Appearance
from designer.ui.controls.entry import value_of, written
from designer.ui.controls.label import label
from designer.ui.controls.priced_button import PricedButton
from designer.ui.controls.relative import distinct
from designer.ui.controls.section import KeptSection
from designer.ui.inspector.fields import Differs, common, configured, differing, said_of
from designer.ui.inspector.form_row import Target
from designer.ui.numbers import difference
from designer.ui.settings import Settings
from designer.ui.tr import tr

MOST = 3
"""Values that are offered for a field."""


class Equal(KeptSection):
    """Follows the form beside it. Prices are worked out once the form has been painted."""

    def __init__(self, target: Target, appearance: Appearance, settings: Settings) -> None:
        super().__init__(appearance, tr("If you make them equal"), settings, "equal")
        self._target = target
        self._nodes: Sequence[Node] = ()
        self._held = QWidget()
        self.body.addWidget(self._held)
        self.hide()
        self.buttons: list[PricedButton] = []
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._build)

    def show_nodes(self, nodes: Sequence[Node]) -> None:
        """Offer what would make these blocks agree; hidden where they do."""
        self._nodes = nodes
        several = len(nodes) > 1 and bool(differing(nodes, self._target.session.registry))
        if several:
            self._soon.start()
        else:
            self._soon.stop()
            self.hide()

    def _build(self) -> None:
        self._held.hide()
        self._held.deleteLater()
        self._held = QWidget()
        self.body.addWidget(self._held)
        column = QVBoxLayout(self._held)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        self.buttons = []
        fonts = self._appearance.theme.fonts
        fields = differing(self._nodes, self._target.session.registry)
        for name, declared in fields.items():
            prices = {index: self._price(name, setting) for index, setting in self._offered(name, declared)}
            if not any(prices.values()):
                continue  # nothing is to be weighed here: the field itself is enough
            if len(fields) > 1:
                column.addWidget(label(tr(declared.label), fonts.small, "2", wraps=True))
            for index, setting in self._offered(name, declared):
                self.buttons.append(self._button(name, declared, setting, prices[index]))
                column.addWidget(self.buttons[-1])
        self.setVisible(bool(self.buttons))

    def _offered(self, name: str, declared: Field) -> Sequence[tuple[int, Setting]]:
        shown = common(self._nodes, (name,), declared)
        return list(enumerate(distinct(shown.settings)[:MOST])) if isinstance(shown, Differs) else ()

    def _price(self, name: str, setting: Setting) -> int:
        session = self._target.session
        ids = [node.id for node in self._nodes]
        design = configured(session.design, ids, (name,), [setting] * len(ids), session.registry)
        return session.price(design)

    def _button(self, name: str, declared: Field, setting: Setting, more: int) -> PricedButton:
        session = self._target.session
        words = _words(declared, setting, said_of(setting, session.registry))
        value = value_of(setting, session.measured.resolved.valued.numbers)
        if isinstance(setting, Expression) and value is not None:
            words = tr("{text} = {value}", text=words, value=written(value, grouped=True))
        template = "Both {value}" if len(self._nodes) == 2 else "All {value}"
        price = difference(more) if more else tr("no difference")
        made = PricedButton(self._appearance, tr(template, value=words), price)
        made.clicked.connect(lambda: self._target.put((name,), setting, tr(declared.label)))
        return made


def _words(declared: Field, setting: Setting, said: str) -> str:
    if isinstance(setting, bool):
        return tr("on") if setting else tr("off")
    if isinstance(setting, str):
        return tr(declared.options.get(setting, setting))
    return said
