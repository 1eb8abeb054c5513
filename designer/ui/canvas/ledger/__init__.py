"""The ledger beside the stack: counts and shares that add up."""
