"""A clock that was ahead and is put right: what it has stored with moments still to come holds nothing up until then,
and is shown in its time without a hand."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.admin import site
from django.contrib.auth.models import User
from django.utils import timezone

from articles import pagestore
from articles.baking import announce_and_beat, bake_dirty, verify
from articles.models import DayHead, Name, Organization, Page, PreviewToken, PublicationRecord, RegisterVersion
from articles.pagemap import article_path
from articles.publishing import live_release, make_link, publish, record, withdraw
from articles.publishing.previews import note_use, open_link
from articles.publishing.record import keep_heads
from articles.publishing.relabel import apply_version
from articles.registers import compile_version, current_version, refresh_version
from tests.builders import NOW, make_article, make_user

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
AHEAD, LATER = NOW + DAY, NOW + HOUR
PRINTED = ("/en/corrections/", "/ru/corrections/", "/en/corrections/feed.xml", "/ru/corrections/feed.xml")

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> Path:
    settings.PAGES_DIR = tmp_path / "pages"
    return tmp_path / "pages"


def tick_at(at: datetime) -> None:
    announce_and_beat(at)
    bake_dirty(at)


def differing(at: datetime) -> list[str]:
    """Return what is stored and should not be so; what nobody has stored yet is none of it."""
    return [str(one) for one in verify(at) if one.problem != "missing"]


def standing(version: RegisterVersion) -> str:
    version.refresh_from_db()
    return site._registry[RegisterVersion].standing(version)[0]  # type: ignore[attr-defined]


def days() -> list[tuple[date, int]]:
    return list(DayHead.objects.order_by("date").values_list("date", "number"))


def test_pages_print_a_head_when_the_moment_comes_at_which_it_was_kept(editor: User) -> None:
    publish(make_article(), by=editor, at=NOW)
    [head] = keep_heads(AHEAD)
    tick_at(LATER)
    changes = Page.objects.filter(path__in=PRINTED).values_list("next_change_at", flat=True)
    assert list(changes) == [AHEAD] * 4
    assert not any(head.hash.encode() in (pagestore.get(path) or b"") for path in PRINTED)
    tick_at(AHEAD)
    assert all(head.hash.encode() in (pagestore.get(path) or b"") for path in PRINTED)
    assert differing(AHEAD) == []


def test_days_go_on_having_heads_though_one_of_a_day_to_come_has_one(editor: User) -> None:
    publish(make_article("one"), by=editor, at=NOW - DAY)
    keep_heads(NOW)
    publish(make_article("two"), by=editor, at=NOW)
    keep_heads(NOW + 400 * DAY)  # that of the 10th, and kept a year too early for all that follow
    publish(make_article("ahead"), by=editor, at=NOW + 400 * DAY)
    keep_heads(NOW + 402 * DAY)
    publish(make_article("three"), by=editor, at=NOW + DAY)
    keep_heads(NOW + 2 * DAY)
    assert dict(days())[date(2026, 3, 11)] == PublicationRecord.objects.count()
    before = days()
    assert keep_heads(NOW + 2 * DAY + HOUR) == []
    for number in range(3, 6):
        keep_heads(NOW + number * DAY)
    keep_heads(NOW + 403 * DAY)
    assert set(before) <= set(days()), "none has moved"
    assert record.verify() == []


def test_two_heads_of_one_line_are_both_held_against_it(editor: User) -> None:
    publish(make_article(), by=editor, at=NOW - DAY)
    keep_heads(NOW)
    publish(make_article("two"), by=editor, at=NOW)
    keep_heads(NOW + 400 * DAY)
    keep_heads(NOW + 2 * DAY)
    assert [number for _day, number in days()][1:] == [2, 2]
    assert record.verify() == []
    DayHead.objects.create(date=date(2026, 4, 1), number=2, hash="0" * 64, kept_at=NOW)
    assert record.verify() == ["The head of 2026-04-01 is not line 2: the record was rewritten."]


def test_registers_applied_by_the_right_clock_follow_those_of_a_moment_to_come(editor: User) -> None:
    publish(make_article(), by=editor, at=NOW)
    lamp = Organization.objects.get(key="northern-lamp")
    Name.objects.create(organization=lamp, text="Officers", language="en", strength="strong", position=9)
    wrong = compile_version(AHEAD)
    apply_version(wrong, by=None, at=AHEAD, reason="A list.")
    Name.objects.filter(text="Officers").delete()
    right = compile_version(LATER)
    apply_version(right, by=None, at=LATER, reason="A mistake.")
    assert current_version() == right and standing(wrong) == "earlier" and standing(right) == "now"
    Name.objects.create(organization=lamp, text="Officers", language="en", strength="strong", position=9)
    RegisterVersion.objects.filter(pk=right.pk).update(applied_at=AHEAD)
    assert refresh_version(LATER + HOUR) == current_version() != right


def test_published_where_the_clock_was_ahead_and_no_worker_shared_it(editor: User) -> None:
    announce_and_beat(NOW)
    article = make_article()
    release = publish(article, by=editor, at=AHEAD)
    path = article_path("en", release.published_date, release.edition.slug)
    tick_at(LATER)
    release.refresh_from_db()
    assert release.announced_at is None
    generations = dict(Page.objects.values_list("path", "generation"))
    tick_at(LATER + timedelta(seconds=1))
    assert generations == dict(Page.objects.values_list("path", "generation")), "once is enough"
    tick_at(AHEAD + timedelta(seconds=1))
    assert b"cells found in the harbour" in (pagestore.get(path) or b"")
    assert b"cells found in the harbour" in (pagestore.get("/en/") or b"")
    assert differing(AHEAD + timedelta(seconds=1)) == []


def test_withdrawn_where_the_clock_was_ahead_and_no_worker_shared_it(editor: User) -> None:
    announce_and_beat(NOW)
    article = make_article()
    publish(article, by=editor, at=NOW)
    withdraw(article, by=make_user("Legal"), at=AHEAD, note="By order.")
    tick_at(LATER)
    assert live_release(article, LATER) is None


def test_links_made_where_the_clock_was_ahead(editor: User) -> None:
    article = make_article()
    made = make_link(article, by=editor, at=AHEAD)
    PreviewToken.objects.update(last_used_at=AHEAD)
    tick_at(LATER)
    link = PreviewToken.objects.get()
    assert (link.made_at, link.expires_at, link.last_used_at) == (LATER, LATER + 7 * DAY, LATER)
    found = open_link(made.token, LATER + HOUR)
    assert found is not None
    note_use(found, LATER + HOUR)
    link.refresh_from_db()
    assert link.last_used_at == LATER + HOUR
    assert timezone.is_aware(link.made_at)
