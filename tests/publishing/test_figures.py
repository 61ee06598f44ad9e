"""Photos in the text behind what is published: who may see them, their pages, the record, erasure, search, relabels."""

import hashlib
import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db.models import ProtectedError

from articles.editions import reading_form
from articles.editions.content import Content, printed_columns
from articles.editions.hashed import is_as_issued
from articles.models import Article, Edition, Mention, Photo, PreviewToken, Release, Slot
from articles.pagemap import is_photo_shown, pages_of
from articles.photos.files import original_path, web_path
from articles.publishing import Refused, keep_version, publish, withdraw
from articles.publishing.checklist import CHECKS, Outgoing
from articles.publishing.photo_acts import delete
from articles.publishing.previews import photos_of
from articles.publishing.record import erase, verify
from articles.publishing.record.files import finish_erasures
from articles.publishing.record.pictures import pictures_of
from articles.search.index import readers_texts
from tests.builders import NOW, make_article, make_newsroom, make_user
from tests.figures import figure, photo

HOUR = timedelta(hours=1)
WORD = "quokkaberg"


@pytest.fixture
def editor(db: None, settings: object, tmp_path: Path) -> User:
    settings.MEDIA_ROOT, settings.PAGES_DIR = tmp_path / "media", tmp_path / "pages"  # type: ignore[attr-defined]
    make_newsroom()
    return make_user("Editor")


def story(body: str, slug: str = "dunes", **fields: str) -> Article:
    return make_article(slug, headline="A quiet day", summary="", body=body, authors=[], **fields)


def saved(editor: User, body: str, slug: str = "dunes") -> Article:
    article = story(body, slug)
    keep_version(article, by=editor, at=NOW)
    return article


def test_readers_see_a_photo_while_a_live_text_shows_it(editor: User) -> None:
    one, other = photo(), photo("blue")
    article = story(f"<p>a</p>{figure(other, one)}")
    assert not is_photo_shown(one.web, NOW)
    release = publish(article, by=editor, at=NOW)
    assert is_photo_shown(one.web, NOW) and not is_photo_shown(one.web, NOW - HOUR)
    assert {f"/media/{one.web}", f"/media/{other.web}"} <= pages_of(release, NOW)
    withdraw(article, by=make_user("Legal"), at=NOW + HOUR, note="By order.")
    assert not is_photo_shown(one.web, NOW + 2 * HOUR)


def test_a_photo_in_a_text_keeps_from_being_deleted(editor: User) -> None:
    one, printed = photo(), photo("blue")
    article = saved(editor, f"<p>a</p>{figure(one)}")
    with pytest.raises(ProtectedError):
        one.delete()
    publish(saved(editor, f"<p>a</p>{figure(printed)}", "printed"), by=editor, at=NOW)
    Article.objects.filter(slug="printed").update(body="<p>a</p>")
    Article.objects.get(slug="printed").photo_uses.all().delete()
    with pytest.raises(ProtectedError):
        printed.delete()
    for kept in (one, printed):
        with pytest.raises(Refused, match="in use"):
            delete(kept, at=NOW)
    article.body = "<p>a</p>"
    article.save()
    keep_version(article, by=editor, at=NOW)
    delete(one, at=NOW)
    assert list(Photo.objects.all()) == [printed]


def test_a_preview_link_opens_the_photos_of_its_text(editor: User) -> None:
    one = photo()
    article = saved(editor, f"<p>a</p>{figure(one)}")
    link = PreviewToken(article=article, made_at=NOW, expires_at=NOW + HOUR)
    assert one.pk in photos_of(link)
    link.version = article.versions.get()
    article.body = "<p>a</p>"
    assert one.pk in photos_of(link)


def test_the_list_before_publishing_names_photos_that_lack_something(editor: User) -> None:
    one, two = photo(caption_en="The pier"), photo("blue", alt_en="Boats", credit="Anna Tern")
    looked = Outgoing(story(f"<p>a</p>{figure(one, two)}"), NOW, None)  # type: ignore[arg-type]
    for name in ("alt", "credit"):
        (check,) = [one for one in CHECKS if one.key == name]
        (complaint,) = check.look(looked)
        assert complaint.field == "body" and "“The pier”" in complaint.text


