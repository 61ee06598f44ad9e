"""1,000 articles due at the same second: `python -m tests.benchmarks.due_bench [sqlite] [postgresql]`.

On SQLite with the processes of `make run`, on PostgreSQL and Redis with two workers and a beat. Servers are those of
TEST_POSTGRES_URL and TEST_REDIS_URL; without them two of our own, where their programs are installed.
"""

import contextlib
import os
import secrets
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from tests.benchmarks.archive import fill
from tests.benchmarks.running import (
    BEAT,
    ROOT,
    SUPERVISOR,
    WORKER,
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

NUMBER = 1000
SEEN = 50  # articles asked for over HTTP while no worker runs
SMALL = 2000  # articles of the archive on PostgreSQL
LIMITS = {"sqlite": 30, "postgresql": 10}
POISON = {
    "sqlite": "CREATE TRIGGER poison BEFORE UPDATE OF announced_at ON articles_release WHEN NEW.id = {pk} "
    "BEGIN SELECT RAISE(ABORT, 'poison'); END",
    "postgresql": "CREATE FUNCTION poison() RETURNS trigger AS $$ BEGIN "
    "IF NEW.id = {pk} AND NEW.announced_at IS NOT NULL THEN "
    "RAISE EXCEPTION 'poison'; END IF; RETURN NEW; END $$ LANGUAGE plpgsql; "
    "CREATE TRIGGER poison BEFORE UPDATE ON articles_release FOR EACH ROW EXECUTE FUNCTION poison()",
}


def on_sqlite() -> None:
    with folder() as data:
        copy_archive(20_000, data / "db.sqlite3")
        measure("sqlite", 20_000, data, enter(data), [SUPERVISOR])


def on_postgresql() -> None:
    with folder() as data, database(os.environ["TEST_POSTGRES_URL"]) as url:
        redis = urlsplit(os.environ["TEST_REDIS_URL"])._replace(path="/8").geturl()
        environment = enter(data, DATABASE_URL=url, REDIS_URL=redis)
        fill(SMALL)
        measure("postgresql", SMALL, data, environment, [WORKER, WORKER, BEAT])


@contextlib.contextmanager
def database(server: str) -> Iterator[str]:
    """Give an empty database of the server, and drop it at the end."""
    import psycopg

    name = f"bench_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield urlsplit(server)._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def measure(vendor: str, size: int, data: Path, environment: dict[str, str], commands: list[list[str]]) -> None:
    """Measure one newsroom and print its rows."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    keep_frame()
    limit = LIMITS[vendor]
    name = {"sqlite": "SQLite, one worker", "postgresql": "PostgreSQL, Redis, two workers"}[vendor]
    row(
        name, size, f"{SEEN} due, no worker runs: readers see the last of them", "1 s", seen_without_worker(environment)
    )
    releases, live_at = schedule_all(NUMBER, "due", seconds=14)
    with processes(data / "log", *commands):
        wait_for_beat()
        announced, stored, listed = due(releases, live_at, data, vendor)
        row(name, size, f"{NUMBER:,} due, one of them poison: the others announced", f"{limit} s", announced)
        row(name, size, "the others stored, in feeds and sitemap", f"{limit} s", max(stored, listed))


def schedule_all(number: int, name: str, *, seconds: float) -> tuple[list[object], datetime]:
    """Schedule so many new articles for one second, at least `seconds` after the last is scheduled, in which the
    processes begin; return releases and moment."""
    from django.utils import timezone

    from articles.publishing import cancel, schedule

    articles, by = drafts(number, name), editor()
    costs = []
    for article in articles[:8]:  # to know how long all will take
        began = time.monotonic()
        schedule(article, by=by, at=timezone.now(), live_at=timezone.now() + timedelta(days=1))
        costs.append(time.monotonic() - began)
        cancel(article, by=by, at=timezone.now())
    scheduling = 1.4 * number * statistics.median(costs)
    live_at = (timezone.now() + timedelta(seconds=seconds + scheduling)).replace(microsecond=0)
    return [schedule(article, by=by, at=timezone.now(), live_at=live_at) for article in articles], live_at


def seen_without_worker(environment: dict[str, str]) -> float:
    """Return how long after their second the last of SEEN articles was read over HTTP, with a web server alone."""
    from django.utils import timezone

    from articles.pagemap import article_path

    web = [sys.executable, "-m", "gunicorn", "newsroom.wsgi:application", "--bind", f"127.0.0.1:{environment['PORT']}"]
    with processes(Path(environment["DATA_DIR"]) / "log", [*web, "--workers", "2", "--log-level", "error"]):
        releases, live_at = schedule_all(SEEN, "seen", seconds=7)
        site = f"http://127.0.0.1:{environment['PORT']}"
        paths = [article_path("en", one.published_date, one.edition.slug) for one in releases]
        wait_for(lambda: status(f"{site}/healthz"), "the web server")
        early = {status(site + path) for path in paths}
        if timezone.now() < live_at and early != {404}:
            raise AssertionError(f"seen before their time: {early}")
        time.sleep(max(0.0, (live_at - timezone.now()).total_seconds()))
        wrong = [path for path in paths if status(site + path) != 200]
        if wrong:
            raise AssertionError(f"not seen at their second: {wrong}")
        return (timezone.now() - live_at).total_seconds()


def status(url: str) -> int:
    try:
        return urllib.request.urlopen(url, timeout=10).status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def due(well: list[object], live_at: datetime, data: Path, vendor: str) -> tuple[float, float, float]:
    """Let articles fall due at once, one of which the database refuses to announce.

    Returns the seconds after their second until the others are announced, until no page waits and every file stands,
    and until feed and sitemap hold them.
    """
    from django.db import connection
    from django.test import Client
    from django.utils import timezone

    from articles.models import Page, Release
    from articles.pagemap import article_path

    sick = well.pop(len(well) // 2)
    with connection.cursor() as cursor:
        cursor.execute(POISON[vendor].format(pk=sick.pk))
    files = [
        data / "pages" / article_path("en", one.published_date, one.edition.slug).strip("/") / "index.html"
        for one in well
    ]
    time.sleep(max(0.0, (live_at - timezone.now()).total_seconds()))

    def since() -> float:
        return (timezone.now() - live_at).total_seconds()

    # Asked every few milliseconds: by their moment, as asking for a thousand ids takes a fifth of a core.
    waiting = Release.objects.filter(live_at=live_at, announced_at=None).exclude(pk=sick.pk)
    wait_for(lambda: not waiting.exists(), "announced", 120)
    announced = since()
    wait_for(
        lambda: not Page.objects.filter(dirty_since__isnull=False).exists() and all(map(Path.exists, files)),
        "stored",
        180,
    )
    stored = since()
    newest = max(well, key=lambda one: one.article_id).edition
    client = Client(headers={"host": "127.0.0.1"})
    feed = (data / "pages/en/feed.xml").read_text()
    sitemap = client.get("/sitemap.xml").content.decode()
    if "<sitemapindex" in sitemap:
        sitemap = client.get(f"/sitemap-{well[0].published_date:%Y-%m}.xml").content.decode()
    missing = [one.edition.slug for one in well if f"/{one.edition.slug}/" not in sitemap]
    if newest.slug not in feed or missing:
        raise AssertionError(f"not in the feed or the sitemap: {missing[:5]}")
    return announced, stored, since()


def row(name: str, size: int, what: str, limit: str, seconds: float) -> None:
    print(f"| {name} | {size:,} | {what} | {limit} | {seconds:.1f} s |", flush=True)


def main(chosen: list[str]) -> None:
    if len(chosen) == 1:
        {"sqlite": on_sqlite, "postgresql": on_postgresql}[chosen[0]]()
        return
    print("| newsroom | archive | what | limit | after their second |\n|---|---:|---|---:|---:|", flush=True)
    each = [sys.executable, "-m", "tests.benchmarks.due_bench"]
    subprocess.run([*each, "sqlite"], cwd=ROOT, check=True)
    servers = [] if "TEST_POSTGRES_URL" in os.environ else [str(ROOT / ".ci/with-servers")]
    subprocess.run([*servers, *each, "postgresql"], cwd=ROOT, check=True)
    print("\nEach was taken once.")


if __name__ == "__main__":
    main(sys.argv[1:])
