"""Notes to colleagues beside an article's form, and what its script talks to."""
