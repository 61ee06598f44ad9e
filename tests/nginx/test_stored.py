"""nginx sends stored pages by itself, and passes on everything else just as it was asked."""

import gzip
import json
import os
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from articles import pagestore
from articles.editions.tracking import PARAMETERS, PREFIXES

from .conftest import SITE, Server

HTML = "text/html; charset=utf-8"
BESIDE = "0123456789abcdef" * 2
UNCHANGING = "public, max-age=31536000, s-maxage=600, immutable"
BODY = b"<p>Dunes moved in the night.</p>\n" * 100
ARTICLE = "/en/2026/03/10/dunes/"

NEVER_STORED = (
    "/ /healthz /robots.txt /admin/ /admin/articles/article/add/?a=1 /static/articles/site.css /i18n/setlang/ /en "
    "/en/search/?q=%D1%81%D0%BD%D0%B5%D0%B3+a /preview/abc/ /media/abc.jpg?preview=x /sitemap-2026-03.xml "
    "/en/not/there/ /fr/ /en/feed.xml /media/dune.png /en/a%20b/ /en//"
).split()
# Files that nobody here has put, but that lie in the folder; and other ways to write the address of a page's file.
NO_PAGES = (
    "en/feed.xml.gz en/.query en/.hidden/index.html .aside/half en/notes.txt backup.tar secret.txt media/up.svg "
    "media/originals/secret.jpg media/index.html en/.aside/index.html sitemap.xml.gz media/up.jpg.gz "
    f"media/{BESIDE}/up.svg media/{BESIDE}/.part.avif media/{BESIDE}/in/up.avif media/up.avif"
).split()
NO_ADDRESSES = (
    "/en/index.html /en/index.html.gz /en/INDEX.HTML /en/%69ndex.html /en/.hidden/ /en/%2easide/ /media/ /.aside/"
).split()
WAYS_OUT = (
    "/en/../../media/web/secret.jpg /media/../../media/web/secret.jpg /media/..%2f..%2fmedia/web/secret.jpg "
    "/media/%2e%2e/%2e%2e/media/web/secret.jpg /media/web/secret.jpg /media/..\\secret.jpg /../media/web/secret.jpg "
    "/media/%252e%252e/secret.jpg /en/%00/ /en/..;/"
).split()


def put(path: str, body: bytes = BODY) -> None:
    pagestore.put(path, body, "")


def pack(path: str, body: bytes = BODY) -> None:
    pagestore.place_packed(pagestore.write_aside(gzip.compress(body, mtime=0)), path)


def passed_on(server: Server, path: str, **more: Any) -> dict[str, Any]:
    """Ask, and return what the application was asked; fail if nginx answered by itself."""
    answer = server.ask(path, **more)
    assert answer.status == 299, (path, answer)
    asked: dict[str, Any] = json.loads(answer.body)
    return asked


@pytest.mark.parametrize(
    ("path", "content_type", "language", "cache"),
    [
        ("/en/", HTML, "en", "no-cache"),
        (ARTICLE, HTML, "en", "no-cache"),
        ("/ru/archive/2026/03/10/2/", HTML, "ru", "no-cache"),
        ("/ru/category/sea/feed.xml", "application/rss+xml; charset=utf-8", "ru", "no-cache"),
        ("/sitemap.xml", "application/xml; charset=utf-8", None, "no-cache"),
        ("/media/dune-_1.jpg", "image/jpeg", None, "public, max-age=600"),
        (f"/media/{BESIDE}/wide-720-ab.avif", "image/avif", None, UNCHANGING),
        (f"/media/{BESIDE}/whole-720-ab.webp", "image/webp", None, UNCHANGING),
        (f"/media/{BESIDE}/square-100-ab.jpg", "image/jpeg", None, UNCHANGING),
    ],
)
def test_a_stored_page_is_sent_while_the_application_is_down(
    path: str, content_type: str, language: str | None, cache: str, before_nothing: Server
) -> None:
    put(path)

    answer = before_nothing.ask(path)

    assert (answer.status, answer.body) == (200, BODY)
    assert answer.headers["content-type"] == content_type
    assert answer.headers.get("content-language") == language
    assert answer.headers["cache-control"] == cache
    assert before_nothing.ask("/en/not-stored/").status == 503


def test_a_compressed_copy_goes_to_those_who_take_it(before_nothing: Server) -> None:
    put("/en/")
    plain = before_nothing.ask("/en/", Accept_Encoding="gzip")
    pack("/en/")
    packed = before_nothing.ask("/en/", Accept_Encoding="br, gzip", Via="1.1 proxy")
    refused = before_nothing.ask("/en/", Accept_Encoding="gzip;q=0")

    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["content-type"] == HTML
    assert packed.headers["vary"] == refused.headers["vary"] == "Accept-Encoding"
    assert gzip.decompress(packed.body) == refused.body == BODY
    assert len(packed.body) < len(BODY) / 5
    assert packed.headers["etag"] != plain.headers["etag"] == refused.headers["etag"]


