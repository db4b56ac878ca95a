"""An architecture while it is being written: what was saved is read and checked at once, and shown live."""
