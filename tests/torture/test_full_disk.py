"""No space left on the disk of the page store: readers are served, the alarm is raised, and all heals by itself."""

import errno
import os
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client

from articles import pagestore
from articles.baking import bake_dirty, pulse, tick, verify
from articles.models import Article, Page
from articles.notices import raise_alarm
from articles.publishing import publish, withdraw
from tests.builders import NOW, make_article, make_newsroom, make_user

from .conftest import Disk

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESS = "/en/2026/03/10/dunes/"
LATER = NOW + timedelta(minutes=10)


@pytest.fixture
def editor(disk: Disk, settings: object) -> User:
    """A newsroom with one stored article, all of whose pages are stored and compressed."""
    settings.PAGES_DIR = disk.folder / "pages"  # type: ignore[attr-defined]
    make_newsroom()
    user = make_user("Managing editor")
    publish(make_article(), by=user, at=NOW)
    at = NOW
    while tick(at)["dirty"] or Page.objects.filter(stored_at__isnull=False, compressed_at=None).exists():
        at += timedelta(seconds=1)
    assert list(verify(at)) == []
    return user


def files() -> dict[str, bytes | None]:
    return {path: pagestore.get(path) for path in pagestore.stored_paths()}


def heal(disk: Disk) -> None:
    disk.clear()
    at = LATER
    for _ in range(20):
        at += timedelta(minutes=6)  # past the longest delay of a page that has failed
        if not tick(at)["dirty"]:
            break
    assert list(verify(at)) == []
    assert not Page.objects.exclude(last_error="").exists()
    assert list((disk.folder / "pages" / pagestore.ASIDE).iterdir()) == []
    assert pulse(at).failing_pages == 0


def test_old_pages_stay_whole_and_the_alarm_is_raised(editor: User, disk: Disk, client: Client) -> None:

    before = files()
    disk.fill()
    article = Article.objects.get()
    article.headline = "Another headline of the GDL"
    article.save()
    publish(article, by=editor, at=LATER)
    disk.fill()  # the article's own page has left a little room
    tick(LATER)

    failed = Page.objects.exclude(last_error="")
    assert failed.exists() and all("No space left" in page.last_error for page in failed)
    assert all(page.dirty_since for page in failed)
    after = files()
    assert ADDRESS not in after, "the act has dropped the article's page"
    assert {path: before[path] for path in after} == after, "what stands there is whole, and what it was"
    assert pulse(LATER).failing_pages == failed.count()
    assert any("cannot be stored" in one.says for one in raise_alarm(LATER))
    assert list((disk.folder / "pages" / pagestore.ASIDE).iterdir()) == []

    heal(disk)
    assert b"Another headline" in (pagestore.get(ADDRESS) or b"")


def test_a_withdrawal_needs_no_space(editor: User, disk: Disk) -> None:

    disk.fill()
    withdraw(Article.objects.get(), by=editor, at=LATER, note="By law.")

    assert not any(b"dunes" in (body or b"") for body in files().values())
    heal(disk)
    assert not any(b"dunes" in (body or b"") for body in files().values())


def test_an_act_is_done_though_its_page_cannot_be_dropped_and_the_page_follows(
    editor: User, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that has gone read-only: the act stands in the database, and what follows it is done, too."""
    followed: list[str] = []

    def refuse(file: str) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), file)

    with monkeypatch.context() as patch:
        patch.setattr(pagestore, "discard", refuse)
        with transaction.atomic():
            withdraw(Article.objects.get(), by=editor, at=LATER, note="By law.")
            transaction.on_commit(lambda: followed.append("what else follows"))
    assert followed and pagestore.get(ADDRESS), "nothing can take it away"
    assert Page.objects.filter(path=ADDRESS, dirty_since__isnull=False).exists()
    disk.fill()  # `heal` frees it
    heal(disk)
    assert pagestore.get(ADDRESS) is None


def test_pages_that_do_not_change_are_left_in_peace(editor: User, disk: Disk) -> None:
    before = files()
    disk.fill()
    Page.objects.update(dirty_since=LATER)

    outcomes = bake_dirty(LATER)

    assert outcomes["unchanged"] and set(outcomes) <= {"unchanged", "absent"}
    assert files() == before