def test_no_compressed_copy_outlives_its_page(before_echo: Server) -> None:
    put("/en/")
    pack("/en/")
    put("/en/", b"corrected")

    assert before_echo.ask("/en/", Accept_Encoding="gzip").body == b"corrected"

    pack("/en/", b"corrected")
    pagestore.drop("/en/")
    assert passed_on(before_echo, "/en/", Accept_Encoding="gzip")["path"] == "/en/"


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_who_has_the_page_is_told_so(encoding: str, before_nothing: Server) -> None:
    """Also when two pages of one length were stored within one second: a corrected digit."""
    tags = set()
    for text in (b"4 dead " * 1000, b"5 dead " * 1000):
        put("/en/", text)
        pack("/en/", text)
        first = before_nothing.ask("/en/", Accept_Encoding=encoding)
        again = before_nothing.ask("/en/", Accept_Encoding=encoding, If_None_Match=first.headers["etag"])
        assert (again.status, again.body) == (304, b"")
        assert (again.headers["etag"], again.headers["cache-control"]) == (first.headers["etag"], "no-cache")
        tags.add(first.headers["etag"])

    assert len(tags) == 2


def test_no_date_is_taken_for_an_answer(before_nothing: Server) -> None:
    put("/en/")
    date = datetime.fromtimestamp(pagestore.stamp(BODY), UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")

    answer = before_nothing.ask("/en/", If_Modified_Since=date)

    assert (answer.status, answer.body) == (200, BODY)
    assert "last-modified" not in answer.headers


def test_an_address_with_a_query_is_passed_on(before_echo: Server) -> None:
    for path in ("/en/", "/en/feed.xml", "/sitemap.xml", "/media/dune.jpg"):
        put(path)
        for query in ("?page=2", "?preview=a%2Fb&c=%D0%B4", "?%2e"):
            assert passed_on(before_echo, path + query)["path"] == path + query
        assert before_echo.ask(path).status == 200


def test_what_is_not_stored_is_passed_on_as_it_was_asked(before_echo: Server) -> None:
    put("/en/")
    headers = {"Cookie": "sessionid=1", "Accept_Language": "ru", "X_Forwarded_For": "8.8.8.8", "X_Forwarded_Proto": "x"}
    for path in NEVER_STORED:
        asked = passed_on(before_echo, path, Host="news.example:81", **headers)
        assert asked["path"] == path
        assert (asked["headers"]["cookie"], asked["headers"]["accept-language"]) == ("sessionid=1", "ru")
        assert asked["headers"]["host"] == "news.example:81"
        assert (asked["headers"]["x-forwarded-for"], asked["headers"]["x-forwarded-proto"]) == ("127.0.0.1", "http")


def test_a_form_is_passed_on(before_echo: Server) -> None:
    put("/en/")
    for path in ("/admin/login/", "/en/"):
        asked = passed_on(before_echo, path, method="POST", body=b"a=1")
        assert (asked["method"], asked["path"], asked["body"]) == ("POST", path, "a=1")


def test_a_page_that_goes_at_this_very_moment_is_passed_on(before_echo: Server, pages: Path) -> None:
    """nginx finds it and cannot open it, as when it is dropped in between; a pipe is like that for ever."""
    (pages / "en" / "a").mkdir(parents=True)
    os.mkfifo(pages / "en" / "a" / "index.html")

    assert passed_on(before_echo, "/en/a/")["path"] == "/en/a/"


def test_only_addresses_of_pages_are_read_from_the_disk(before_echo: Server, pages: Path) -> None:
    put("/en/")
    pack("/en/")
    for name in NO_PAGES:
        (pages / name).parent.mkdir(parents=True, exist_ok=True)
        (pages / name).write_bytes(b"secret")

    for path in [f"/{name}" for name in NO_PAGES] + NO_ADDRESSES:
        assert passed_on(before_echo, path)["path"] == path


def test_nothing_outside_the_store_is_ever_sent(before_echo: Server, pages: Path) -> None:
    upload = pages.parent / "media" / "web" / "secret.jpg"
    upload.parent.mkdir(parents=True)
    upload.write_bytes(b"not published")
    put("/media/shown.jpg")

    for path in WAYS_OUT:
        answer = before_echo.ask(path)
        assert answer.status in (299, 400), path
        assert b"not published" not in answer.body, path


COUNTING = ("utm_source=mail&utm_campaign=a%20b", "fbclid=1", "GCLID=x&utm_id", "_openstat=&yclid=2&")
CHOOSING = ("q=1", "utm_source=mail&before=1", "before=1&utm_id=2", "my_utm_id=1", "day=2026-03-10")


@pytest.mark.parametrize("query", COUNTING)
def test_what_only_counts_who_came_costs_no_page(query: str, before_nothing: Server) -> None:
    put(ARTICLE)
    assert before_nothing.ask(f"{ARTICLE}?{query}").body == BODY


@pytest.mark.parametrize("query", CHOOSING)
def test_what_chooses_something_is_the_applications(query: str, before_echo: Server) -> None:
    put("/en/news/")
    assert passed_on(before_echo, f"/en/news/?{query}")["path"] == f"/en/news/?{query}"


def test_the_list_of_what_only_counts_is_the_applications() -> None:
    [pattern] = re.findall(r'"~\*(\^.*)" "";', SITE.read_text(encoding="utf-8"))
    for name in (*PARAMETERS, *(f"{prefix}x" for prefix in PREFIXES)):
        assert re.fullmatch(pattern, f"{name}=1", re.IGNORECASE), name
    assert not re.fullmatch(pattern, "query=1")
