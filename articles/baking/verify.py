"""Hold the stored pages against what the application renders: each difference is named."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from .. import pagestore
from ..models import Page
from ..pagemap import every_page, read_address
from .render import file_of


@dataclass(frozen=True)
class Difference:
    """`problem`: foreign (nobody here has stored it), missing, altered (not the bytes that were stored, or
    its compressed copy holds others), different (not what the application renders), left over (there is no such page
    any more) or unreadable (it cannot be rendered; `detail` says why)."""

    path: str
    problem: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.problem}: {self.path}" + (f" ({self.detail})" if self.detail else "")


def verify(at: datetime) -> Iterator[Difference]:
    """Yield every difference between the store and the application, in the order of addresses.

    Pages that wait to be baked are passed over: they may differ.
    """
    files = set(pagestore.stored_paths())
    rows = {page.path: page for page in Page.objects.only("path", "file_hash", "generation")}
    waiting = set(Page.objects.dirty(at).values_list("path", flat=True))
    for path in sorted({*files, *rows, *every_page(at)} - waiting):
        difference = compare(path, rows.get(path), at)
        if difference and not _touched_since(path, rows.get(path)):
            yield difference


def compare(path: str, page: Page | None, at: datetime) -> Difference | None:
    """Return what is wrong with the file at one address; None if nothing is."""
    stored = _stored(path)
    if stored is not None and (page is None or read_address(path) is None):
        return Difference(path, "foreign")
    try:
        expected = file_of(path, at)
    except Exception as error:
        return Difference(path, "unreadable", f"{type(error).__name__}: {error}")
    if expected is None:
        return Difference(path, "left over") if stored is not None else None
    if stored is None:
        return Difference(path, "missing")
    if page is not None and pagestore.digest(stored) != page.file_hash:
        return Difference(path, "altered")
    if stored != expected:
        return Difference(path, "different")
    return None if pagestore.holds(path, stored) else Difference(path, "altered", "its compressed copy")


def _stored(path: str) -> bytes | None:
    try:
        return pagestore.get(path)
    except ValueError:  # a name that this store never gives
        return b""


def _touched_since(path: str, page: Page | None) -> bool:
    """True if an act came in between: the page is no longer the one that was compared."""
    now = Page.objects.filter(path=path).values_list("generation", flat=True).first()
    return now != (page.generation if page else None)
