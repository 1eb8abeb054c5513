"""What lies over the window for a while: a line to type in with what answers to it, and popovers."""
