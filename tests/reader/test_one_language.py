"""An outlet with one language: a crawl of all that it lets out, in which nothing leads to another language; what stood
in another one before is not there, for readers and in the page store."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.db import transaction
from django.test import Client, override_settings
from lxml import html

from articles.baking import bake_everything, bake_waiting, run_now, verify
from articles.baking.keep import follow_frame
from articles.management.demo_loader import load_demo
from articles.models import CODES, Article, JobRun, Page, Photo, PreviewToken, Release, Site
from articles.models.languages import ALL, KNOWN
from articles.models.preview import digest_of
from articles.pagemap import every_page, period_pages, read_address
from articles.pagemap.kinds import KINDS
from articles.publishing import publish, schedule, withdraw
from articles.publishing.record import keep_heads, shown
from articles.publishing.roles import staff_id
from articles.reader.shown import shown_page
from articles.reader.stored import _built as built
from tests.builders import make_user

from .whole import Output, crawl, stored

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)
AT = NOW + timedelta(minutes=1)
TOKEN = "t" * 43
GONE_AT = NOW - timedelta(hours=2)


@dataclass
class Outlet:
    """`language`: the one that it publishes in; `other`: one that it has given up; `outputs` by their addresses;
    `early`: what the stored pages of the other answered before a worker had followed the change."""

    language: str
    other: str
    folder: Path
    outputs: dict[str, Output]
    early: dict[str, int]


def before(other: str) -> None:
    """Do in the other language what was done before it was given up: a withdrawn article, and a draft with a link.

    And a translation that is public still, as when somebody has changed the row by hand.
    """
    Site.objects.update(languages=ALL)
    by = make_user("Managing editor")
    model = Article.objects.filter(lead_photo__isnull=False).first()
    assert model is not None
    texts = {"language": other, "category": model.category, "headline": "Tide", "body": "<p>The tide.</p>"}
    gone = Article.objects.create(slug="gone", lead_photo=model.lead_photo, **texts)
    publish(gone, by=by, at=GONE_AT)
    withdraw(Article.objects.get(pk=gone.pk), by=by, at=NOW - timedelta(hours=1), note="A court order.")
    draft = Article.objects.create(slug="draft", lead_photo=model.lead_photo, **texts)
    link = {"made_by": staff_id(by), "made_at": NOW, "expires_at": NOW + timedelta(days=1)}
    PreviewToken.objects.create(article=draft, digest=digest_of(TOKEN), **link)
    public = Release.objects.live(NOW).filter(ending="").order_by("-live_at")[0].article
    left = {"origin_article": public, "translator": "Nell Aubrin", "translation_method": "human"}
    publish(Article.objects.create(slug="left", **texts, **left), by=by, at=NOW)
    later = Article.objects.create(slug="later", **{**texts, "language": ({*CODES} - {other}).pop()})
    schedule(later, by=by, at=NOW, live_at=NOW + timedelta(hours=1))


def begin(language: str) -> list[str]:
    unlinked = ("search/?q=1", "search/", "nothing/", "news/?since=nonsense", "corrections/?heads=2026-11-01")
    months = [f"/sitemap-{day:%Y-%m}.xml" for day in Release.objects.values_list("published_date", flat=True)]
    own = [f"/{language}/", *(f"/{language}/{path}" for path in unlinked)]
    return [*own, *dict.fromkeys(months), "/", "/nothing/", "/sitemap.xml", "/robots.txt", f"/preview/{TOKEN}/"]


@pytest.fixture(scope="module", params=CODES)
def outlet(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Outlet]:
    folder: Path = tmp_path_factory.mktemp("one")
    language, other = request.param, next(code for code in CODES if code != request.param)
    places = override_settings(DEMO=True, MEDIA_ROOT=folder / "media", PAGES_DIR=folder / "pages")
    with places, time_machine.travel(AT, tick=False), django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        built.clear()
        load_demo(NOW, (language,))
        before(other)
        follow_frame(AT)
        bake_everything(AT)
        files = [path for path, _body in stored(folder / "pages") if path.startswith(f"/{other}/")]
        Site.objects.update(languages=language)
        client = Client(headers={"Accept-Language": other})
        early = {path: client.get(path).status_code for path in files}
        follow_frame(AT)
        bake_waiting(AT)
        outputs = {one.path: one for one in crawl(client, begin(language))}
        yield Outlet(language, other, folder / "pages", outputs, early)
        transaction.set_rollback(True)


def pages(outlet: Outlet) -> Iterator[tuple[Output, html.HtmlElement]]:
    for one in outlet.outputs.values():
        if one.response.headers.get("Content-Type", "").startswith("text/html") and one.text:
            yield one, html.document_fromstring(one.text)


def test_every_kind_of_output_was_crawled(outlet: Outlet) -> None:
    assert {one.kind for one in outlet.outputs.values()} >= {kind.name for kind in KINDS if kind.is_built} | {"search"}
    assert {one.response.status_code for one in outlet.outputs.values()} <= {200, 301, 302, 404, 410}
    assert len(outlet.outputs) > 100


def test_nothing_leads_to_the_other_language(outlet: Outlet) -> None:
    """No link, alternate, feed, sitemap or robots line."""
    assert [one.path for one in outlet.outputs.values() if f"/{outlet.other}/" in one.text] == []
    assert [one.path for one in outlet.outputs.values() if "hreflang" in one.text] == []
    assert [path for path in outlet.outputs if path.startswith(f"/{outlet.other}/")] == []


def test_there_is_no_menu_of_languages(outlet: Outlet) -> None:
    for one, page in pages(outlet):
        assert page.find_class("languages") == [], one.path
        assert page.find_class("translation") == [], one.path
        assert KNOWN[outlet.other].own_name not in one.text, one.path


def test_every_page_is_in_the_one_language(outlet: Outlet) -> None:
    """Also one at an address that names none, whatever the reader's browser asks for."""
    for one, page in pages(outlet):
        assert page.get("lang") == outlet.language, one.path
        assert one.response.headers["Content-Language"] == outlet.language, one.path
    for one in outlet.outputs.values():
        if one.response.headers["Content-Type"].startswith("application/rss"):
            assert f"<language>{outlet.language}</language>" in one.text, one.path


