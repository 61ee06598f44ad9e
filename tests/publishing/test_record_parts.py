"""Whatever a line of the record speaks of must be there: release, edition, reading form, and the photo's file."""

import hashlib
import re

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test import Client

from articles.editions import reading_form, release_path
from articles.models import Article, Designation, Edition, Name, Organization, Photo, ReadingForm, Release
from articles.models.triggers import drop_triggers
from articles.photos.files import web_path
from articles.publishing import live_release, publish, retract, schedule, withdraw
from articles.publishing.record import NotShown, erase, shown, verify
from articles.publishing.relabel import apply_version, relabel_all, work_batches
from articles.registers import compile_version
from tests.builders import NOW, make_article, make_user
from tests.publishing.erasing import HOUR, make_photo

LATER = NOW + 3 * HOUR


def delete(table: str, key: str, value: object) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(f"DELETE FROM {table} WHERE {key} = %s", [value])


def why_not(article: Article) -> str:
    with pytest.raises(NotShown) as caught:
        shown(article, NOW + HOUR, now=LATER)
    return str(caught.value)


@pytest.mark.parametrize(
    ("table", "key", "column", "said"),
    [
        ("articles_readingform", "sha256", "form_id", "The reading form of release {release} is missing ({key})."),
        ("articles_edition", "id", "edition_id", "The edition of release {release} is missing ({key})."),
        ("articles_release", "id", "pk", "The release of line 1 is missing."),
    ],
)
def test_what_is_gone_is_named_and_never_taken_for_nothing(
    editor: User, table: str, key: str, column: str, said: str
) -> None:
    article = make_article()
    release = publish(article, by=editor, at=NOW)
    values = {"release": release.pk, "key": getattr(release, column)}
    drop_triggers(connection)
    with transaction.atomic():
        delete(table, key, values["key"])
        assert said.format(**values) in verify()
        assert f"(release {release.pk}): verify the record" in why_not(article)
        transaction.set_rollback(True)


def test_moved_release_is_not_taken_for_nothing(editor: User) -> None:
    article = make_article()
    release = publish(article, by=editor, at=NOW)
    drop_triggers(connection)
    Release.objects.filter(pk=release.pk).update(live_at=NOW + 2 * HOUR, ended_at=NOW + 2 * HOUR, ending="cancelled")
    assert f"(release {release.pk}): verify the record" in why_not(article)


def test_what_the_record_says_was_not_public_was_not(editor: User) -> None:
    article = make_article()
    schedule(article, by=editor, at=NOW, live_at=NOW + 2 * HOUR)
    assert "Nothing" in why_not(article)
    publish(article, by=editor, at=NOW + HOUR / 2)
    withdraw(article, by=make_user("Legal"), at=NOW + HOUR, note="By order.")
    assert "Nothing" in why_not(article)


# Photos


@pytest.fixture
def photo(editor: User) -> Photo:
    return make_photo(alt_en='A ferry > a boat" data-sha256="x', caption_en="A ferry.")


def hashes(form: str) -> list[str]:
    return re.findall(r' data-sha256="([0-9a-f]{64})"', form)


def digest(photo: Photo) -> str:
    return hashlib.sha256(web_path(photo).read_bytes()).hexdigest()


def test_hash_of_the_photo_file_stands_in_the_form(editor: User, photo: Photo, client: Client) -> None:
    article = make_article(lead_photo=photo)
    release = publish(article, by=editor, at=NOW)
    assert hashes(reading_form(release)) == [digest(photo)]
    assert release.edition.photo["sha256"] == digest(photo)
    again = retract(article, by=editor, at=NOW + HOUR, note="It was another ferry.")
    assert hashes(reading_form(again)) == [digest(photo)]
    assert verify() == []


def test_missing_and_changed_photo_files_are_found(editor: User, photo: Photo) -> None:
    publish(make_article(lead_photo=photo), by=editor, at=NOW)
    publish(make_article("again", lead_photo=photo), by=editor, at=NOW)
    file = web_path(photo)
    kept = file.read_bytes()
    file.write_bytes(kept + b"x")
    (said,) = verify()
    assert said.startswith(f"The photo file {photo.web}, which reading form ") and said.endswith(" shows, was changed.")
    file.unlink()
    (said,) = verify()
    assert said.endswith("is missing.")
    file.write_bytes(kept)
    assert verify() == []


def test_photos_of_withdrawn_articles_stand_and_of_erased_ones_are_rightly_gone(editor: User, photo: Photo) -> None:
    article = make_article(lead_photo=photo)
    publish(article, by=editor, at=NOW)
    legal = make_user("Legal")
    withdraw(article, by=legal, at=NOW + HOUR, note="By order.")
    assert verify() == []
    erase(article, by=legal, at=NOW + 2 * HOUR, reason="By order.")
    web_path(photo).unlink(missing_ok=True)  # as `finish_erasures` does when the transaction is committed
    assert verify() == []


def old_edition(article: Article, editor: User, monkeypatch: pytest.MonkeyPatch) -> Release:
    """Publish as editions were issued before their forms held the hash."""
    with monkeypatch.context() as patched:
        patched.setattr("articles.editions.content.web_digest", lambda name: "")
        release = publish(article, by=editor, at=NOW)
    assert hashes(reading_form(release)) == [] and "sha256" not in release.edition.photo
    return release


def test_old_forms_stand_as_they_are(editor: User, photo: Photo, monkeypatch: pytest.MonkeyPatch) -> None:
    release = old_edition(make_article(lead_photo=photo), editor, monkeypatch)
    relabel_all(by=None, at=LATER)
    while work_batches(lambda: LATER):
        pass
    assert Edition.objects.count() == 1, "nothing is printed anew for the hash alone"
    assert verify() == []
    assert ReadingForm.objects.get().pk == release.form_id
    web_path(photo).write_bytes(b"other")
    assert verify() == [], "no hash was recorded"
    web_path(photo).unlink()
    assert verify()[0].endswith("is missing.")


def test_old_edition_that_is_marked_anew_gets_the_hash(
    editor: User, photo: Photo, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = make_article(lead_photo=photo)
    old_edition(article, editor, monkeypatch)
    lamp = Organization.objects.get(key="northern-lamp")
    Name.objects.create(organization=lamp, text="Officers", language="en", strength="strong", position=9)
    Designation.objects.filter(organization=lamp).update(designated_from=None)
    apply_version(compile_version(LATER), by=None, at=LATER, reason="A list.")
    while work_batches(lambda: LATER):
        pass
    release = live_release(article, LATER)
    assert release is not None
    assert hashes(reading_form(release)) == [digest(photo)]
    assert verify() == []


def test_feeds_hold_no_hash_and_the_page_does(editor: User, photo: Photo, client: Client) -> None:
    from django.utils import timezone

    release = publish(make_article(lead_photo=photo), by=editor, at=timezone.now())
    feed = client.get("/en/feed.xml").content.decode()
    assert "/media/" in feed and digest(photo) not in feed
    page = client.get(release_path(release)).content.decode()
    assert f'data-sha256="{digest(photo)}"' in page
