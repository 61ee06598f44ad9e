"""Erasing a withdrawn article: its text is nowhere any more, the record is whole and says so."""

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError

from articles import pagestore, tasks
from articles.baking import run_now, tick
from articles.baking import verify as verify_pages
from articles.models import (
    Article,
    Correction,
    Edition,
    Page,
    PublicationRecord,
    ReadingForm,
    Release,
)
from articles.photos.files import original_path, web_path
from articles.publishing import keep_version, publish, withdraw
from articles.publishing.record import erase, erased, finish_erasures, verify
from articles.publishing.roles import staff_id
from articles.reader.pages import build
from tests.builders import NOW, make_article, make_user
from tests.publishing.erasing import HOUR, WORD, files_with, is_indexed, make_photo, places_of, withdrawn, written

REASON = "Order of the district court."
Capture = Callable[..., AbstractContextManager[object]]


@pytest.fixture
def folders(settings: object, tmp_path: Path) -> Path:
    settings.PAGES_DIR, settings.MEDIA_ROOT = tmp_path / "pages", tmp_path / "media"  # type: ignore[attr-defined]
    return tmp_path


@pytest.fixture
def legal(editor: User) -> User:
    return make_user("Legal")


def test_text_stood_in_many_places_and_stands_nowhere_after(
    editor: User, legal: User, folders: Path, django_capture_on_commit_callbacks: Capture
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        photo = make_photo(caption_en=f"Photo of {WORD}", credit=WORD)
        article = withdrawn(editor, photo)
    assert set(places_of(WORD)) >= {
        "articles_article",
        "articles_articleversion",
        "articles_batch",
        "articles_correction",
        "articles_edition",
        "articles_event",
        "articles_mentiondecision",
        "articles_outbox",
        "articles_passagenote",
        "articles_passagenoteanswer",
        "articles_photo",
        "articles_readingform",
        "articles_slot",
        "articles_unclearmention",
        "django_admin_log",
    }
    edition = Edition.objects.latest("pk")
    assert "articles_mention" in set(places_of("GDL")) and is_indexed(edition)
    assert original_path(photo).exists() and web_path(photo).exists()

    with django_capture_on_commit_callbacks(execute=True):
        erase(article, by=legal, at=NOW + 3 * HOUR, reason=REASON)

    left = set(places_of(WORD))
    assert left - {"articles_search_data"} == set(), left  # SQLite's index keeps words, of no text, until it is merged
    assert not is_indexed(edition)
    assert not edition.mentions.exists()
    assert files_with(folders, WORD) == []
    assert not original_path(photo).exists() and not web_path(photo).exists()
    assert verify() == []


def test_hash_dates_and_reason_stay(editor: User, legal: User, folders: Path) -> None:
    article = withdrawn(editor)
    before = list(Release.objects.order_by("pk").values_list("pk", "form_id", "live_at", "ended_at", "published_at"))
    hashes = list(Edition.objects.order_by("pk").values_list("content_hash", "register_version_id", "issued_at"))
    erasure = erase(article, by=legal, at=NOW + 3 * HOUR, reason=f"  {REASON} ")
    after = list(Release.objects.order_by("pk").values_list("pk", "form_id", "live_at", "ended_at", "published_at"))
    assert before == after
    assert hashes == list(
        Edition.objects.order_by("pk").values_list("content_hash", "register_version_id", "issued_at")
    )
    assert (erasure.reason, erasure.made_at, erasure.made_by) == (REASON, NOW + 3 * HOUR, staff_id(legal))
    assert erased() == [f"Article {article.pk} was erased on 2026-03-10: {REASON}"]
    assert list(Correction.objects.values_list("kind", "text", "made_at")) == [("correction", "", NOW + HOUR)]
    lines = PublicationRecord.objects.filter(act="erase").order_by("number")
    assert [line.release_id for line in lines] == [row[0] for row in before]
    assert set(lines.values_list("staff_code", flat=True)) == {staff_id(legal).code}


def test_address_goes_on_saying_that_the_article_is_gone(
    editor: User, legal: User, folders: Path, django_capture_on_commit_callbacks: Capture
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        article = withdrawn(editor)
        publish(make_article("other"), by=editor, at=NOW + HOUR)
    with django_capture_on_commit_callbacks(execute=True):
        erase(article, by=legal, at=NOW + 3 * HOUR, reason=REASON)
    at = NOW + 4 * HOUR
    assert build("/en/2026/03/10/dunes/", at).status == 410
    for path in ("/en/", "/en/feed.xml", "/en/corrections/", "/en/archive/2026/03/10/", "/sitemap.xml"):
        assert build(path, at).status == 200
    while tick(at)["dirty"]:
        at += timedelta(seconds=1)
    assert list(verify_pages(at)) == []
    assert pagestore.get("/en/2026/03/10/dunes/") is None
    assert not Page.objects.filter(article=article).exists()


def test_other_articles_are_not_touched(editor: User, legal: User, folders: Path) -> None:
    other = written(editor, "other", "wombatville")
    release = publish(other, by=editor, at=NOW)
    erase(withdrawn(editor), by=legal, at=NOW + 3 * HOUR, reason=REASON)
    assert "wombatville" in build("/en/2026/03/10/other/", NOW + 4 * HOUR).body.decode()
    assert "wombatville" in Edition.objects.get(pk=release.edition_id).body
    assert other.versions.exists() and release.edition.mentions.exists()
    assert is_indexed(release.edition)


@pytest.mark.parametrize("use", ["live", "earlier edition", "saved version"])
def test_photo_that_another_article_uses_stays(editor: User, legal: User, folders: Path, use: str) -> None:
    photo = make_photo(caption_en="Shared")
    other = make_article("other", lead_photo=photo)
    keep_version(other, by=editor, at=NOW)
    if use != "saved version":
        publish(other, by=editor, at=NOW)
    if use != "live":
        Article.objects.filter(pk=other.pk).update(lead_photo=None)
    article = withdrawn(editor, photo)
    erase(article, by=legal, at=NOW + 3 * HOUR, reason=REASON)
    finish_erasures()
    assert web_path(photo).exists() and original_path(photo).exists()
    article.refresh_from_db()
    assert article.lead_photo is None


def test_files_that_a_killed_process_has_left_are_removed_later(editor: User, legal: User, folders: Path) -> None:
    """Nothing runs at commit here: as if the process had died there."""
    photo = make_photo()
    erase(withdrawn(editor, photo), by=legal, at=NOW + 3 * HOUR, reason=REASON)
    assert web_path(photo).exists()
    assert finish_erasures() == 4
    assert not web_path(photo).exists()
    assert finish_erasures() == 0


def test_file_that_cannot_be_removed_keeps_no_other_and_stays_named(
    editor: User, legal: User, folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = make_photo()
    erase(withdrawn(editor, photo), by=legal, at=NOW + 3 * HOUR, reason=REASON)
    stuck = original_path(photo)
    unlink = Path.unlink

    def refuse(path: Path, missing_ok: bool = False) -> None:
        if path == stuck:
            raise PermissionError(13, "refused", str(path))
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", refuse)
    run = run_now("close_day", "2026-03-10", NOW + 12 * HOUR)
    assert not web_path(photo).exists() and stuck.exists()
    assert run.detail["record_heads"], "the day has its head all the same"
    assert (run.state, run.detail["erased_files"], run.detail["unremoved_files"]) == ("failed", 3, 1)
    assert "1 files of erased articles could not be removed." in run.last_error
    monkeypatch.undo()
    assert finish_erasures() == 1
    assert not stuck.exists()


@pytest.mark.django_db(transaction=True)
def test_erasure_whose_files_wait_for_a_busy_database_is_finished_by_the_worker(
    editor: User, legal: User, folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = make_photo()
    article = withdrawn(editor, photo)

    def busy() -> int:
        raise OperationalError("database is locked")

    monkeypatch.setattr(sys.modules[erase.__module__], "finish_erasures", busy)
    erase(article, by=legal, at=NOW + 3 * HOUR, reason=REASON)
    monkeypatch.undo()
    assert web_path(photo).exists()
    tasks.plan_runs()
    assert not web_path(photo).exists()


def test_reading_form_that_another_article_shows_stays(editor: User, legal: User, folders: Path) -> None:
    article, twin = make_article("one"), make_article("two")
    release, shared = (publish(each, by=editor, at=NOW) for each in (article, twin))
    assert release.form_id == shared.form_id
    withdraw(article, by=legal, at=NOW + HOUR, note="By order.")
    erase(article, by=legal, at=NOW + 2 * HOUR, reason=REASON)
    assert "Officers spoke" in build("/en/2026/03/10/two/", NOW + 3 * HOUR).body.decode()
    assert verify() == []
    withdraw(twin, by=legal, at=NOW + 4 * HOUR, note="By order.")
    erase(twin, by=legal, at=NOW + 5 * HOUR, reason=REASON)
    assert not ReadingForm.objects.get().body
    assert verify() == []


def test_same_words_published_by_another_article_later_are_shown(editor: User, legal: User, folders: Path) -> None:
    first = make_article("one")
    publish(first, by=editor, at=NOW)
    withdraw(first, by=legal, at=NOW + HOUR, note="By order.")
    erase(first, by=legal, at=NOW + 2 * HOUR, reason=REASON)
    publish(make_article("two", dated_at=NOW), by=editor, at=NOW + 3 * HOUR)
    assert ReadingForm.objects.count() == 1
    assert "Officers spoke" in build("/en/2026/03/10/two/", NOW + 3 * HOUR).body.decode()
    assert verify() == []
