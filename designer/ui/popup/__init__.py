"""A sheet over the window with a line to type in and what answers to it."""
