"""The pattern of a Repeat's layers, written over its row."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt

from designer.ui.canvas.in_place.field import InPlace
from designer.ui.canvas.keyboard import Walked
from designer.ui.canvas.tiles import Tile
from designer.ui.inspector.pattern_field import PatternField
from designer.ui.tr import tr


class PatternInPlace(InPlace):
    """`3×linear, full`, typed; every stroke that can be read counts at once."""

    def __init__(self, canvas: Walked, id: int, tile: Tile) -> None:
        super().__init__(canvas, id, "pattern")
        self.pattern = PatternField(canvas.session, canvas.appearance, tile.id, tile.field, tr("the layers"))
        self._row.addWidget(self.pattern)
        self.pattern.line.entered.connect(self._enter)
        canvas.session.changed.connect(self.pattern.refresh)

    @property
    def needed(self) -> int:
        role = self._canvas.appearance.theme.fonts.body
        return role.width(self.pattern.line.text()) + 60

    def begin(self) -> None:
        self.pattern.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.pattern.line.selectAll()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # what cannot be read is said below the line
            self.place()
        return super().event(event)

    def _enter(self) -> None:
        if not self.pattern.line.isModified():
            self.leave()
