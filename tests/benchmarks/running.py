"""A newsroom with real processes for the benchmarks: in a folder of its own, started and ended with them."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from newsroom.run import spawn

ROOT = Path(__file__).resolve().parents[2]
CELERY = [sys.executable, "-m", "celery", "--app", "newsroom", "--quiet"]
WORKER = [*CELERY, "worker", "--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "WARNING"]
BEAT = [*CELERY, "beat", "--loglevel", "WARNING"]
SUPERVISOR = [sys.executable, "-m", "newsroom.run"]


@contextlib.contextmanager
def folder() -> Iterator[Path]:
    """Give an empty folder beside the archives, whose disk has room for a copy of one; remove it at the end."""
    from tests.benchmarks.archive import FOLDER

    FOLDER.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix="run-", dir=FOLDER))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def copy_archive(size: int, target: Path) -> None:
    """Copy an archive's SQLite file, sharing its blocks where the file system can.

    The copy is written to the disk first: a checkpoint of the measured work would wait for it.
    """
    from tests.benchmarks.archive import FOLDER

    source = FOLDER / f"{size}.sqlite3"
    if not source.exists():
        raise SystemExit(f"No archive of {size:,}: make {'bench-data' if size <= 200_000 else 'bench-large'}")
    need_room(target.parent, source.stat().st_size)
    subprocess.run(["cp", "--reflink=auto", source, target], check=True)
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def need_room(place: Path, size: float) -> None:
    """End the program when the disk has no room for `size` bytes and a tenth of it."""
    free = shutil.disk_usage(place).free
    if free < 1.1 * size:
        raise SystemExit(f"{1.1 * size / 1e9:.0f} GB must be free in {place}, and {free / 1e9:.0f} GB are.")


def enter(data: Path, **values: str) -> dict[str, str]:
    """Point this process and those to come at a newsroom in `data`; return its environment."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
    environment = {
        "PATH": os.environ["PATH"],
        "ENV_FILE": os.devnull,
        "DEBUG": "1",
        "LOG_LEVEL": "ERROR",
        "PORT": port,
        "DATA_DIR": str(data),
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        **values,
    }
    os.environ |= environment
    import django

    django.setup()
    from django.conf import settings

    settings.DEBUG = False  # would keep every query
    return environment


@contextlib.contextmanager
def processes(log: Path, *commands: list[str]) -> Iterator[None]:
    """Run the commands in this process's environment, each in a group of its own, and end them at the end, whatever the
    end is; what they print goes to `log`."""
    with log.open("a") as output:
        started = [spawn(command, stdout=output, stderr=output) for command in commands]
    try:
        yield
    finally:
        for process in started:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
        for process in started:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(15)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def wait_for(condition: Callable[[], object], what: str, seconds: float = 60.0) -> float:
    """Return after how many seconds the condition was true; raise TimeoutError, saying `what`, when it is not."""
    began = time.monotonic()
    while not condition():
        if time.monotonic() - began > seconds:
            raise TimeoutError(f"{what}: not within {seconds} s")
        time.sleep(0.02)
    return time.monotonic() - began


def wait_for_beat() -> None:
    """Return when a worker has beaten since the call."""
    from django.utils import timezone

    from articles.models import Heartbeat

    at = timezone.now()
    wait_for(lambda: Heartbeat.objects.filter(job="tick", beat_at__gt=at).exists(), "a beat of the worker")


def keep_frame() -> None:
    """Say that all pages have the frame that stands: the worker does not begin with storing the whole archive."""
    from django.utils import timezone

    from articles.models import Heartbeat
    from articles.pagemap import frame_digest

    detail = {"frame": frame_digest()}
    Heartbeat.objects.update_or_create(job="frame", defaults={"beat_at": timezone.now(), "detail": detail})


def editor() -> object:
    """Return a user who may publish."""
    from django.contrib.auth.models import User

    return User.objects.get_or_create(username="bench", defaults={"is_superuser": True})[0]


def drafts(number: int, name: str) -> list[object]:
    """Return so many approved working copies with texts of the archive's kind, filed under its rubrics in turn."""
    import random

    from articles.models import Article, Category, Region, Topic
    from tests.benchmarks.archive import story

    chance = random.Random(name)
    categories, regions, topics = (list(model.objects.order_by("pk")) for model in (Category, Region, Topic))
    made = []
    for n in range(number):
        headline, summary, body = story(n, set(), chance)
        texts = {"headline": headline, "summary": summary, "body": body}
        filed = {"slug": f"{name}-{n}", "category": categories[n % len(categories)], "state": "approved"}
        article = Article.objects.create(language="en", **texts, **filed)
        article.regions.set([regions[n % len(regions)]])
        article.topics.set([topics[n % len(topics)]])
        made.append(article)
    return made
