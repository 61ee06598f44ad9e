"""Posts from elsewhere at the desk: the page of the cards, and the dialog of the editor that keeps one."""
