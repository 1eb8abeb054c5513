"""What is known of a design without running it: readings of its trace."""
