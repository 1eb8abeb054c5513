"""What can be inserted, by name, section and price."""
