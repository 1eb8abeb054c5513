"""The window: everything that touches Qt and pyqtgraph."""
