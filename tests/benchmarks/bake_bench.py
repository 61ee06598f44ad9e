"""What storing pages costs: `python -m tests.benchmarks.bake_bench` prints a table.

Works in a copy of the archive of 20,000.

One core: article pages claimed, rendered and stored as `manage.py bake` does, beside writing the same bytes aside and
moving them into place, in turn. Then the full bake, which one process begins, until it is killed, and two end; and one
with nothing to do. Nothing is asserted.
"""

import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.running import ROOT, copy_archive, enter, folder

ROUNDS, PAGES = 7, 400
FIRST = 8_000  # of the pages of a full bake are stored when it is killed
BAKE = [sys.executable, "manage.py", "bake"]
Took = tuple[float, float]  # seconds of CPU and of the clock


def taken(work: Callable[[], object]) -> Took:
    cpu, clock = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - cpu, time.perf_counter() - clock


def write_all(target: Path, bodies: dict[str, bytes]) -> None:
    """Write files aside and move them into place, and nothing else."""
    aside = target / ".aside"
    aside.mkdir(parents=True, exist_ok=True)
    for number, (path, body) in enumerate(bodies.items()):
        file, place = f"{aside}/{number}", f"{target}{path}"
        with open(file, "wb") as written:
            written.write(body)
        os.makedirs(place, exist_ok=True)
        os.replace(file, f"{place}index.html")


def one_core(data: Path) -> list[str]:
    """Measure the storing of article pages and the bare writing of the same files, in turn."""
    from django.utils import timezone

    from articles import pagestore
    from articles.baking import bake_dirty
    from articles.pagemap import touch
    from articles.pagemap.whole import article_pages

    paths = list(article_pages("en", timezone.now()))
    stored: list[Took] = []
    written: list[Took] = []
    for number in range(ROUNDS + 1):
        some = paths[number * PAGES : (number + 1) * PAGES]
        touch(some, timezone.now())
        stored.append(taken(lambda: bake_dirty(timezone.now(), seconds=600)))
        bodies = {path: pagestore.get(path) or b"" for path in some}
        written.append(taken(lambda bodies=bodies, number=number: write_all(data / f"bare-{number}", bodies)))  # type: ignore[misc]
    rows = []
    for what, column in (("CPU time", 0), ("clock", 1)):
        ours = [PAGES / one[column] for one in stored[1:]]  # the first round loads the registers
        bare = [PAGES / one[column] for one in written[1:]]
        ratio = statistics.median(a / b for a, b in zip(ours, bare, strict=True))
        rows.append(f"| article pages stored, {what} | {middle(ours)} pages/s | {middle(bare)} files/s | {ratio:.2f} |")
    return rows


def middle(figures: list[float]) -> str:
    """Return median and spread."""
    return f"{statistics.median(figures):,.0f} ({min(figures):,.0f}–{max(figures):,.0f})"


def run(*words: str) -> tuple[float, str]:
    """Run `manage.py bake`; return the seconds from the start of the process to its end, and what it said."""
    begun = time.perf_counter()
    done = subprocess.run([*BAKE, *words], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    return time.perf_counter() - begun, done.stdout.strip()


def empty(pages: Path) -> None:
    """Empty the store, and forget what was in it."""
    from articles.models import JobRun, Page

    shutil.rmtree(pages, ignore_errors=True)
    Page.objects.all().delete()
    JobRun.objects.all().delete()


def full(pages: Path) -> list[str]:
    """Measure the full bake: one process begins it and is killed, two go on to its end."""
    from django.utils import timezone

    from articles.models import Page

    empty(pages)
    begun = time.perf_counter()
    bake = subprocess.Popen([*BAKE, "--all", "--jobs=1"], cwd=ROOT, stdout=subprocess.DEVNULL)
    while bake.poll() is None and Page.objects.exclude(file_hash="").count() < FIRST:
        time.sleep(0.2)
    bake.kill()
    seconds = time.perf_counter() - begun
    bake.wait()
    before, dirty = Page.objects.exclude(file_hash="").count(), Page.objects.dirty(timezone.now()).count()
    rows = [bake_row(f"full bake, its first {before:,} pages: 1 process, then killed", seconds, before)]
    again = timezone.now()
    seconds, _said = run("--all", "--jobs=2")
    stored = Page.objects.filter(stored_at__gte=again).count()
    rows.append(bake_row(f"begun again by 2 processes with {dirty:,} pages left: {stored:,} stored", seconds, stored))
    return rows


def bake_row(what: str, seconds: float, pages: int) -> str:
    return f"| {what} | {seconds:.0f} s | {pages / seconds:,.0f} pages/s | |"


def nothing() -> list[str]:
    """Measure the command with nothing dirty, from the start of the process to its end."""
    files = [run() for _ in range(5)]
    seconds = [one[0] for one in files]
    return [
        f"| `manage.py bake` with nothing dirty, median of 5: {files[0][1]} | {statistics.median(seconds):.2f} s | | |"
    ]


def main() -> None:
    """Print the table."""
    with folder() as data:
        copy_archive(20_000, data / "db.sqlite3")
        enter(data, DATABASE_URL=f"sqlite:///{data / 'db.sqlite3'}")
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        print("| SQLite, 20,000 articles | | limit | ratio |\n|---|---:|---:|---:|")
        for part in (lambda: one_core(data), lambda: full(data / "pages"), nothing):
            print("\n".join(part()), flush=True)
    print(
        f"\nArticle pages: median and spread of {ROUNDS} rounds of {PAGES} pages; the limit: the same files written "
        "aside and moved. The full bake: once, from the start of its first process to its end or its kill."
    )


if __name__ == "__main__":
    main()
