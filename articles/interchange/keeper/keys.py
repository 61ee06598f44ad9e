"""The key of a new entry: its name in Latin letters."""

from ...editions.slugs import slug_of
from ...models import ListRow


def new_key(row: ListRow, taken: set[str]) -> str:
    """Return a key that none of those taken is: `fond-ryaska`, `fond-ryaska-2`."""
    text = row.names[0]["text"] if row.names else row.name
    stem = slug_of(text).strip("-_") or f"{row.file.register.key}-{row.position}"
    key, number = stem, 1
    while key in taken:
        number += 1
        key = f"{stem}-{number}"
    return key
