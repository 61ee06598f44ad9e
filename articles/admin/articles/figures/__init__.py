"""Photos in the text at the desk: their field of the form, how they are told of in words."""
