"""What stands in the window from its first frame on; whatever is made later is given these."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtWidgets import QMainWindow

from designer.ui.appearance import Appearance
from designer.ui.canvas.view import Canvas
from designer.ui.panels import Panels
from designer.ui.session import Session
from designer.ui.settings import Settings


class Parts(NamedTuple):
    """The window's session, what it wears and remembers, its canvas, and the places of its panels."""

    window: QMainWindow
    session: Session
    appearance: Appearance
    settings: Settings
    canvas: Canvas
    panels: Panels
