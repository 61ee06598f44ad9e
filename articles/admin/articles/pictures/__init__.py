"""What is done with photos at the desk: chosen for a text, taken in many at once, described, turned, taken out."""
