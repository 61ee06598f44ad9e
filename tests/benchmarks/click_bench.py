"""From the editor's click to the stored pages, in an archive of 200,000.

`python -m tests.benchmarks.click_bench [SIZE]`.
Web processes, worker and beat run as `make run` starts them, on a copy of the archive (make bench-data). Each click
publishes an article through the use case that the admin calls and wakes the worker as the admin does; the clock stops
when no page waits any more and the files stand: the article, its neighbours, front page, feeds, archive and rubrics.
"""

import random
import shutil
import statistics
import sys
import time
from pathlib import Path

from tests.benchmarks.archive import FOLDER
from tests.benchmarks.running import (
    SUPERVISOR,
    drafts,
    editor,
    enter,
    folder,
    keep_frame,
    processes,
    wait_for,
    wait_for_beat,
)

CLICKS = 45
WARM = 5


def main(size: int) -> None:
    source = FOLDER / f"{size}.sqlite3"
    if not source.exists():
        raise SystemExit(f"No archive of {size:,}: make bench-data")
    with folder() as data:
        shutil.copyfile(source, data / "db.sqlite3")
        enter(data)
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        keep_frame()
        copies = drafts(WARM + CLICKS, "click")
        with processes(data / "log", SUPERVISOR):
            wait_for_beat()
            taken = [click(article, data) for article in copies][WARM:]
    show(size, taken)


def click(article: object, data: Path) -> tuple[float, float, int]:
    """Publish an article; return the seconds until the click returned, until all is stored, and the number of pages."""
    from django.utils import timezone

    from articles import tasks
    from articles.models import Page
    from articles.pagemap import article_path
    from articles.publishing import publish

    waiting = Page.objects.filter(dirty_since__isnull=False)
    time.sleep(random.random())  # at any moment between two beats
    began, at = time.monotonic(), timezone.now()
    release = publish(article, by=editor(), at=at)
    tasks.bake.delay()
    returned = time.monotonic() - began
    pages = waiting.count()
    wait_for(lambda: not waiting.exists(), "stored pages")
    stored = time.monotonic() - began
    for path in (article_path("en", release.published_date, release.edition.slug), "/en/"):
        if release.edition.headline not in (data / "pages" / path.strip("/") / "index.html").read_text():
            raise AssertionError(f"{path} does not show the article")
    return returned, stored, pages


def show(size: int, taken: list[tuple[float, float, int]]) -> None:
    returned, stored, pages = (sorted(column) for column in zip(*taken, strict=True))
    print(f"{len(taken)} clicks in an archive of {size:,} on SQLite; {statistics.median(pages):.0f} pages each.\n")
    print("| from the click | limit | median | 99th percentile |\n|---|---:|---:|---:|")
    print(f"| until it returns | | {statistics.median(returned):.2f} s | {top(returned):.2f} s |")
    print(f"| until all its pages are stored | 1 s, 2 s | {statistics.median(stored):.2f} s | {top(stored):.2f} s |")


def top(ordered: list[float]) -> float:
    """Return the 99th percentile; of fewer than a hundred, the longest."""
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 200_000)
