"""The row of a form for a field that follows the layers: its pattern, written where the value would be."""

from __future__ import annotations

from designer.design.tree import Setting
from designer.symbolic.field import Field
from designer.ui.appearance import Appearance
from designer.ui.controls.section import link
from designer.ui.inspector.fields import Differs, Way
from designer.ui.inspector.form_row import Row, Target
from designer.ui.inspector.pattern_field import PatternField
from designer.ui.layers import layering
from designer.ui.tr import tr


class ByLayerRow(Row):
    """The pattern of one block's field, and a word that makes it one value again."""

    def __init__(self, way: Way, declared: Field, id: int, target: Target, appearance: Appearance) -> None:
        super().__init__(way, declared, target, appearance)
        self._id = id
        self.field = PatternField(target.session, appearance, id, way[0], self.name)
        self.same = link(
            appearance, tr("the same in all"), tr("{field}: the same in all layers", field=self.name)
        )
        self.same.clicked.connect(self._level)
        self.line.addStretch(1)
        self.line.addWidget(self.same)
        self.column.addWidget(self.field)
        self.same.setVisible(not declared.structural)  # what picks blocks is always said by their names

    def show_setting(self, setting: Setting | Differs) -> None:
        self.field.refresh()

    def _level(self) -> None:
        layering.level(self._target.session, self._id, self.way[0], self.name)
