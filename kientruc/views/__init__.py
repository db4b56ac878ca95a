"""What a diagram, a table or a paper shows: resolved values and words, no syntax of any format."""
