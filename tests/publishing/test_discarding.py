"""A draft is erased before the bin is emptied: at once, by two where the settings say so, or goes there by its age."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied

from articles.baking.jobs import close_periods
from articles.models import Article, Event, LeftFile, Photo, Site, Slot
from articles.photos.files import original_path, web_path
from articles.publishing import (
    Refused,
    ask_erasure,
    bin_old_drafts,
    empty_bin,
    erase_draft,
    keep_version,
    may_ask_erasure,
    may_erase_draft,
    publish,
    put_in_bin,
    schedule,
    take_from_bin,
)
from articles.publishing.freezing import freeze
from articles.publishing.record import files
from articles.publishing.roles import staff_id
from tests.builders import NOW, make_article, make_user
from tests.publishing.erasing import WORD, files_with, leave_traces, make_photo, places_of, written

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def media(settings: object, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    return tmp_path


def in_bin(editor: User, slug: str = "dunes", photo: Photo | None = None) -> Article:
    """Return a draft in the bin of which there is something everywhere."""
    article = written(editor, slug, photo=photo)
    leave_traces(article, editor)
    put_in_bin(article, by=editor, at=NOW)
    return Article.objects.get(pk=article.pk)


def test_erased_at_once_it_stands_nowhere_and_the_event_says_only_that(
    editor: User, media: Path, django_capture_on_commit_callbacks: object
) -> None:
    photo = make_photo(alt_en=f"Alt {WORD}", credit="Anna Tern")
    paths = original_path(photo), web_path(photo)
    article = in_bin(editor, photo=photo)
    pk = article.pk
    assert {"articles_article", "articles_articleversion", "articles_slot", "articles_photo"} <= set(places_of(WORD))
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        erase_draft(article, by=editor, at=NOW)
    assert list(places_of(WORD)) == [] and files_with(media, WORD) == []
    assert not any(path.exists() for path in paths) and not LeftFile.objects.exists()
    event = Event.objects.get(kind="draft erased")
    assert (event.detail, event.article, event.staff) == ({"number": pk}, None, staff_id(editor))


def test_a_photo_that_stands_elsewhere_stays(editor: User) -> None:
    photo = make_photo()
    other = make_article("other", lead_photo=photo)
    article = in_bin(editor, photo=photo)
    erase_draft(article, by=editor, at=NOW)
    assert Photo.objects.filter(pk=photo.pk).exists() and other.lead_photo == photo


def test_the_bin_that_is_emptied_takes_the_photos_along_and_a_worker_removes_what_was_left(
    editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = make_photo()
    paths = original_path(photo), web_path(photo)
    in_bin(editor, photo=photo)
    assert empty_bin(NOW + 31 * DAY) == 1
    assert not Photo.objects.exists() and all(path.exists() for path in paths), "not committed yet"
    assert files.unremoved() == LeftFile.objects.count() > 0
    assert files.finish_erasures() > 0
    assert not any(path.exists() for path in paths) and files.unremoved() == 0


def test_only_from_the_bin_and_by_who_may_write_it(editor: User) -> None:
    with pytest.raises(Refused, match="not in the bin"):
        erase_draft(make_article("out"), by=editor, at=NOW)
    article = in_bin(editor)
    for role in ("Reporter", "Legal", "Administrator"):
        with pytest.raises(PermissionDenied):
            erase_draft(article, by=make_user(role), at=NOW)
    freeze(by=make_user("Managing editor"), at=NOW, scope="everything", reason="A stolen laptop.")
    with pytest.raises(Refused, match="freeze"):
        erase_draft(article, by=editor, at=NOW)
    assert Article.objects.filter(pk=article.pk).exists()


def test_two_people_where_the_settings_say_so(editor: User) -> None:
    Site.objects.update(erase_by_two=True)
    article, second, reporter = in_bin(editor), make_user("Managing editor"), make_user("Reporter")
    Article.objects.filter(pk=article.pk).update(created_by=staff_id(reporter))
    article.refresh_from_db()
    with pytest.raises(Refused, match="Two people"):
        erase_draft(article, by=second, at=NOW)
    assert may_ask_erasure(article, reporter) and not may_erase_draft(article, second)
    ask_erasure(article, by=editor, at=NOW)
    article.refresh_from_db()
    for one in (editor, reporter):  # who asked, and who is no editor
        assert not may_erase_draft(article, one)
        with pytest.raises(Refused, match="Two people"):
            erase_draft(article, by=one, at=NOW)
    with pytest.raises(Refused, match="asked already"):
        ask_erasure(article, by=second, at=NOW)
    assert may_erase_draft(article, second)
    erase_draft(article, by=second, at=NOW)
    assert not Article.objects.exists()
    assert set(Event.objects.values_list("kind", flat=True)) == {"draft erased"}, (
        "what hung on the article went with it"
    )


def test_out_of_the_bin_nothing_is_asked_any_more(editor: User) -> None:
    Site.objects.update(erase_by_two=True)
    article = in_bin(editor)
    ask_erasure(article, by=editor, at=NOW)
    take_from_bin(article, by=editor, at=NOW)
    put_in_bin(article, by=editor, at=NOW)
    with pytest.raises(Refused, match="Two people"):
        erase_draft(article, by=make_user("Managing editor"), at=NOW)


def test_by_age_only_where_it_is_set_and_only_what_nobody_has_touched(editor: User) -> None:
    old, touched, typed, public, ahead = (make_article(slug) for slug in ("old", "touched", "typed", "public", "ahead"))
    keep_version(old, by=editor, at=NOW)
    publish(public, by=editor, at=NOW)
    schedule(ahead, by=editor, at=NOW, live_at=NOW + DAY)
    Slot.objects.create(user=editor, article=typed, client="c", sequence=1, fields={}, saved_at=NOW + 99 * DAY)
    Article.objects.exclude(pk=touched.pk).update(updated_at=NOW)
    Article.objects.filter(pk=touched.pk).update(updated_at=NOW + 99 * DAY)
    assert bin_old_drafts(NOW + 1000 * DAY) == 0, "off unless it is set"
    Site.objects.update(draft_days=100)
    assert bin_old_drafts(NOW + 100 * DAY - timedelta(seconds=1)) == 0
    assert bin_old_drafts(NOW + 100 * DAY) == 1
    assert list(Article.objects.filter(binned_at=NOW + 100 * DAY)) == [old]
    assert Event.objects.filter(kind="binned by age").values_list("article", "staff", "detail").get() == (
        old.pk,
        None,
        {},
    )
    take_from_bin(old, by=editor, at=NOW + 101 * DAY)


def test_a_translation_goes_before_its_original(editor: User) -> None:
    article = make_article()
    make_article("dunes-ru", language="ru", origin_article=article)
    Article.objects.update(updated_at=NOW)
    Site.objects.update(draft_days=1)
    assert bin_old_drafts(NOW + DAY) == 2
    assert empty_bin(NOW + 60 * DAY) == 2


def test_the_nightly_job_does_it_and_says_how_many(editor: User) -> None:
    make_article()
    Article.objects.update(updated_at=NOW - 10 * DAY)
    Site.objects.update(draft_days=5, bin_days=5)
    done = close_periods(NOW)
    assert any(run.detail.get("binned") == 1 for run in done)
    assert Article.objects.exclude(binned_at=None).count() == 1
