"""Views to text and bytes: one file per format, its data beside it."""
