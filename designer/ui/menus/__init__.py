"""Every action, in the menus and the command palette."""
