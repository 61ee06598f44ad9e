"""Hold the stored pages against what the application renders: each difference is named."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from .. import pagestore
from ..models import Page
from ..pagemap import every_page, read_address
from ..reader.built import Built
from .render import has_file, render

SOME = 30  # pages rendered from one gathering
Progress = Callable[[int, int], None]


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


def verify(at: datetime, progress: Progress | None = None) -> Iterator[Difference]:
    """Yield every difference between the store and the application, in the order of addresses.

    Pages that wait to be baked are passed over: they may differ. `progress` is called now and then with how many
    pages were compared, and how many there are.
    """
    files = set(pagestore.stored_paths())
    rows = {page.path: page for page in Page.objects.only("path", "file_hash", "generation")}
    waiting = set(Page.objects.dirty(at).values_list("path", flat=True))
    paths = sorted({*files, *rows, *every_page(at)} - waiting)
    for start in range(0, len(paths), SOME):
        some = paths[start : start + SOME]
        known = [path for path in some if read_address(path) and (path in rows or path not in files)]
        expected = dict(render(known, at))
        for path in some:
            difference = compare(path, rows.get(path), expected.get(path))
            if difference and not _touched_since(path, rows.get(path)):
                yield difference
        if progress:
            progress(start + len(some), len(paths))


def compare(path: str, page: Page | None, build: Callable[[], Built] | None) -> Difference | None:
    """Return what is wrong with the file at one address; None if nothing is. `build` gives what should stand there."""
    stored = _stored(path)
    if build is None:
        return Difference(path, "foreign") if stored is not None else None
    try:
        built = build()
    except Exception as error:
        return Difference(path, "unreadable", f"{type(error).__name__}: {error}")
    if not has_file(built):
        return Difference(path, "left over") if stored is not None else None
    if stored is None:
        return Difference(path, "missing")
    if page is not None and pagestore.digest(stored) != page.file_hash:
        return Difference(path, "altered")
    if stored != built.body:
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
