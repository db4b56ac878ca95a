"""Many submissions side by side: one result each, kept in one file, told in pages."""
