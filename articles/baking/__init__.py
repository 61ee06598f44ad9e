"""Pages of the reader into the page store, at the time they are due; and a check that they are what they should be."""
