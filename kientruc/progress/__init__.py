"""How far the way to approval is gone on a day: where it stands, who owes what, what leads nowhere."""
