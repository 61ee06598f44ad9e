"""Rights to a photo that end: at that very moment no page, feed or file shows it any more; its words stay."""

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from PIL import Image
from time_machine import travel

from articles.baking.render import photo as baked_photo
from articles.models import Article, Photo
from articles.pagemap import is_photo_shown
from articles.pagemap.whole import every_page
from articles.photos.upload import add_photo
from articles.publishing import make_link, publish
from articles.publishing.photo_acts import turn
from articles.reader.built import Built
from articles.reader.pages import build
from tests.builders import NOW, make_article, make_newsroom, make_user

HOUR = timedelta(hours=1)
END = NOW + 5 * HOUR
BEFORE, AFTER = END - timedelta(seconds=1), END
ARTICLE = "/en/2026/03/10/pier/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def photo(settings: Any, tmp_path: Path) -> Photo:
    """A photo whose rights end, on top of one article among others; another photo stays."""
    settings.MEDIA_ROOT, settings.PAGES_DIR = tmp_path / "media", tmp_path / "pages"
    make_newsroom()
    editor = make_user("Editor")
    ends, stays = picture("teal"), picture("red")
    Photo.objects.filter(pk=ends.pk).update(rights_until=END)
    for language, slug, one in (("en", "pier", ends), ("ru", "prichal", ends), ("en", "quay", stays)):
        headline = "Quiet" if language == "en" else "Тихо"
        publish(make_article(slug, language=language, lead_photo=one, headline=headline), by=editor, at=NOW)
    ends.refresh_from_db()
    return ends


def picture(colour: str) -> Photo:
    file = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(file, "PNG")
    file.seek(0)
    texts = {"alt_en": "A Grey Dune League pier", "caption_en": "The Grey Dune League met here"}
    return add_photo(file, credit="Anna Tern", **texts)


def pages(at: Any) -> Iterator[tuple[str, Built]]:
    for path in sorted(set(every_page(at))):
        if not path.startswith("/media/"):
            yield path, build(path, at)


def test_every_page_shows_it_before_and_none_from_the_moment_on(photo: Photo) -> None:
    shown = {path: built for path, built in pages(BEFORE) if photo.token.encode() in built.body}
    assert {ARTICLE, "/en/", "/en/feed.xml"} <= shown.keys() and any(path.startswith("/ru/") for path in shown)
    for path, built in shown.items():
        assert built.next_change_at == END, path
    for path, built in pages(AFTER):
        assert built.status == 200 and photo.token.encode() not in built.body, path
        assert built.next_change_at is None or built.next_change_at > AFTER, path


def test_line_stands_in_its_place_and_its_words_keep_their_marks(photo: Photo) -> None:
    page = build(ARTICLE, AFTER).body.decode()
    before, _line, after = page.partition('<p class="photo-ended">The photo that stood here is shown no longer')
    assert '<figure class="lead-photo">' in before and "met here" in after.partition("</figure>")[0]
    assert "Anna Tern" in after.partition("</figure>")[0]
    assert "og:image" not in page and "ImageObject" not in page
    assert "Фото, которое стояло здесь" in build("/ru/2026/03/10/prichal/", AFTER).body.decode()
    feed = build("/en/feed.xml", AFTER).body.decode()
    assert "photo-ended" in feed and "/media/" in feed, "the other photo stays"


def test_file_itself_is_gone_for_readers_and_links_and_stays_for_the_desk(photo: Photo) -> None:
    editor, draft = User.objects.get(), make_article("draft", lead_photo=photo)
    link = make_link(draft, by=editor, at=NOW)
    address = f"/media/{photo.web}"
    desk, nobody = Client(), Client()
    with travel(BEFORE, tick=False):
        assert nobody.get(address).status_code == 200
        assert nobody.get(f"{address}?preview={link.token}").status_code == 200
    with travel(AFTER, tick=False):
        desk.force_login(editor)
        assert desk.get(address).status_code == 200
        assert nobody.get(address).status_code == 404
        assert nobody.get(f"{address}?preview={link.token}").status_code == 404


def test_stored_file_knows_the_moment(photo: Photo) -> None:
    assert is_photo_shown(photo.web, BEFORE) and not is_photo_shown(photo.web, AFTER)
    assert baked_photo(photo.web, BEFORE).next_change_at == END
    assert (baked_photo(photo.web, AFTER).status, baked_photo(photo.web, AFTER).next_change_at) == (404, None)


def test_right_that_is_taken_up_again_shows_the_photo_again(photo: Photo) -> None:
    assert photo.token.encode() not in build(ARTICLE, AFTER).body
    Photo.objects.update(rights_until=None)
    page = build(ARTICLE, AFTER)
    assert photo.token.encode() in page.body and page.next_change_at is None


def test_editions_are_what_they_were(photo: Photo) -> None:
    edition = Article.objects.get(slug="pier").editions.get()
    assert edition.photo["web"] == photo.web


def test_photo_in_a_text_ends_as_one_on_top_and_keeps_its_file_when_it_is_turned(photo: Photo) -> None:
    inside = picture("navy")
    Photo.objects.filter(pk=inside.pk).update(rights_until=END)
    body = f'<p>Quiet.</p><figure data-photo="{inside.pk}"></figure>'
    publish(make_article("inside", body=body, headline="Quiet"), by=User.objects.get(), at=NOW)
    path, was = "/en/2026/03/10/inside/", inside.web
    turn(Photo.objects.get(pk=inside.pk), "left", at=NOW)
    now = Photo.objects.get(pk=inside.pk).web
    for web, shown in ((was, True), (now, False)):
        assert is_photo_shown(web, BEFORE) is shown and not is_photo_shown(web, AFTER), web
    assert (baked_photo(was, BEFORE).status, baked_photo(was, BEFORE).next_change_at) == (200, END)
    before, after = build(path, BEFORE), build(path, AFTER)
    assert inside.token.encode() in before.body and before.next_change_at == END
    assert inside.token.encode() not in after.body and b'<p class="photo-ended">' in after.body
