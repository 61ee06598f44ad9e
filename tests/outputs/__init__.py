"""Every output of the demo newsroom, written into a folder, and two such folders held against each other."""