def test_the_root_leads_to_the_only_one(outlet: Outlet) -> None:
    answer = outlet.outputs["/"].response
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/{outlet.language}/")
    assert "Vary" not in answer.headers


def test_the_root_of_a_bilingual_outlet_varies() -> None:
    Site.objects.update(languages=ALL)
    for language in CODES:
        answer = Client(headers={"Accept-Language": language}).get("/")
        assert (answer.headers["Location"], answer.headers["Vary"]) == (f"/{language}/", "Accept-Language")


def test_an_address_of_the_other_language_is_not_there(outlet: Outlet) -> None:
    """Neither one that was stored, nor a withdrawn one, nor the other language's twin of any that is there."""
    twins = [f"/{outlet.other}/{path[4:]}" for path in outlet.outputs if path.startswith(f"/{outlet.language}/")]
    was = list(Page.objects.filter(path__startswith=f"/{outlet.other}/").values_list("path", flat=True))
    assert set(outlet.early.values()) == {404}
    assert {target.kind for path in was if (target := read_address(path))} >= {"front", "feed", "rubric"}
    gone = f"/{outlet.other}/{GONE_AT.astimezone(Site.current().zone):%Y/%m/%d}/gone/"
    for path in [*twins, *was, gone, f"/{outlet.other}/archive"]:
        answer = Client().get(path)
        assert answer.status_code == 404, path
        page = html.document_fromstring(answer.content)
        assert page.get("lang") == outlet.language, path
        assert f'href="/{outlet.other}/' not in answer.content.decode(), path


def test_a_preview_of_a_draft_in_the_other_language_opens(outlet: Outlet) -> None:
    """In the outlet's frame: an editor does not lose what was begun."""
    answer = outlet.outputs[f"/preview/{TOKEN}/"]
    assert answer.response.status_code == 200
    page = html.document_fromstring(answer.text)
    assert [story.get("lang") for story in page.find_class("story")] == [outlet.other]


def test_what_was_shown_in_the_other_language_can_be_proved(outlet: Outlet) -> None:
    moment = GONE_AT + timedelta(minutes=1)
    seen = shown(Article.objects.get(slug="gone"), moment, now=AT)
    page = shown_page(seen, moment, AT)
    assert (page.status, page.language) == (200, outlet.language)
    assert "Tide" in page.body.decode()
    assert f'href="/{outlet.other}/' not in page.body.decode()


def test_photos_are_shown(outlet: Outlet) -> None:
    web = Release.objects.live(AT).exclude(edition__photo={}).values_list("edition__photo", flat=True)[0]["web"]
    assert Client().get(f"/media/{web}").status_code == 200
    assert not Photo.objects.exclude(**{f"alt_{outlet.other}": ""}).exists()


def test_the_page_store_holds_the_one_language(outlet: Outlet) -> None:
    """What was stored in the other has been dropped, all else stored anew. A whole bake finds nothing more to do, the
    nightly check nothing wrong; nor do the closing of periods and the heads of days touch a page in the other."""
    files, others = dict(stored(outlet.folder)), Page.objects.filter(path__startswith=f"/{outlet.other}/")
    others.delete()
    assert set(bake_everything(AT).detail["pages"]) <= {"unchanged", "absent"}
    assert set(others.values_list("kind", flat=True)) <= {"article"}, "of what is public still"
    assert len(files) > 100
    assert [path for path in files if path.startswith(f"/{outlet.other}/")] == []
    assert [path for path in every_page(AT) if path.startswith(f"/{outlet.other}/")] == []
    assert [path for path in period_pages(AT, 2026) if path.startswith(f"/{outlet.other}/")] == []
    crawled = {path: one.response.content for path, one in outlet.outputs.items()}
    assert [path for path in files if not path.startswith("/media/") and files[path] != crawled[path]] == []
    assert list(verify(AT)) == []

    others.delete()
    day = (NOW - timedelta(days=1)).date().isoformat()
    for job, key in (("close_day", day), ("close_month", day[:7]), ("close_year", day[:4]), ("verify_pages", day)):
        run = run_now(job, key, AT)
        assert run.state == "done", run.last_error
    assert JobRun.objects.filter(state="done").count() >= 4
    assert keep_heads(AT + timedelta(days=2))
    assert list(others.all()) == []
