"""What is published keeps the photo it was issued with; where a photo is used is known; rights that end are mailed."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User

from articles.models import Edition, Outbox, Page, Photo, PhotoFile, PhotoUse, Release
from articles.photos.files import web_file, web_path
from articles.photos.upload import add_photo
from articles.publishing import Refused, keep_version, publish, schedule, withdraw
from articles.publishing.photo_acts import delete, touch_pages_with, turn
from articles.publishing.photo_rights import BEFORE, tell_of_rights
from articles.publishing.photo_uses import where_used
from articles.reader.pages import build
from tests.builders import NOW, make_article, make_user
from tests.test_photos import picture

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def photo(settings: Any, tmp_path: Path) -> Photo:
    settings.MEDIA_ROOT = tmp_path
    return add_photo(picture(size=(300, 200)), alt_en="A pier", credit="Anna Tern", licence="CC BY 4.0")


def test_editions_go_on_with_the_file_that_they_were_issued_with(
    editor: User, photo: Photo, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    article = make_article("pier", lead_photo=photo)
    publish(article, by=editor, at=NOW)
    before, sum_before = photo.web, Edition.objects.get().photo["sha256"]
    with django_capture_on_commit_callbacks(execute=True):
        turn(photo, "left", at=NOW + HOUR)
    photo.refresh_from_db()
    assert photo.web != before and web_path(photo).is_file() and web_file(before).is_file()
    assert PhotoFile.objects.get().web == before
    page = build("/en/2026/03/10/pier/", NOW + HOUR).body.decode()
    assert f"/media/{before}" in page and photo.web not in page
    article.refresh_from_db()
    publish(article, by=editor, at=NOW + 2 * HOUR, reason="minor")
    page = build("/en/2026/03/10/pier/", NOW + 2 * HOUR).body.decode()
    assert f"/media/{photo.web}" in page and f"/media/{before}" not in page
    last = Edition.objects.order_by("number").last()
    assert last is not None and last.photo["sha256"] != sum_before
    assert (last.photo["width"], last.photo["height"]) == (200, 300)


def test_turning_that_meets_a_full_disk_leaves_all_as_it_was(photo: Photo, monkeypatch: pytest.MonkeyPatch) -> None:
    files = set(web_path(photo).parent.parent.rglob("*.*"))

    def full(path: Path, content: bytes) -> None:
        path.write_bytes(content[:9])
        if "web" in path.parts:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr("articles.publishing.photo_acts.keep", full)
    with pytest.raises(OSError, match="No space"):
        turn(photo, "left", at=NOW)
    assert set(web_path(photo).parent.parent.rglob("*.*")) == files
    assert Photo.objects.get().web == photo.web


def test_where_a_photo_is_used_is_told_by_state(editor: User, photo: Photo) -> None:
    figure = f'<p>Text</p><figure data-photo="{photo.pk}0 {photo.pk} 7"></figure>'
    draft = make_article("draft", body=figure)
    live, ahead, gone = (make_article(slug, lead_photo=photo) for slug in ("live", "ahead", "gone"))
    never = make_article("never", lead_photo=photo)
    for article in (draft, never):
        keep_version(article, by=editor, at=NOW)
    never.lead_photo = None
    never.save()
    keep_version(never, by=editor, at=NOW)
    for article in (live, gone):
        publish(article, by=editor, at=NOW)
    schedule(ahead, by=editor, at=NOW, live_at=NOW + DAY)
    withdraw(gone, by=make_user("Managing editor"), at=NOW + HOUR, note="By law.")
    gone.refresh_from_db()
    gone.lead_photo = None
    gone.save()
    found = {one.article.slug: one for one in where_used(photo, NOW + HOUR)}
    assert list(found)[:2] == ["live", "ahead"] and found.keys() == {"live", "ahead", "gone", "draft"}
    assert (found["live"].is_live, found["live"].editions, found["live"].in_copy) == (True, (1,), True)
    assert (found["ahead"].is_live, found["ahead"].is_ahead) == (False, True)
    assert (found["gone"].is_live, found["gone"].in_copy, found["gone"].editions) == (False, False, (1,))
    assert (found["draft"].in_copy, found["draft"].editions) == (True, ())
    assert PhotoUse.objects.count() == 5
    with pytest.raises(Refused, match="in use"):
        delete(photo, at=NOW)


def test_licence_is_printed_beside_the_credit(editor: User, photo: Photo) -> None:
    publish(make_article("pier", lead_photo=photo), by=editor, at=NOW)
    page = build("/en/2026/03/10/pier/", NOW).body.decode()
    assert '<span class="credit">Anna Tern</span> <span class="licence">CC BY 4.0</span>' in page
    Photo.objects.update(licence="")
    publish(make_article("quay", lead_photo=Photo.objects.get()), by=editor, at=NOW)
    assert "licence" not in Edition.objects.get(slug="quay").photo, "what prints no licence is issued as before"


def test_desk_is_mailed_once_before_rights_end(editor: User, photo: Photo) -> None:
    User.objects.filter(pk=editor.pk).update(email="editor@outlet.invalid")
    unused = add_photo(picture(), rights_until=NOW + DAY)
    Photo.objects.filter(pk=photo.pk).update(rights_until=NOW + BEFORE + HOUR)
    make_article("pier", headline="The pier", lead_photo=photo)
    assert tell_of_rights(NOW) == 0 and not Outbox.objects.exists()
    assert tell_of_rights(NOW + HOUR) == 1
    assert tell_of_rights(NOW + 2 * HOUR) == 0
    [mail] = Outbox.objects.all()
    assert mail.to == "editor@outlet.invalid"
    assert "The pier" in mail.body and f"/admin/articles/photo/{photo.pk}/change/" in mail.body
    assert "A pier" in mail.body
    make_article("sea", lead_photo=unused)
    assert tell_of_rights(NOW + 3 * HOUR) == 1, "used in the meantime"
    assert tell_of_rights(NOW + 2 * DAY) == 0


def test_pages_that_show_the_photo_are_touched_and_no_others(editor: User, photo: Photo) -> None:
    publish(make_article("pier", lead_photo=photo), by=editor, at=NOW)
    publish(make_article("plain"), by=editor, at=NOW + HOUR)
    Page.objects.all().delete()
    touch_pages_with(photo, NOW + HOUR)
    touched = set(Page.objects.exclude(dirty_since=None).values_list("path", flat=True))
    assert {"/en/2026/03/10/pier/", f"/media/{photo.web}", "/en/", "/en/news/"} <= touched
    assert "/en/2026/03/10/plain/" not in touched or b"/10/pier/" in build("/en/2026/03/10/plain/", NOW + HOUR).body
    assert not any(path.startswith("/ru/") for path in touched)
    assert Release.objects.count() == 2
