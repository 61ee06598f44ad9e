"""Hold the stored pages against what the application renders: each difference is named, and put right if that is asked.

By night it is, and when a run is named so: a page that stands where the application has none is read by everybody whom
the web server sends it to.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from .. import pagestore
from ..models import JobRun, Page, Release
from ..models.languages import PATTERN
from ..pagemap import read_address
from ..reader.built import Built
from .bake import bake_paths
from .render import has_file, render
from .runs import Ended, Step, Steps
from .slices import Place, slices, unknown_files
from .watch import Watch

REPAIR = "repair"  # the key of a run that a person has asked to put right what it finds
SOME = 30  # pages rendered from one gathering
# What deploy/nginx.conf takes for a page.
SERVED = re.compile(
    rf"/(?:(?:{PATTERN})/(?:[A-Za-z0-9_-]+/)*(?:feed\.xml)?|sitemap\.xml|"
    r"media/(?:[A-Za-z0-9_-]+\.jpg|[0-9a-f]{32}/[A-Za-z0-9_-]+\.(?:avif|webp|jpg)))"
)
LISTED, LONGEST = 50, 500  # of the differences so many are written into the run, each with so many letters


@dataclass(frozen=True)
class Discrepancy:
    """`problem`: foreign (nobody here has stored it), missing, altered (not the bytes that were stored, or
    its compressed copy holds others), different (not what the application renders), left over (there is no such page
    any more), blocked (something stands where its file or folder belongs; `detail` says what) or unreadable (it cannot
    be rendered; `detail` says why). `outcome`: stored, removed, or empty for what was left as it is."""

    path: str
    problem: str
    detail: str = ""
    outcome: str = ""

    def __str__(self) -> str:
        told = f"{self.problem}: {self.path}" + (f" ({self.detail})" if self.detail else "")
        told = f"{told}, now {self.outcome}" if self.outcome else told
        return told.encode(errors="backslashreplace").decode()  # a file's name may be no text


class Examined(NamedTuple):
    """What was found among some pages, how many those were, and the place after them."""

    found: list[Discrepancy]
    number: int
    place: Place


def verify_pages(run: JobRun, watch: Watch, *, tell: Callable[[Discrepancy], None] | None = None) -> Steps:
    """Check the page store; differences fail the run and the first are listed in it. `tell` is called with each.

    A run with a key, which that of each night has, puts right what it can: only what is left fails it.
    """
    counted = dict.fromkeys(("differences", "stored_anew", "removed"), 0)
    kept: dict[str, Any] = {"compared": 0, "total": Page.objects.count(), **counted, "found": [], "place": None}
    kept |= run.kept
    for looked in look(watch, kept["place"]):
        found = [repaired(one, watch.now) for one in looked.found] if run.key else looked.found
        for one in found:
            kept["differences"] += 1
            kept["stored_anew"] += one.outcome == "stored"
            kept["removed"] += one.outcome == "removed"
            if tell:
                tell(one)
        kept["compared"] = min(kept["compared"] + looked.number, kept["total"])
        kept["found"] = [*kept["found"], *(str(one)[:LONGEST] for one in found)][:LISTED]
        kept["place"] = looked.place
        yield Step(kept["compared"], kept["total"], dict(kept))
    detail = {name: kept[name] for name in counted} | {"found": kept["found"]}
    left = kept["differences"] - kept["stored_anew"] - kept["removed"]
    if left:
        raise Ended(f"{left} stored pages are not what they should be.", detail, again=False)
    return detail


def repaired(one: Discrepancy, at: datetime) -> Discrepancy:
    """Store what the application renders, or remove what it has not; leave what cannot be rendered, and files that no
    web server takes for a page: they may be the operator's."""
    page = pagestore.page_of_copy(one.path)
    if SERVED.fullmatch(page):
        pagestore.drop_copy(page)
        return replace(one, outcome="removed")
    if one.problem == "unreadable" or not is_free(one):
        return one
    if read_address(one.path) is None:
        return removed(one) if SERVED.fullmatch(one.path) else one
    outcomes = bake_paths([one.path], at)
    if outcomes["failed"] or outcomes["overtaken"]:
        return one
    return replace(one, outcome="stored" if outcomes["stored"] or outcomes["unchanged"] else "removed")


