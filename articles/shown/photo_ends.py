"""When readers lose sight of photos, of those whose rights end: asked by the names of web sizes."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from .sql import ask


class EndRow(NamedTuple):
    """A web size that a photo has or had, and when the photo's rights end, as the driver gives it."""

    web: str
    rights_until: Any


STATEMENT = """
    /* shown.photo_ends */
    SELECT p.web AS web, p.rights_until AS rights_until FROM articles_photo p
        WHERE p.rights_until IS NOT NULL AND p.web IN ({names})
    UNION ALL SELECT f.web, p.rights_until FROM articles_photofile f JOIN articles_photo p ON p.id = f.photo_id
        WHERE p.rights_until IS NOT NULL AND f.web IN ({names})
"""


def read(names: Sequence[str]) -> list[EndRow]:
    """Read the ends of the rights to the photos of these web sizes; none for photos whose rights do not end."""
    places = ", ".join(f"%(web{number})s" for number in range(len(names)))
    values = {f"web{number}": name for number, name in enumerate(names)}
    return [EndRow._make(row) for row in ask(STATEMENT.format(names=places), values)]
