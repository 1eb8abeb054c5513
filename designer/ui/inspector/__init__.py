"""What the inspector shows: the selected blocks' count and fields, layers, and the design itself."""
