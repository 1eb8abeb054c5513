"""Under which scenario costs are asked."""
