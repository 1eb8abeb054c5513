"""Draw a language model by stacking blocks, and see at once what it is made of and what it costs."""
