"""Quick insert: what can be put somewhere, in the order of what usually is, each with its price."""
