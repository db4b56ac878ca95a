"""What an architecture is: frozen values, no file access."""
