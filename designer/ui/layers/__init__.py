"""Layers that differ: their strip, and what is done to them."""
