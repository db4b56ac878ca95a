"""Changes that keep what an architecture says: all files of it together, verified by loading it again."""
