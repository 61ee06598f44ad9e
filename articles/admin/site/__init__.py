"""What the outlet sets: itself, its rubrics, its people."""
