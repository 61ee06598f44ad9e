"""The footnote engine: pure Python, no Django, no clock. Text in, spans out."""
