"""The inspector: the selected block's count, fields and help; with nothing selected, the design itself."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from designer.design.tree import Design
from designer.ui.appearance import Appearance
from designer.ui.controls.label import label
from designer.ui.controls.section import KeptSection
from designer.ui.inspector.block_head import BlockHead
from designer.ui.inspector.count_block import CountBlock
from designer.ui.inspector.design_form import DesignForm
from designer.ui.inspector.equal import Equal
from designer.ui.inspector.form import Form
from designer.ui.inspector.layer_sections import LayerSections
from designer.ui.inspector.offers_section import OffersSection
from designer.ui.inspector.proposal_page import ProposalPage
from designer.ui.issues.doubt import doubtful
from designer.ui.keys import Keys
from designer.ui.numbers import plain
from designer.ui.session import Session
from designer.ui.settings import Settings
from designer.ui.tr import tr
from designer.ui.variables.variables import Variables

PASSES = 3
"""Until all has its height: labels are given a width, wrapped text makes rows higher, rows the panel."""


class Inspector(QScrollArea):
    """Follows the session; `left` asks for the canvas."""

    left = Signal()

    def __init__(self, session: Session, appearance: Appearance, settings: Settings) -> None:
        super().__init__()
        self._session = session
        self.head = BlockHead(session, appearance)
        self.count = CountBlock(appearance)
        self.form = Form(session, appearance, settings)
        self.equal = Equal(self.form, appearance, settings)
        self.about = KeptSection(appearance, tr("What it does"), settings, "about")
        self._help = label("", appearance.theme.fonts.small, "2", wraps=True)
        self._source = label("", appearance.theme.fonts.caption, "3", wraps=True)
        self._source.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.about.body.addWidget(self._help)
        self.about.body.addWidget(self._source)
        self.design = DesignForm(session, appearance, settings)
        self.variables = Variables(session, appearance, settings)
        self.keys = Keys(appearance, settings)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        counted = QVBoxLayout()
        counted.setContentsMargins(12, 0, 6, 12)
        counted.addWidget(self.count)
        column.addLayout(counted)
        self.layers = LayerSections(session, appearance, settings)
        self.offers = OffersSection(session, appearance, settings)
        for widget in (
            *(self.form, self.equal, self.layers, self.design, self.variables),
            *(self.offers, self.about, self.keys),
        ):
            column.addWidget(widget)
        column.addStretch(1)
        self.proposal = ProposalPage(session, appearance)
        self.proposal.hide()
        self._inside = inside
        self._rows: tuple[object, ...] = ()
        either = QWidget()
        self._pages = QVBoxLayout(either)
        self._pages.setContentsMargins(0, 0, 0, 0)
        self._pages.addWidget(inside)
        self._pages.addWidget(self.proposal)
        self.setWidget(either)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Inspector"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields take the keyboard
        self._measured_anew = QTimer(self, singleShot=True, interval=0)
        self._measured_anew.timeout.connect(self._measure)
        session.changed.connect(self._follow)
        session.selected.connect(self.refresh)
        session.proposed.connect(self._propose)
        self.refresh()

    def refresh(self) -> None:
        """Show what is selected."""
        nodes = self._session.nodes
        alike = len({node.kind for node in nodes}) == 1
        self.head.refresh()
        self.count.setVisible(bool(nodes))
        self.form.setVisible(bool(nodes))
        self.about.setVisible(alike)
        self.design.setVisible(not nodes)
        self.keys.setVisible(not nodes)
        if nodes:
            self._show_count()
            self.form.show_nodes(nodes)
        else:
            self.design.refresh()
        self.equal.show_nodes(nodes)
        self.layers.refresh()
        self.offers.show_nodes(nodes)
        if alike:
            self._show_help()
        rows = (self._session.selection, *self.form.rows)
        if rows != self._rows:
            self._rows = rows
            if self.isVisible():
                self._settle()

    def enter(self) -> None:
        """Take the keyboard."""
        self.edit()

    def show_keys(self) -> None:
        """Bring the list of keys into sight."""
        self.keys.heading.setChecked(True)
        self.ensureWidgetVisible(self.keys)

    def edit(self) -> None:
        """Give the first field the keyboard."""
        if not self.form.isVisible() or not self.form.focus_first():
            self.design.name.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measured_anew.start()

    def _follow(self, before: Design, after: Design) -> None:
        self._propose()
        self.refresh()

    def _settle(self) -> None:
        """Give new rows their height before they are painted; Qt by itself takes several frames for that."""
        for _ in range(PASSES):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
            self._measure()

    def _measure(self) -> None:
        self._inside.updateGeometry()
        self._pages.activate()
        QCoreApplication.sendEvent(self, QEvent(QEvent.Type.LayoutRequest))

    def _propose(self) -> None:
        proposed = self._session.proposal is not None
        if proposed:
            self.proposal.refresh()
        self._inside.setVisible(not proposed)
        self.proposal.setVisible(proposed)

    def _show_count(self) -> None:
        measured = self._session.measured
        counts = [measured.nodes.get(id) for id in self._session.selection]
        unsure = doubtful(measured.design, self._session.issues)
        below = {node.id for top in self._session.nodes for node in top.walk()}
        whole = plain(measured.total)
        holds = any(node.inside for node in self._session.nodes)
        self.count.show_count(counts, whole, doubted=bool(unsure & below), holds=holds)

    def _show_help(self) -> None:
        block = self._session.block(self._session.selection[0])
        self._help.setText(tr(block.help) or tr("It is kept as it was read, and passes its input through."))
        self._source.setText(tr(block.source))
        self._source.setVisible(bool(block.source))
