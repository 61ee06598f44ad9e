"""Photos in the text at the desk: their field of the form, taking new ones in, how they are told of in words."""
