"""Administrators are told once of a trouble, once more when it lasts, and when it is over."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Group, User

from articles.models import Outbox, Page
from articles.notices import raise_alarm
from articles.pagemap import touch

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ATTENTION = "Newsroom: the jobs need attention"


@pytest.fixture(autouse=True)
def administrator(db: None) -> None:
    Group.objects.get_or_create(name="Administrator")
    for name, role in (("a", "Administrator"), ("b", "Administrator"), ("e", "Editor")):
        user = User.objects.create(username=name, email=f"{name}@news.example", is_active=name != "b")
        user.groups.add(Group.objects.get_or_create(name=role)[0])


@pytest.fixture
def trouble() -> None:
    touch(["/en/"], NOW)
    Page.objects.update(last_error="broken", attempts=1)


def mails() -> list[tuple[str, str]]:
    return [(mail.to, mail.subject) for mail in Outbox.objects.order_by("pk")]


def test_nothing_is_told_while_all_is_well() -> None:
    assert raise_alarm(NOW) == []
    assert mails() == []


@pytest.mark.usefixtures("trouble")
def test_a_trouble_is_told_once() -> None:
    assert raise_alarm(NOW) == ["Pages that cannot be stored: 1."]
    raise_alarm(NOW + timedelta(seconds=30))

    assert mails() == [("a@news.example", f"{ATTENTION} / Редакция: задания требуют внимания")]
    english, russian = Outbox.objects.get().body.split("* * *")
    assert english.strip() == "Pages that cannot be stored: 1."
    assert russian.strip() == "Страницы, которые не удаётся сохранить: 1."


@pytest.mark.usefixtures("trouble")
def test_a_trouble_that_changes_or_lasts_is_told_again() -> None:
    raise_alarm(NOW)
    raise_alarm(NOW + 2 * MINUTE)  # the page has become late as well
    raise_alarm(NOW + 3 * MINUTE)
    assert len(mails()) == 2

    raise_alarm(NOW + timedelta(hours=7))
    assert len(mails()) == 3


@pytest.mark.usefixtures("trouble")
def test_the_end_of_a_trouble_is_told_once() -> None:
    raise_alarm(NOW)
    Page.objects.update(last_error="", dirty_since=None)
    raise_alarm(NOW + MINUTE)
    raise_alarm(NOW + 2 * MINUTE)

    [again] = [subject for _to, subject in mails()][1:]
    assert again.startswith("Newsroom: the jobs are well again / ")


def test_a_mail_that_was_given_up_is_no_trouble_for_ever() -> None:
    """It is told for two days after its last term, and stays in the list of mails."""
    last = NOW + timedelta(hours=6)
    Outbox.objects.create(
        to="x@news.example", subject="s", body="b", made_at=NOW, attempts=16, last_error="refused", not_before=last
    )
    assert raise_alarm(last) == ["Mails that cannot be sent: 1."]
    assert raise_alarm(last + timedelta(days=1)) == ["Mails that cannot be sent: 1."]
    assert raise_alarm(last + timedelta(days=2)) == []
    assert [subject for _to, subject in mails()][-1].startswith("Newsroom: the jobs are well again")
