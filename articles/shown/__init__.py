"""What readers see, said in SQL beside the query sets of `models.release`, and the statements that read it.

Below the page map: pages, feeds and the page map's own statements take their conditions from here. Each statement has
a name, which stands in a comment at its head for whoever reads a database's log; its rows are read by name.
"""