def test_an_edition_without_photos_in_its_text_hashes_as_before(editor: User) -> None:
    """By the rule of before there were any: the SHA-256 of the columns that there were, and the marks."""
    edition = publish(story("<p>The GDL met.</p>"), by=editor, at=NOW).edition
    printed = {name: value for name, value in printed_columns(edition).items() if name != "figures"}
    topics, regions = (tuple(sorted(some.values_list("pk", flat=True))) for some in (edition.topics, edition.regions))
    columns = Content(edition.language, printed, edition.slug, edition.category_id, regions, topics).columns()
    data = json.dumps([columns, edition.marks], ensure_ascii=False, sort_keys=True)
    assert hashlib.sha256(data.encode()).hexdigest() == edition.content_hash


def test_the_record_holds_photos_of_the_text_and_what_is_said_of_them(editor: User) -> None:
    one = photo(caption_en="The GDL")
    release = publish(story(f"<p>a</p>{figure(one)}"), by=editor, at=NOW)
    assert verify() == []
    web_path(one).write_bytes(b"another")
    assert any(one.web in line and "was changed" in line for line in verify())
    edition = Edition.objects.get(pk=release.edition_id)
    edition.figures[0]["caption"] = "Nobody"
    assert not is_as_issued(edition, [], [])


def test_erasing_takes_photos_of_the_text_along_and_leaves_those_of_others(editor: User) -> None:
    own, shared, kept = photo(caption_en=WORD), photo("blue"), photo("green")
    article = saved(editor, f"<p>a</p>{figure(own, shared)}")
    publish(article, by=editor, at=NOW)
    publish(saved(editor, f"<p>a</p>{figure(shared)}", "other"), by=editor, at=NOW)
    Slot.objects.create(
        user=editor, client="c", sequence=1, fields={"body": f"<p>a</p>{figure(kept, own)}"}, saved_at=NOW
    )
    assert pictures_of(article) == {own.pk, shared.pk}
    Slot.objects.all().delete()
    withdraw(article, by=make_user("Legal"), at=NOW + HOUR, note="By order.")
    erase(article, by=make_user("Legal"), at=NOW + 2 * HOUR, reason="By order of the court.")
    finish_erasures()
    assert set(Photo.objects.values_list("pk", flat=True)) == {shared.pk, kept.pk}
    assert not web_path(own).exists() and not original_path(own).exists() and web_path(shared).exists()
    article.refresh_from_db()
    assert article.figure_texts == "" and not article.photo_uses.exists()
    assert not Edition.objects.filter(article=article).exclude(figures=[]).exists()


def test_a_photo_that_another_holds_typed_stays(editor: User) -> None:
    own = photo()
    article = saved(editor, f"<p>a</p>{figure(own)}")
    publish(article, by=editor, at=NOW)
    Slot.objects.create(user=editor, client="c", sequence=1, fields={"body": figure(photo("blue"), own)}, saved_at=NOW)
    withdraw(article, by=make_user("Legal"), at=NOW + HOUR, note="By order.")
    erase(article, by=make_user("Legal"), at=NOW + 2 * HOUR, reason="By order of the court.")
    assert Photo.objects.filter(pk=own.pk).exists()


def test_words_of_photos_are_found_and_named(editor: User) -> None:
    one = photo(caption_en=f"The GDL in {WORD}", alt_en="Twofold Bridge")
    release = publish(story(f"<p>a</p>{figure(one)}"), by=editor, at=NOW)
    assert WORD in " ".join(readers_texts(release.edition))
    fields = set(Mention.objects.filter(edition=release.edition).values_list("field", flat=True))
    assert fields == {"figure_caption_0", "figure_alt_0"}
    assert "GDL<sup" in reading_form(Release.objects.get())
