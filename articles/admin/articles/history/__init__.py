"""The history of an article: one time line of what was saved, printed and done, what differs between any two texts of
it, and a way back."""
