"""What was shown, and when: only read."""
