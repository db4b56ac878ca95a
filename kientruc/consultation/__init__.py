"""Rounds of consultation: the form that bodies fill in, what came back in it, and what is still open."""
