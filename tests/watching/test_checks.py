"""Each trouble, made, is named with what to do; mended, it is gone. In both languages, without a secret."""

import errno
import os
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pyrage
import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone, translation

from articles.baking.pulse import beat
from articles.baking.runs import PLANNER
from articles.models import (
    Backup,
    Batch,
    Heartbeat,
    JobRun,
    Outbox,
    Page,
    Register,
    Release,
    Rendition,
    Trouble,
    rights,
)
from articles.pagemap import touch
from articles.publishing import publish
from articles.registers import current_version
from articles.watching import CHECKS, KINDS, blocking, look
from articles.watching.checks import clock, database, disk, services
from tests.builders import NOW, make_article, make_user

HOUR = timedelta(hours=1)
House = Callable[[], None]


class Broken(NamedTuple):
    """What a test has to break and to mend things with."""

    patch: pytest.MonkeyPatch
    settings: Any


def silent(_: Broken) -> None:
    Heartbeat.objects.filter(job="tick").update(beat_at=NOW - timedelta(seconds=31))


def unplanned(_: Broken) -> None:
    Heartbeat.objects.filter(job=PLANNER).update(beat_at=NOW - HOUR)


def ahead(_: Broken) -> None:
    beat("tick", NOW + timedelta(seconds=31), {})


def overdue(_: Broken) -> None:
    publish(make_article(), by=make_user("Managing editor"), at=NOW - timedelta(minutes=2))
    Release.objects.update(announced_at=None)
    Page.objects.update(dirty_since=None)


def late(_: Broken) -> None:
    touch(["/en/"], NOW - timedelta(minutes=2))


def failing_pages(_: Broken) -> None:
    touch(["/en/"], NOW)
    Page.objects.update(last_error="broken", attempts=1)


def failing_mails(_: Broken) -> None:
    Outbox.objects.create(to="x@news.example", subject="s", body="b", made_at=NOW, attempts=1, last_error="refused")


def no_mail(broken: Broken) -> None:
    broken.settings.EMAIL_BACKEND = "newsroom.mail.NoMail"


def failed_runs(_: Broken) -> None:
    JobRun.objects.create(job="verify_pages", state="failed", started_at=NOW, finished_at=NOW, last_error="x")


def failing_relabels(_: Broken) -> None:
    Batch.objects.create(register_version=current_version(), made_at=NOW, last_error="x")


def registers(_: Broken) -> None:
    Register.objects.update(checked_at=NOW - timedelta(days=60))


def migrations(broken: Broken) -> None:
    seen = MigrationRecorder.applied_migrations
    broken.patch.setattr(
        MigrationRecorder,
        "applied_migrations",
        lambda self: {one: row for one, row in seen(self).items() if one != ("articles", "0001_records")},
    )


def short_disk(broken: Broken) -> None:
    broken.settings.DISK_FREE_MB = 2**30


def folder(broken: Broken) -> None:
    opened = os.open

    def refuse(path: Any, *more: Any, **names: Any) -> int:
        if str(path).startswith(str(broken.settings.PAGES_DIR)):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        return opened(path, *more, **names)

    broken.patch.setattr(disk.os, "open", refuse)


def refused_write(**signs: str) -> Callable[[Broken], None]:
    class Fault(Exception):
        """An error of a driver."""

    def break_it(broken: Broken) -> None:
        def write(at: datetime) -> None:
            cause = Fault()
            cause.__dict__.update(signs)
            raise OperationalError("refused") from cause

        broken.patch.setattr(database, "_write", write)

    return break_it


def failing_renditions(broken: Broken) -> None:
    Rendition.objects.create(web="a.jpg", wanted="whole", attempts=1, last_error="OSError: broken")


def camera_key(broken: Broken) -> None:
    broken.settings.KEEP_CAMERA_FILES, broken.settings.CAMERA_RECIPIENTS = True, ["age1nothing"]


def camera_folder(broken: Broken) -> None:
    public = str(pyrage.x25519.Identity.generate().to_public())
    broken.settings.KEEP_CAMERA_FILES, broken.settings.CAMERA_RECIPIENTS = True, [public]
    broken.settings.CAMERA_DIR = Path(broken.settings.PAGES_DIR) / "camera"


def clocks(broken: Broken) -> None:
    broken.patch.setattr(clock, "server_clock", lambda: NOW - HOUR)


def no_backup(broken: Broken) -> None:
    Backup.objects.all().delete()


def old_backup(broken: Broken) -> None:
    Backup.objects.update(ended_at=NOW - 40 * HOUR)


def owner(broken: Broken) -> None:
    broken.patch.setattr(rights, "owned_tables", lambda connection: 99)


def redis(broken: Broken) -> None:
    broken.settings.REDIS_URL = "redis://127.0.0.1:1/0"


