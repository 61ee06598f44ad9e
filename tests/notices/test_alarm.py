"""A trouble is told once, with what to do, and once more when it is over; by mail, in each language of the outlet."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, User

from articles.baking import beat
from articles.baking.runs import PLANNER
from articles.models import Outbox, Page, Trouble
from articles.notices import raise_alarm
from articles.pagemap import touch
from articles.watching.checks import backups, clock, database

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LOOK = "Newsroom: somebody has to look"
OVER = "Newsroom: a trouble is over"


@pytest.fixture(autouse=True)
def house(db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A house that is well, with an administrator who has an address."""
    settings.DISK_FREE_MB = 0
    monkeypatch.setattr(backups, "last_backup_at", lambda: datetime.max.replace(tzinfo=UTC))
    monkeypatch.setattr(clock, "server_clock", lambda: None)
    database.forget()
    Group.objects.get_or_create(name="Administrator")
    for name, role in (("a", "Administrator"), ("b", "Administrator"), ("e", "Editor")):
        user = User.objects.create(username=name, email=f"{name}@news.example", is_active=name != "b")
        user.groups.add(Group.objects.get_or_create(name=role)[0])
    yield
    database.forget()


def alarm(at: datetime) -> list[str]:
    """Let the worker live until then; return the troubles that there are."""
    for job in ("tick", PLANNER):
        beat(job, at, {})
    return [one.kind.key for one in raise_alarm(at)]


@pytest.fixture
def trouble() -> None:
    touch(["/en/"], NOW)
    Page.objects.update(last_error="broken", attempts=1, dirty_since=None)


def mend() -> None:
    Page.objects.update(last_error="")


def mails() -> list[tuple[str, str]]:
    return [(mail.to, mail.subject.partition(" / ")[0]) for mail in Outbox.objects.order_by("pk")]


def test_nothing_is_told_while_all_is_well() -> None:
    assert alarm(NOW) == []
    assert mails() == []


@pytest.mark.usefixtures("trouble")
def test_a_trouble_is_told_once_however_long_it_lasts() -> None:
    for minutes in (0, 1, 2, 60, 600, 6000):
        assert alarm(NOW + minutes * MINUTE) == ["failing_pages"]
    assert mails() == [("a@news.example", LOOK)]
    assert Outbox.objects.get().body.startswith("Pages that cannot be stored: 1.\nOpen Stored pages")
    (row,) = Trouble.objects.all()
    assert (row.began_at, row.seen_at, row.ended_at) == (NOW, NOW + 6000 * MINUTE, None)


@pytest.mark.usefixtures("trouble")
def test_another_trouble_is_told_by_itself() -> None:
    alarm(NOW)
    Page.objects.update(dirty_since=NOW)
    assert alarm(NOW + 2 * MINUTE) == ["late", "failing_pages"]
    assert mails() == [("a@news.example", LOOK)] * 2
    assert "cannot be stored" not in Outbox.objects.order_by("pk")[1].body


@pytest.mark.usefixtures("trouble")
def test_the_end_of_a_trouble_is_told_once() -> None:
    alarm(NOW)
    mend()
    for minutes in range(1, 9):
        assert alarm(NOW + minutes * MINUTE) == []
    assert mails() == [("a@news.example", LOOK), ("a@news.example", OVER)]
    assert Outbox.objects.order_by("pk")[1].body.startswith("Over: Pages that cannot be stored: 1.")
    assert Trouble.objects.get().ended_at == NOW + 3 * MINUTE


@pytest.mark.usefixtures("trouble")
def test_what_comes_and_goes_is_one_trouble() -> None:
    for minutes in range(0, 20, 2):
        Page.objects.update(last_error="broken")
        alarm(NOW + minutes * MINUTE)
        mend()
        alarm(NOW + (minutes + 1) * MINUTE)
    assert len(mails()) == Trouble.objects.count() == 1


@pytest.mark.usefixtures("trouble")
def test_one_that_comes_back_later_is_told_anew() -> None:
    alarm(NOW)
    mend()
    alarm(NOW + 10 * MINUTE)
    Page.objects.update(last_error="broken")
    alarm(NOW + 20 * MINUTE)
    assert [subject for _to, subject in mails()] == [LOOK, OVER, LOOK]
    assert Trouble.objects.count() == 2


@pytest.mark.usefixtures("trouble")
def test_who_is_on_call_hears_of_it_too(settings: Any) -> None:
    settings.ALARM_MAIL = ["oncall@news.example", "a@news.example"]
    alarm(NOW)
    assert mails() == [("a@news.example", LOOK), ("oncall@news.example", LOOK)]


@pytest.mark.usefixtures("trouble")
def test_a_trouble_seen_by_a_clock_that_was_ahead_ends_by_the_right_one() -> None:
    alarm(NOW + timedelta(days=300))
    mend()
    alarm(NOW)
    assert Trouble.objects.filter(kind="failing_pages").get().ended_at == NOW


def test_a_mail_that_was_given_up_is_no_trouble_for_ever() -> None:
    """It is told for two days after its last term, and stays in the list of mails."""
    last = NOW + timedelta(hours=6)
    Outbox.objects.create(
        to="x@news.example", subject="s", body="b", made_at=NOW, attempts=16, last_error="refused", not_before=last
    )
    assert alarm(last) == ["failing_mails"]
    assert alarm(last + timedelta(days=1)) == ["failing_mails"]
    assert alarm(last + timedelta(days=2)) == []
    assert [subject for _to, subject in mails()][-1] == OVER
