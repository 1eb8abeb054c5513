"""Configurations of the Hugging Face hub, one model family a file."""
