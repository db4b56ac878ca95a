"""Papers set by a format profile, and written as DOCX, PDF and HTML."""
