"""What editors work with: articles, their acts, photos, authors, the queue of unclear mentions."""
