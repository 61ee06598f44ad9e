"""Behind nginx the site answers as it does itself: stored, moved, withdrawn, in the reader's language, in the admin."""

import gzip
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone
from PIL import Image

from articles.baking import make_renditions, tick, verify
from articles.baking.compress import compress_pages
from articles.models import Article, Photo, Rendition
from articles.pagemap.addresses import rendition_path
from articles.photos.files import web_path
from articles.photos.upload import add_photo
from articles.publishing import publish, withdraw
from tests.builders import make_article, make_newsroom, make_user

from .conftest import Server, free_port

pytestmark = pytest.mark.django_db(transaction=True)

# By the connection, by the file or by the way it is read; all else has to be the same from either. The language of what
# has none is that of the reader's browser.
MAY_DIFFER = set(
    "server date connection etag vary accept-ranges content-length content-encoding "
    "content-language content-disposition x-request-id".split()
)


@pytest.fixture
def story(pages: Path) -> Article:
    """An article with a photo that stands in the store, and so do its copies."""
    make_newsroom()
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(file, "PNG")
    file.seek(0)
    article = make_article("dunes", lead_photo=add_photo(file))
    publish(article, by=make_user("Managing editor"), at=timezone.now())
    settle()
    return article


def settle() -> None:
    """Let the worker come to an end of its work."""
    while make_renditions(timezone.now()):
        pass
    for _ in range(20):
        if not tick(timezone.now())["dirty"]:
            break
    compress_pages(timezone.now(), seconds=60)  # on a busy machine a tick leaves no idle time


def address(article: Article) -> str:
    release = article.releases.order_by("-pk")[0]
    return f"/en/{release.published_date:%Y/%m/%d}/{release.edition.slug}/"


def rendition_of(article: Article) -> str:
    """Return the address of one of the files that were made of the article's photo."""
    row = Rendition.objects.get(web=article.lead_photo.web)  # type: ignore[union-attr]
    return rendition_path(row.web, row.files[0]["name"])


def test_stored_pages_are_those_of_the_application(
    story: Article, before_site: Server, application: Server, start: Callable[[int], Server]
) -> None:
    photo = f"/media/{story.lead_photo.web}"  # type: ignore[union-attr]
    beside = rendition_of(story)
    alone = start(free_port())
    assert [str(difference) for difference in verify(timezone.now())] == []
    for path in (address(story), "/en/", "/ru/", "/en/archive/", "/en/feed.xml", "/sitemap.xml", photo, beside):
        served, own = alone.ask(path, Accept_Encoding="gzip"), application.ask(path)
        assert (served.status, own.status) == (200, 200), path
        body = gzip.decompress(served.body) if "content-encoding" in served.headers else served.body
        assert body == own.body, path
        assert ("content-encoding" in served.headers) == (path not in (photo, beside) and len(own.body) >= 1024)
        if path[:4] in ("/en/", "/ru/"):
            assert served.headers["content-language"] == own.headers["content-language"] == path[1:3]
        unlike = {name for name, value in own.headers.items() if served.headers.get(name) != value}
        assert unlike | (set(served.headers) - set(own.headers)) <= MAY_DIFFER
        assert before_site.ask(path, If_None_Match=served.headers["etag"], Accept_Encoding="gzip").status == 304

    assert before_site.ask("/en/news/?category=politics").body != before_site.ask("/en/news/").body
    unanswered = alone.ask("/en/news/?category=politics")
    assert unanswered.status == 503 and unanswered.headers["cache-control"] == "no-store"
    assert "does not answer" in unanswered.body.decode() and "Редакция не отвечает" in unanswered.body.decode()


def test_a_withdrawn_article_is_gone_with_the_click(story: Article, before_site: Server) -> None:
    place, photo = address(story), f"/media/{story.lead_photo.web}"  # type: ignore[union-attr]
    assert b"dunes" in before_site.ask("/en/").body

    withdraw(story, by=make_user("Managing editor"), at=timezone.now(), note="By law.")

    assert before_site.ask(place, Accept_Encoding="gzip").status == 410
    assert before_site.ask(photo).status == 404
    assert before_site.ask(rendition_of(story)).status == 404
    assert place.encode() not in before_site.ask("/en/").body
    settle()
    assert before_site.ask(place, Accept_Encoding="gzip").status == 410
    assert place.encode() not in gzip.decompress(before_site.ask("/en/", Accept_Encoding="gzip").body)


def test_an_old_address_leads_to_the_new_one(story: Article, before_site: Server) -> None:
    old = address(story)
    Article.objects.filter(pk=story.pk).update(slug="dunes-again")
    publish(story, by=make_user("Managing editor"), at=timezone.now(), reason="minor")

    for _ in range(2):
        moved = before_site.ask(old, Accept_Encoding="gzip")
        assert (moved.status, moved.headers["location"]) == (301, address(story))
        assert before_site.ask(address(story)).status == 200
        settle()
    assert before_site.ask(address(story)[:-1]).headers["location"] == address(story)


def test_the_application_answers_the_rest(story: Article, before_site: Server, pages: Path) -> None:
    for language in ("ru", "en"):
        home = before_site.ask("/", Accept_Language=language)
        assert (home.status, home.headers["location"]) == (302, f"/{language}/")
        assert home.headers["vary"] == "Accept-Language"
    assert before_site.ask("/en/2020/01/01/never/").status == 404
    assert b"dunes" in before_site.ask("/en/search/?q=dune").body
    hidden = Photo.objects.create(web="hidden.jpg", original="hidden.png", width=1, height=1, sha256="0" * 64)
    web_path(hidden).write_bytes(b"not published")
    assert before_site.ask("/media/hidden.jpg").status == 404


def test_the_admin_is_reached(story: Article, before_site: Server) -> None:
    page = before_site.ask("/admin/login/")
    token = re.search(rb'csrfmiddlewaretoken" value="(\w+)"', page.body)
    assert page.status == 200 and token
    host = f"127.0.0.1:{before_site.port}"
    form = f"username=managing-editor&password=correct+horse+battery&csrfmiddlewaretoken={token[1].decode()}"
    entered = before_site.ask(
        "/admin/login/?next=/admin/",
        "POST",
        form.encode(),
        Content_Type="application/x-www-form-urlencoded",
        Cookie=page.headers["set-cookie"].split(";")[0],
        Origin=f"http://{host}",
        Host=host,
    )
    assert (entered.status, entered.headers["location"]) == (302, "/admin/")
