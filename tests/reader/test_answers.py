"""How requests are answered: stored or built, languages, slashes, headers, media, previews, pulse."""

from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
import time_machine
from django.test import Client, override_settings
from django.utils import timezone
from PIL import Image

from articles import pagestore
from articles.baking.runs import PLANNER
from articles.models import Article, Heartbeat, Page, Photo, PreviewToken
from articles.notices.alarm import JOB as ALARM
from articles.photos.upload import add_photo
from articles.publishing import make_link, publish, withdraw
from articles.urls import urlpatterns
from articles.watching.checks.jobs import LATE
from tests.builders import NOW, make_article, make_newsroom, make_user

PAGE = "/en/2026/03/10/dunes/"


@pytest.fixture(autouse=True)
def _at_now(db: None, tmp_path: Path) -> object:
    make_newsroom()
    places = override_settings(PAGES_DIR=tmp_path / "pages", MEDIA_ROOT=tmp_path / "media")
    with places, time_machine.travel(NOW + timedelta(minutes=5), tick=False):
        yield


def store(path: str, body: bytes, **columns: object) -> None:
    pagestore.put(path, body, "text/html; charset=utf-8")
    kept = {"kind": "front", "file_hash": sha256(body).hexdigest(), "content_type": "text/html; charset=utf-8"}
    Page.objects.update_or_create(path=path, defaults=kept | {"dirty_since": None} | columns)


def photo() -> Photo:
    file = BytesIO()
    Image.new("RGB", (60, 40), "red").save(file, "PNG")
    file.seek(0)
    return add_photo(file)


def test_a_clean_stored_page_is_sent_as_it_is(client: Client) -> None:
    store("/en/", b"kept")
    answer = client.get("/en/")
    assert answer.content == b"kept"
    assert answer["Cache-Control"] == "no-cache"
    assert answer["Content-Language"] == "en"
    again = client.get("/en/", headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "columns",
    [
        {"dirty_since": NOW},
        {"next_change_at": NOW + timedelta(minutes=5)},
        {"file_hash": "0" * 64},
        {"file_hash": ""},
    ],
)
def test_a_stored_page_that_may_be_untrue_is_built_anew(client: Client, columns: dict[str, object]) -> None:
    store("/en/", b"kept", **columns)
    assert b"Tern Herald" in client.get("/en/").content


def test_a_page_that_will_change_later_is_sent(client: Client) -> None:
    store("/en/", b"kept", next_change_at=NOW + timedelta(minutes=6))
    assert client.get("/en/").content == b"kept"


def test_storing_can_be_switched_off(client: Client) -> None:
    store("/en/", b"kept")
    with override_settings(SERVE_STORED_PAGES=False):
        assert b"kept" not in client.get("/en/").content


@pytest.mark.parametrize(
    ("accepted", "path"),
    [("ru,en;q=0.5", "/ru/"), ("ru-RU", "/ru/"), ("de", "/en/"), ("", "/en/"), ("*;q=x", "/en/")],
)
def test_the_bare_address_leads_to_the_readers_language(client: Client, accepted: str, path: str) -> None:
    answer = client.get("/", headers={"Accept-Language": accepted})
    assert (answer.status_code, answer["Location"]) == (302, path)
    assert "Accept-Language" in answer["Vary"]


def test_a_missing_slash_is_put_right(client: Client) -> None:
    assert client.get("/en/news")["Location"] == "/en/news/"
    assert client.get("/en/nothing").status_code == 404


@pytest.mark.parametrize(
    ("address", "location"),
    [
        ("/admin", "/admin/"),
        ("/en/search", "/en/search/"),
        ("/ru/search?q=%D0%B4%D1%8E%D0%BD%D0%B0&before=1", "/ru/search/?q=%D0%B4%D1%8E%D0%BD%D0%B0&before=1"),
        ("/en/news?since=2026-03-01", "/en/news/?since=2026-03-01"),
        ("/preview/abcdefghijklmnopqrstuvwx", "/preview/abcdefghijklmnopqrstuvwx/"),
        ("/i18n/setlang", "/i18n/setlang/"),
    ],
)
def test_every_address_with_a_slash_is_found_without_it(client: Client, address: str, location: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer["Location"], answer["Cache-Control"]) == (301, location, "no-cache")


