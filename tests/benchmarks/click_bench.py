"""From the editor's click to the stored pages, in an archive of 200,000.

`python -m tests.benchmarks.click_bench [SIZE]`.
Web processes, worker and beat run as `make run` starts them, on a copy of the archive (make bench-data). Each click
publishes an article through the use case that the admin calls and wakes the worker as the admin does; the clock stops
when no page waits any more and the files stand: the article, its neighbours, front page, feeds, archive and rubrics.
"""

import random
import statistics
import sys
import time
from pathlib import Path

from tests.benchmarks.running import (
    SUPERVISOR,
    copy_archive,
    drafts,
    editor,
    enter,
    folder,
    keep_frame,
    processes,
    wait_for,
    wait_for_beat,
)

CLICKS = 100  # for a 99th percentile
WARM = 5


def main(size: int) -> None:
    with folder() as data:
        copy_archive(size, data / "db.sqlite3")
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
    time.sleep(random.random() / 3)  # with the time that storing takes, at any moment between two beats
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
    returned, stored, pages = (list(column) for column in zip(*taken, strict=True))
    print(f"{len(taken)} clicks in an archive of {size:,} on SQLite; {statistics.median(pages):.0f} pages each.\n")
    print("| from the click | limit | median | 99th percentile | longest |\n|---|---:|---:|---:|---:|")
    print(f"| until it returns | | {figures(returned)} |")
    print(f"| until all its pages are stored | 1 s, 2 s | {figures(stored)} |")


def figures(seconds: list[float]) -> str:
    """Return median, 99th percentile and the longest."""
    high = statistics.quantiles(seconds, n=100)[98]
    return f"{statistics.median(seconds):.2f} s | {high:.2f} s | {max(seconds):.2f} s"


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 200_000)
