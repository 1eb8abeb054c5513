"""The design: an immutable tree of nodes, and the ways to change it."""
