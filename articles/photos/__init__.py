"""Photos: taken in (`upload`), and where their files lie (`files`)."""
