"""The demo newsroom on PostgreSQL and Redis: publishes, reads, records and does its tasks, by settings alone."""

import re
import time
from pathlib import Path

import redis

import articles
from tests.services.conftest import Newsroom, copied

SCHEDULE = """
from datetime import timedelta
from django.contrib.auth.models import User
from django.utils import timezone
from articles.models import Article
from articles.publishing import open_questions, override_gate, schedule
article = Article.objects.filter(state="approved", releases=None, embargo_until=None).order_by("pk").first()
at = timezone.now()
editor = User.objects.get(username="editor")
if open_questions(article, at):
    managing = User.objects.get(username="managing")
    override_gate(article, by=managing, at=at, reason="Looked into.", live_at=at)
release = schedule(article, by=editor, at=at, live_at=at + timedelta(seconds=1))
print(release.pk)
"""
WAIT = """
import time
from articles.models import Heartbeat, Release
for _ in range(600):  # the worker has to start first
    release = Release.objects.get(pk={pk})
    if release.announced_at and Heartbeat.objects.filter(job="tick").exists():
        break
    time.sleep(0.2)
print("announced" if release.announced_at else "waiting")
"""
MIGRATIONS = Path(articles.__file__).parent / "migrations"
LATEST = 10  # older ones do not change any more
NUMBERS = """
from articles.models import Edition, PublicationRecord, Release
print(*(model.objects.count() for model in (Edition, PublicationRecord, Release)))
"""
READ = """
from django.test import Client
client = Client(headers={"host": "127.0.0.1"})
for path in ("/en/", "/ru/", "/en/news/", "/en/archive/", "/en/feed.xml", "/en/search/?q=the", "/admin/login/"):
    print(path, client.get(path).status_code)
"""


def test_readers_find_every_kind_of_page(newsroom: Newsroom) -> None:
    answers = dict(line.split() for line in newsroom.python(READ).splitlines())
    assert set(answers.values()) == {"200"}, answers


def test_a_task_over_redis_announces_what_an_editor_scheduled(
    newsroom: Newsroom, redis_url: str, tmp_path: Path
) -> None:
    pk = newsroom.python(SCHEDULE)
    newsroom.python("import time; from articles.tasks import tick; time.sleep(1); tick.delay()")
    with redis.Redis.from_url(redis_url) as server:
        assert server.llen("newsroom:announce") == 1
    worker = newsroom.worker(tmp_path / "log")
    try:
        assert newsroom.python(WAIT.format(pk=pk)) == "announced", (tmp_path / "log").read_text()
    finally:
        worker.terminate()
        worker.wait(timeout=120)


def test_a_worker_outlives_a_broker_that_goes_away(newsroom: Newsroom, redis_url: str, tmp_path: Path) -> None:
    worker = newsroom.worker(tmp_path / "log")
    beat = "from articles.models import Heartbeat; print(Heartbeat.objects.filter(job='tick').values_list('beat_at'))"
    try:
        with redis.Redis.from_url(redis_url) as server:
            assert wait_for(lambda: is_waiting_for_tasks(server)), (tmp_path / "log").read_text()
            server.client_kill_filter(_type="normal", skipme=True)
            server.flushdb()
        before = newsroom.python(beat)
        newsroom.python("from articles.tasks import tick; tick.delay()")
        assert wait_for(lambda: newsroom.python(beat) != before), (tmp_path / "log").read_text()
        assert worker.poll() is None
    finally:
        worker.terminate()
        worker.wait(timeout=120)


def test_the_record_is_whole_and_cannot_be_changed(newsroom: Newsroom) -> None:
    assert re.search(r"^The record is whole: \d{2,} lines", newsroom.manage("verify_record"), re.MULTILINE)
    change = """
from django.db import DatabaseError
from articles.models import PublicationRecord
try:
    PublicationRecord.objects.update(hash="0" * 64)
except DatabaseError as error:
    print("refused", PublicationRecord.objects.filter(hash="0" * 64).count())
"""
    assert newsroom.as_owner().python(change) == "refused 0"  # by the triggers; the site may not even try
    assert newsroom.python(change) == "refused 0"


def test_the_latest_migrations_can_be_taken_back_from_a_newsroom_that_works(newsroom: Newsroom, tmp_path: Path) -> None:
    with copied(newsroom, tmp_path) as copy:
        owner = copy.as_owner()
        before = owner.python(NUMBERS)
        earlier = sorted(one.stem for one in MIGRATIONS.glob("0*.py"))[-LATEST - 1]
        owner.manage("migrate", "articles", earlier, "--verbosity", "0")
        owner.manage("migrate", "--verbosity", "0")
        assert owner.python(NUMBERS) == before
        assert {line.split()[1] for line in copy.python(READ).splitlines()} == {"200"}


def is_waiting_for_tasks(server: redis.Redis) -> bool:
    """Say whether a worker stands at its queues; whoever only asks or sends does not wait."""
    return any(client["cmd"] == "brpop" for client in server.client_list())


def wait_for(condition: object, seconds: float = 120.0) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.2)
    return False
