"""How much there is in all, by category, and what it costs."""