def test_an_address_that_looks_like_another_host_leads_nowhere(client: Client) -> None:
    for path in ("//other.example", "//other.example/admin", "/en//search"):
        assert client.get("/", PATH_INFO=path).status_code == 404, path


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_pages_are_only_read(method: str) -> None:
    """Also by a browser without a token: what it does wrong is the method."""
    token, strict = "abcdefghijklmnopqrstuvwx", Client(enforce_csrf_checks=True)
    own = "/ /healthz /readyz /metrics /favicon.ico /robots.txt /sitemap-2026-03.xml /media/a.jpg /en/search/".split()
    own.append(f"/media/{'a' * 32}/wide-1.avif")
    own += ["/sitemap-pages.xml", "/en/2026/03/", "/en/search/feed.xml?q=dune"]
    assert len(own) + 2 == len(urlpatterns)
    for path in (*own, f"/preview/{token}/", "/en/", PAGE, "/en/feed.xml", "/en/none/", "/sitemap.xml", "/none"):
        answer = getattr(strict, method)(path)
        assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD"), path


def test_not_found_speaks_the_language_of_its_address(client: Client) -> None:
    assert b'<html lang="ru">' in client.get("/ru/net/").content
    assert b'<html lang="ru">' in client.get("/net/", headers={"Accept-Language": "ru"}).content


@pytest.mark.parametrize("path", ["/en/", "/ru/news/", "/en/none/", "/en/news", "/en/search/?q=dune"])
def test_what_the_address_decides_does_not_vary_by_the_reader(client: Client, path: str) -> None:
    answer = client.get(path, headers={"Accept-Language": "ru"})
    assert "Accept-Language" not in answer.get("Vary", "")
    assert "Accept-Language" in client.get("/none/")["Vary"]


def test_no_page_holds_script_or_style_of_its_own(client: Client) -> None:
    publish(make_article(), by=make_user("Editor"), at=NOW)
    for path in ("/en/", PAGE, "/en/news/", "/en/archive/2026/", "/en/search/?q=dune", "/en/none/"):
        answer = client.get(path)
        body = answer.content.decode()
        assert "style=" not in body
        assert "<style" not in body
        assert body.count("<script") == body.count('<script type="application/ld+json">')
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert "Cookie" not in answer.get("Vary", "")
        assert not answer.cookies


def test_the_stylesheet_is_small() -> None:
    from django.contrib.staticfiles import finders

    assert Path(str(finders.find("articles/site.css"))).stat().st_size < 28_000


def test_a_photo_is_public_while_a_live_release_shows_it(client: Client) -> None:
    picture = photo()
    article, editor = make_article(lead_photo=picture), make_user("Managing editor")
    address = f"/media/{picture.web}"
    assert client.get(address).status_code == 404
    publish(article, by=editor, at=NOW)
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert client.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    withdraw(Article.objects.get(), by=editor, at=NOW, note="Gone.")
    assert client.get(address).status_code == 404
    client.force_login(editor)
    assert client.get(address)["Cache-Control"] == "private, no-store"


def test_a_preview_opens_its_article_and_its_photo_until_it_expires(client: Client) -> None:
    picture = photo()
    article = make_article(lead_photo=picture)
    token = make_link(article, by=make_user("Editor"), at=timezone.now()).token
    address = f"/preview/{token}/"
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert "noindex" in answer["X-Robots-Tag"]
    assert b'name="robots" content="noindex"' in answer.content
    assert b"The organization is listed as terrorist." in answer.content
    shown = f"/media/{picture.web}?preview={token}"
    assert shown in answer.content.decode()
    assert client.get(shown)["Cache-Control"] == "private, no-store"
    assert client.get(f"/media/{photo().web}?preview={token}").status_code == 404
    PreviewToken.objects.update(expires_at=timezone.now())
    assert client.get(address).status_code == 404
    assert client.get(shown).status_code == 404


def test_the_pulse_names_a_late_job_and_stays_up(client: Client) -> None:
    at = timezone.now()
    Heartbeat.objects.create(job="tick", beat_at=at - timedelta(seconds=2))
    Heartbeat.objects.create(job="close_periods", beat_at=at - timedelta(hours=2))
    Heartbeat.objects.create(job="frame", beat_at=at - timedelta(hours=2))  # a note between processes, no pulse
    jobs = client.get("/healthz").json()["jobs"]
    assert {job: pulse["late"] for job, pulse in jobs.items()} == {"tick": False, "close_periods": True}


def test_the_pulse_is_of_the_jobs_that_beat() -> None:
    assert set(LATE) == {"tick", PLANNER, ALARM}


def test_an_error_of_ours_is_told_without_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("articles.reader.views.answer", broken)
    answer = Client(raise_request_exception=False).get("/en/", headers={"Accept-Language": "en"})
    assert answer.status_code == 500
    assert b"Something went wrong on our side" in answer.content


def test_the_icon_is_found_at_the_old_place(client: Client) -> None:
    assert client.get("/favicon.ico")["Location"] == "/static/articles/icon.svg"


def test_robots_are_shown_the_sitemap(client: Client) -> None:
    assert b"Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content
