"""What there is to say of the design, and what mends it."""
