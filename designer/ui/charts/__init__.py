"""Charts of a design, painted by ourselves or by pyqtgraph."""