def webhook(broken: Broken) -> None:
    broken.settings.ALARM_WEBHOOK = "https://chat.example/"
    Trouble.objects.create(kind="late", began_at=NOW, seen_at=NOW, ended_at=NOW, last_error="HTTP 500")


def check(broken: Broken) -> None:
    def fail(at: datetime) -> None:
        raise RuntimeError("no such luck")

    broken.patch.setattr("articles.watching.checks.CHECKS", (fail,))


TROUBLES: dict[str, Callable[[Broken], None]] = {
    "database_away": refused_write(),
    "database_read_only": refused_write(sqlite_errorname="SQLITE_READONLY"),
    "database_full": refused_write(sqlstate="53100"),
    "migrations": migrations,
    "disk": short_disk,
    "folder": folder,
    "silent": silent,
    "ahead": ahead,
    "clock": clocks,
    "overdue": overdue,
    "late": late,
    "failing_pages": failing_pages,
    "failing_mails": failing_mails,
    "no_mail": no_mail,
    "failed_runs": failed_runs,
    "failing_relabels": failing_relabels,
    "failing_renditions": failing_renditions,
    "camera_key": camera_key,
    "camera_folder": camera_folder,
    "unplanned": unplanned,
    "registers": registers,
    "no_backup": no_backup,
    "old_backup": old_backup,
    "owner": owner,
    "redis": redis,
    "webhook": webhook,
    "check": check,
}


def mend(house: House, settings: Any) -> None:
    """Put right what a test has broken in rows and settings; what it has patched is put right by itself."""
    for model in (Outbox, JobRun, Batch, Page, Rendition, Trouble):
        model.objects.all().delete()
    Release.objects.update(announced_at=NOW)
    settings.DISK_FREE_MB, settings.REDIS_URL, settings.ALARM_WEBHOOK = 0, "", ""
    settings.KEEP_CAMERA_FILES = False
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    house()


def test_there_is_a_trouble_for_each_kind() -> None:
    assert list(TROUBLES) == list(KINDS)


def test_a_well_house_has_none(house: House) -> None:
    assert look(NOW) == []


@pytest.mark.parametrize("kind", TROUBLES)
def test_a_trouble_is_named_and_gone_when_it_is_mended(kind: str, house: House, settings: Any) -> None:
    with pytest.MonkeyPatch.context() as patch:
        TROUBLES[kind](Broken(patch, settings))
        database.forget()
        found = look(NOW)
        stops = [one.kind.key for one in blocking(NOW)]
    assert [one.kind.key for one in found] == [kind]
    assert stops == ([kind] if KINDS[kind].stops and kind != "migrations" else [])
    for language in ("en", "ru"):
        with translation.override(language):
            assert found[0].says and found[0].do and "%" not in found[0].says + found[0].do
    mend(house, settings)
    database.forget()
    assert look(NOW) == []


def test_while_the_database_is_away_the_rest_is_still_looked_at(house: House, settings: Any) -> None:
    with pytest.MonkeyPatch.context() as patch:
        refused_write()(Broken(patch, settings))
        short_disk(Broken(patch, settings))
        assert [one.kind.key for one in look(NOW)] == ["database_away", "disk"]


def test_who_asks_without_end_writes_no_more_than_once_in_a_while(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[datetime] = []
    monkeypatch.setattr(database, "_write", written.append)
    for _ in range(10):
        look(NOW)
    assert written == [NOW]


def test_a_trial_leaves_one_row_and_no_file(house: House, settings: Any) -> None:
    for _ in range(3):
        database.forget()
        assert look(NOW) == []
    assert Heartbeat.objects.filter(job="write").count() == 1
    assert [*Path(settings.DATA_DIR).iterdir(), *Path(settings.PAGES_DIR).iterdir()] == []


def test_a_database_on_which_others_write_is_not_broken(house: House, settings: Any) -> None:
    with pytest.MonkeyPatch.context() as patch:
        refused_write(sqlite_errorname="SQLITE_BUSY", sqlstate="55P03")(Broken(patch, settings))
        assert look(NOW) == []


def test_the_checks_know_what_the_machine_says() -> None:
    """Of the disk and of the clock of the database itself: no pretended one."""
    assert disk.free_megabytes(Path("/")) == shutil.disk_usage("/").free // 2**20
    assert services.PATIENCE <= 2
    assert len(CHECKS) > 10


@pytest.mark.django_db
def test_the_clock_of_a_server_is_ours() -> None:
    assert list(clock.clocks(timezone.now())) == []
    wrong = list(clock.clocks(timezone.now() - HOUR))
    assert bool(wrong) == (connection.vendor == "postgresql")


@pytest.mark.django_db
def test_who_owns_the_tables_is_asked_of_postgresql() -> None:
    """Of a role that owns them, as here; tests/services/test_rights.py asks of one that does not."""
    assert bool(rights.owned_tables(connection)) == (connection.vendor == "postgresql")
