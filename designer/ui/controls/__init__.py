"""Small widgets that Qt has not, or not like this."""
