"""Designs in files: opened, saved, dropped, exported, begun."""
