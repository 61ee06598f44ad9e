"""How dates and times are written where no template says it: the day first, the clock of 24 hours."""
