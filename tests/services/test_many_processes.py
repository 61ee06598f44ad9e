"""A grown newsroom: PostgreSQL and Redis by settings, two web processes, two workers that share the queues, a beat."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.services.conftest import ROOT, Newsroom

NUMBER = 12
SCHEDULE = f"""
from datetime import timedelta
from django.utils import timezone
from django.contrib.auth.models import User
from articles.models import Article
from articles.publishing import publish, schedule
source = Article.objects.filter(language="en").order_by("pk").first()
editor = User.objects.get(username="editor")
articles = [Article.objects.create(language="en", slug=f"grown-{{number}}", headline="Ferry timetable changes",
    body="<p>The first ferry leaves at six.</p>", category=source.category, state="approved")
    for number in range({NUMBER + 1})]
began = timezone.now()
publish(articles.pop(), by=editor, at=began)  # loads the registers, and tells how long the others may take
ended = timezone.now()
live_at = ended + {NUMBER} * (ended - began) + timedelta(seconds=2)
for article in articles:
    release = schedule(article, by=editor, at=ended, live_at=live_at)  # not of now, which may come to be after live_at
print(f"/en/{{release.published_date:%Y/%m/%d}}/")
"""
STANDING = """
from articles.models import Page, Release
due = Release.objects.filter(edition__slug__startswith="grown-")
print(due.filter(announced_at=None).count(), Page.objects.filter(dirty_since__isnull=False).count())
"""
COUNTS = """
from django.utils import timezone
from articles.baking import verify
from articles.baking.counts import reconcile
print(reconcile(timezone.now()), [str(one) for one in verify(timezone.now())])
"""


@dataclass
class Process:
    name: str
    process: "subprocess.Popen[bytes]"
    log: Path


@pytest.fixture
def grown(newsroom: Newsroom, tmp_path: Path) -> Iterator[tuple[str, list[Process]]]:
    """Two web processes, a worker for what readers wait for, a worker for the rest and for that too, a beat."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    celery = [sys.executable, "-m", "celery", "--app", "newsroom"]
    web = [sys.executable, "-m", "gunicorn", "newsroom.wsgi:application", "--bind", f"127.0.0.1:{port}"]
    commands = {
        "web": [*web, "--workers", "2"],
        "first": [*celery, "worker", "--hostname", "first@%h", "--queues", "announce,bake", "--loglevel", "INFO"],
        "second": [*celery, "worker", "--hostname", "second@%h", "--loglevel", "INFO"],
        "beat": [*celery, "beat"],
    }
    started = []
    for name, command in commands.items():
        log = tmp_path / name
        environment = newsroom.environment | {"LOG_LEVEL": "INFO"}
        with log.open("w") as output:
            process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=output, stderr=output, process_group=0
            )
        started.append(Process(name, process, log))
    try:
        yield f"http://127.0.0.1:{port}", started
    finally:
        for one in started:
            os.killpg(one.process.pid, signal.SIGTERM)
        for one in started:
            try:
                one.process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(one.process.pid, signal.SIGKILL)
                one.process.wait()


def wait_for(condition: Callable[[], object], seconds: float = 120.0) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.3)
    return False


def answered(url: str) -> str:
    try:
        with urllib.request.urlopen(url, timeout=60) as response:
            return response.read().decode()
    except OSError:
        return ""


def test_two_workers_and_two_web_processes_share_the_work(newsroom: Newsroom, grown: tuple[str, list[Process]]) -> None:
    site, processes = grown
    logs = {one.name: one.log for one in processes}
    assert wait_for(lambda: answered(f"{site}/en/")), logs["web"].read_text()
    day = newsroom.python(SCHEDULE)

    def settled() -> bool:
        return newsroom.python(STANDING).split() == ["0", "0"]

    assert wait_for(settled), "\n".join(log.read_text()[-2000:] for log in logs.values())
    assert "Ferry timetable changes" in answered(f"{site}{day}grown-{NUMBER - 1}/")
    assert "Ferry timetable changes" in answered(f"{site}/en/feed.xml")
    pages = Path(newsroom.environment["DATA_DIR"], "pages")
    assert len(list(pages.glob("en/*/*/*/grown-*/index.html"))) == NUMBER + 1
    assert newsroom.python(COUNTS) == "[] []"
    assert all(one.process.poll() is None for one in processes)
    ready = {name: re.search(r"\[queues\](.*?)\n\n", logs[name].read_text(), re.S) for name in ("first", "second")}
    assert "relabel" not in ready["first"][1] and "relabel" in ready["second"][1]
