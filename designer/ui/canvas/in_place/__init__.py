"""Writing on the canvas, over the part of a card that it changes."""
