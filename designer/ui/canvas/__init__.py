"""The stack of blocks as it is drawn, and the gestures on it."""
