"""Designs in files: our own, and other people's."""
