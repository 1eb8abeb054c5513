"""Tuning: spaces of designs, sweeps over them, and the best under constraints."""
