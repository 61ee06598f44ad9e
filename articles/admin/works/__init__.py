"""What runs in the background: pages, jobs, messages."""