def is_free(one: Discrepancy) -> bool:
    """Remove what stands in the way of a page; false if that may not be removed."""
    if one.problem == "blocked":
        try:
            pagestore.clear_way(one.path)
        except OSError:
            return False
    return True


def removed(one: Discrepancy) -> Discrepancy:
    pagestore.drop(one.path)
    return replace(one, outcome="removed")


def verify(at: datetime) -> Iterator[Discrepancy]:
    """Yield every difference between the store and the application, each once."""
    for looked in look(Watch(at)):
        yield from looked.found


def look(watch: Watch, place: Place | None = None) -> Iterator[Examined]:
    """Look at every page with a row, at every page that should have one, and at the files that no row knows.

    Pages that wait to be baked are passed over: they may differ. But what can never be stored is named.
    """
    for paths, last in slices(watch.now, place, SOME, files=unknown_files):
        part = last[0]
        found = differences(part, paths, watch)
        if part == "articles" and place and place[0] == part:
            found = without_photos_before(place[1], found, watch.now)
        yield Examined(found, len(paths), last)
        place = last


def differences(part: str, paths: list[str], watch: Watch) -> list[Discrepancy]:
    """Return what is wrong at some addresses of a part."""
    at = watch.now
    waiting = set(Page.objects.dirty(at).filter(path__in=paths).values_list("path", flat=True))
    rows = {page.path: page for page in Page.objects.filter(path__in=paths)}
    some = [path for path in paths if (path in rows) == (part == "rows")]
    ways = {path: pagestore.in_the_way(path) for path in some if part != "files"}
    blocked = [Discrepancy(path, "blocked", way) for path, way in ways.items() if way]
    some = [path for path in some if path not in waiting and not ways.get(path)]
    if part not in ("rows", "files"):  # a file without a row is foreign, and found among the files
        some = [path for path in some if _stored(path) is None]
    known = [path for path in some if part != "files" and read_address(path)]
    expected = dict(render(known, at))
    found = ((path, compare(path, rows.get(path), expected.get(path))) for path in some)
    return blocked + [one for path, one in found if one and stands(path, rows.get(path), watch)]


def without_photos_before(release: int, found: list[Discrepancy], at: datetime) -> list[Discrepancy]:
    """Leave out the photos that a release up to this one (an id) shows, too: they have been named."""
    names = {one.path: target.slug for one in found if (target := read_address(one.path)) and target.kind == "media"}
    if not names:
        return found
    shown, some = Release.objects.live(at).filter(pk__lte=release), list(names.values())
    on_top, in_text = "edition__photo__web", "edition__figure_rows__web"
    named = {
        web for way in (on_top, in_text) for web in shown.filter(**{f"{way}__in": some}).values_list(way, flat=True)
    }
    return [one for one in found if names.get(one.path) not in named]


def stands(path: str, page: Page | None, watch: Watch) -> bool:
    """False if the page was touched or stored since: it is no longer the one that was compared."""
    if page is None:
        return not Page.objects.filter(path=path).exists()
    same = Page.objects.filter(pk=page.pk, generation=page.generation, file_hash=page.file_hash)
    return same.exists() and not Page.objects.dirty(watch.now).filter(pk=page.pk).exists()


def compare(path: str, page: Page | None, build: Callable[[], Built] | None) -> Discrepancy | None:
    """Return what is wrong with the file at one address; None if nothing is. `build` gives what should stand there."""
    stored = _stored(path)
    if build is None:
        return Discrepancy(path, "foreign") if stored is not None else None
    try:
        built = build()
    except Exception as error:
        return Discrepancy(path, "unreadable", f"{type(error).__name__}: {error}")
    if not has_file(built):
        return Discrepancy(path, "left over") if stored is not None else None
    if stored is None:
        return Discrepancy(path, "missing")
    if page is not None and pagestore.digest(stored) != page.file_hash:
        return Discrepancy(path, "altered")
    if stored != built.body:
        return Discrepancy(path, "different")
    if not pagestore.holds(path, stored):
        return Discrepancy(path, "altered", "its compressed copy")
    if pagestore.beside(path) != {name: file.stat().st_size for name, file in built.beside.items()}:
        return Discrepancy(path, "altered", "what is made of it")
    return None


def _stored(path: str) -> bytes | None:
    try:
        return pagestore.get(path)
    except ValueError:  # a name that this store never gives
        return b""
