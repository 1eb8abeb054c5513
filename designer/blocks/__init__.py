"""The block types, one family a file."""
