"""How past articles are found: calendars with counts, filters, and paging by key."""
