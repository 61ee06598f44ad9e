"""Publish, schedule, cancel: who sees what when."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied

from articles.editions import reading_form
from articles.models import Address, Article, Correction, Count, Page, PublicationRecord, Release
from articles.publishing import Refused, announce_due, approve, cancel, live_release, publish, schedule, status
from articles.publishing.record import verify
from tests.builders import NOW, make_article, make_user

HOUR = timedelta(hours=1)


def test_published_article_is_live_marked_counted_and_recorded(editor: User) -> None:
    article = make_article()
    release = publish(article, by=editor, at=NOW)
    assert live_release(article, NOW) == release
    assert live_release(article, NOW - HOUR) is None
    assert {mark["field"] for mark in release.edition.marks} == {"headline", "summary", "body"}
    assert "The organization is listed as terrorist." in reading_form(release)
    assert Count.objects.get(rubric="", language="en", date=release.published_date).number == 1
    assert Count.objects.get(rubric="category:politics").number == 1
    assert PublicationRecord.objects.get().form_sha256 == release.form_id
    assert verify() == []
    assert Page.objects.dirty(NOW).filter(path="/en/2026/03/10/dunes/").exists()


def test_scheduled_article_is_live_at_its_time_without_a_job(editor: User) -> None:
    article = make_article()
    release = schedule(article, by=editor, at=NOW, live_at=NOW + HOUR)
    assert status(article, NOW) == "scheduled"
    assert live_release(article, NOW + HOUR - timedelta(microseconds=1)) is None
    assert live_release(article, NOW + HOUR) == release
    assert release.published_at == NOW + HOUR
    assert not Count.objects.filter(number__gt=0).exists()
    assert announce_due(NOW) == 0
    assert announce_due(NOW + HOUR) == 1
    assert announce_due(NOW + HOUR) == 0
    assert Count.objects.get(rubric="", language="en").number == 1


def test_rescheduling_earlier_or_later_replaces_the_schedule(editor: User) -> None:
    article = make_article()
    schedule(article, by=editor, at=NOW, live_at=NOW + 2 * HOUR)
    schedule(article, by=editor, at=NOW, live_at=NOW + HOUR)
    later = schedule(article, by=editor, at=NOW, live_at=NOW + 3 * HOUR)
    assert [live_release(article, NOW + n * HOUR) for n in (1, 2, 3)] == [None, None, later]
    assert later.published_at == NOW + 3 * HOUR
    assert verify() == []


def test_publishing_by_hand_while_scheduled_ends_the_schedule(editor: User) -> None:
    article = make_article()
    schedule(article, by=editor, at=NOW, live_at=NOW + HOUR)
    now = publish(article, by=editor, at=NOW)
    assert live_release(article, NOW) == now
    assert live_release(article, NOW + 2 * HOUR) == now
    assert verify() == []


def test_cancelled_schedule_of_a_change_leaves_what_readers_see(editor: User) -> None:
    article = make_article()
    first = publish(article, by=editor, at=NOW)
    article.headline = "Another headline"
    article.save()
    schedule(article, by=editor, at=NOW + HOUR, live_at=NOW + 3 * HOUR, reason="update", note="More facts.")
    assert live_release(article, NOW + 2 * HOUR) == first
    cancel(article, by=editor, at=NOW + 2 * HOUR)
    assert live_release(article, NOW + 4 * HOUR) == first
    assert not Correction.objects.exists()
    assert verify() == []


def test_cancelled_first_schedule_frees_its_address(editor: User) -> None:
    article = make_article()
    schedule(article, by=editor, at=NOW, live_at=NOW + HOUR)
    cancel(article, by=editor, at=NOW)
    assert not Address.objects.exists()
    assert status(article, NOW + 2 * HOUR) == "approved"
    with pytest.raises(Refused):
        cancel(article, by=editor, at=NOW)


def test_corrected_article_keeps_its_date_and_says_what_was_put_right(editor: User) -> None:
    article = make_article()
    publish(article, by=editor, at=NOW)
    with pytest.raises(Refused) as refused:
        publish(article, by=editor, at=NOW + HOUR, reason="correction")
    assert refused.value.field == "note"
    release = publish(article, by=editor, at=NOW + HOUR, reason="correction", note="The GDL has six cells.")
    assert (release.published_at, release.edition.modified_at) == (NOW, NOW + HOUR)
    assert Correction.objects.get().edition == release.edition
    form = reading_form(release)
    assert "has six cells" in form
    assert [mark["field"] for mark in release.edition.marks if mark["field"] == "correction_0"]
    assert Count.objects.get(rubric="", language="en").number == 1


def test_minor_edit_says_nothing_of_a_change(editor: User) -> None:
    article = make_article()
    publish(article, by=editor, at=NOW)
    release = publish(article, by=editor, at=NOW + HOUR)
    assert (release.edition.reason, release.edition.modified_at) == ("minor", None)


def test_dated_article_is_filed_under_its_date_in_the_newsrooms_zone(editor: User) -> None:
    article = make_article(dated_at=NOW.replace(hour=21, minute=30) - timedelta(days=31))
    release = publish(article, by=editor, at=NOW)
    assert release.published_date.isoformat() == "2026-02-08"
    assert Address.objects.get().date == release.published_date


def test_changed_slug_keeps_the_old_address_for_a_redirect(editor: User) -> None:
    article = make_article()
    publish(article, by=editor, at=NOW)
    article.slug = "moved"
    article.save()
    publish(article, by=editor, at=NOW + HOUR)
    assert set(Address.objects.values_list("slug", "current")) == {("dunes", False), ("moved", True)}


@pytest.mark.parametrize(
    ("fields", "live_in", "field"),
    [
        ({"headline": "  "}, 1, "headline"),
        ({"body": "<p> </p>"}, 1, "body"),
        ({"embargo_until": NOW + 2 * HOUR}, 1, "live_at"),
        ({}, -1, "live_at"),
        ({"dated_at": NOW + 5 * HOUR}, 1, "dated_at"),
    ],
)
def test_refused_with_the_field_named(editor: User, fields: dict[str, object], live_in: int, field: str) -> None:
    article = make_article(**fields)
    with pytest.raises(Refused) as refused:
        schedule(article, by=editor, at=NOW, live_at=NOW + live_in * HOUR)
    assert refused.value.field == field
    assert not Release.objects.exists()
    assert not PublicationRecord.objects.exists()


def test_slug_of_another_article_of_the_day_is_refused(editor: User) -> None:
    publish(make_article(), by=editor, at=NOW)
    with pytest.raises(Refused) as refused:
        publish(make_article(), by=editor, at=NOW)
    assert refused.value.field == "slug"


@pytest.mark.parametrize("role", ["Reporter", "Legal", "Administrator"])
def test_roles_without_publishing_are_refused(newsroom: None, role: str) -> None:
    article = make_article()
    with pytest.raises(PermissionDenied):
        publish(article, by=make_user(role), at=NOW)
    with pytest.raises(PermissionDenied):
        schedule(article, by=make_user(role), at=NOW, live_at=NOW + HOUR)
    if role != "Legal":
        with pytest.raises(PermissionDenied):
            approve(article, by=make_user(role), at=NOW)
    assert Article.objects.get().state == "draft"


def test_typed_marks_are_not_doubled_and_stay_in_the_working_copy(editor: User) -> None:
    article = make_article(headline="GDL* cells found")
    release = publish(article, by=editor, at=NOW)
    assert release.edition.headline == "GDL cells found"
    assert Article.objects.get().headline == "GDL* cells found"


def test_one_poison_release_delays_no_other(editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    articles = [make_article(f"story-{number}") for number in range(4)]
    for article in articles:
        schedule(article, by=editor, at=NOW, live_at=NOW + HOUR)
    poison = articles[1].pk
    from articles.publishing import announce as module

    real = module.announce

    def fail(releases: list[Release], at: datetime) -> list[Release]:
        if poison in {release.article_id for release in releases}:
            raise RuntimeError("poison")
        return real(releases, at)

    monkeypatch.setattr(module, "announce", fail)
    assert announce_due(NOW + HOUR) == 3
    sick = Release.objects.get(article=poison)
    assert "poison" in sick.last_error
    assert sick.not_before is not None
    assert sick.not_before > NOW + HOUR
    monkeypatch.undo()
    assert announce_due(NOW + 3 * HOUR) == 1
    assert Count.objects.get(rubric="", language="en").number == 4
