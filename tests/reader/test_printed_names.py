"""Designated names in the names that pages print of themselves: each with its status in brackets, everywhere."""

from datetime import timedelta

import pytest

from articles.models import Article, Category, Designation, Page, Region, Site, Topic
from articles.publishing import publish
from articles.publishing.relabel import apply_version, follow_dates
from articles.reader.pages import build
from articles.registers import compile_version, load_register_data, refresh_version
from tests.builders import NOW, make_article, make_newsroom, make_user, organization, registers_data

LATER = NOW + timedelta(hours=1)
GREY = "Grey Dune League (listed as terrorist)"
HARBOUR = "Pelican Circle (listed as foreign agents)"
PAGES = (
    "/en/",
    "/en/news/",
    "/en/archive/",
    "/en/archive/2026/03/10/",
    "/en/category/courts/",
    "/en/region/north/",
    "/en/topic/elections/",
    "/en/corrections/",
    "/en/feed.xml",
    "/en/category/courts/feed.xml",
    "/en/topic/elections/feed.xml",
)


@pytest.fixture
def article(db: None) -> Article:
    """An outlet with a listed name in its tagline, in a category, a region and a topic; and an article filed there."""
    site = make_newsroom(publisher="own-outlet")
    site.tagline_en = "With the Grey Dune League against the tide"
    site.save()
    Category.objects.filter(slug="courts").update(name_en="Trials of the Grey Dune League")
    Region.objects.update(name_en="Home of the Grey Dune League")
    Topic.objects.update(name_en="The Grey Dune League before the Tern Herald")
    article = make_article(category="courts", headline="Rain", summary="", body="<p>It rained.</p>")
    publish(article, by=make_user("Editor"), at=NOW)
    return article


def page(path: str) -> str:
    built = build(path, LATER)
    assert built.status == 200, path
    return built.body.decode()


def text_of(html: str) -> str:
    return html.replace("&#x27;", "'")


@pytest.mark.parametrize("path", PAGES)
def test_no_page_prints_the_bare_name(article: Article, path: str) -> None:
    shown = text_of(page(path))
    assert GREY in shown
    assert "Grey Dune League" not in shown.replace(GREY, "")
    assert "Tern Herald (" not in shown, "the outlet's own name never"


def test_the_article_says_where_it_is_filed(article: Article) -> None:
    shown = text_of(page("/en/2026/03/10/dunes/"))
    for name in ("Trials of the ", "Home of the ", "The "):
        assert name + GREY in shown
    assert "Grey Dune League" not in shown.replace(GREY, "")


def test_the_other_language_has_its_own_formula(article: Article) -> None:
    Category.objects.filter(slug="courts").update(name_ru="Суды над Лигой серых дюн")
    assert "Суды над Лигой серых дюн (в перечне: террористические)" in page("/ru/")


def test_pages_follow_a_name_that_is_listed_later(article: Article) -> None:
    """All stored pages are touched when the registers make a printed name another one, and only then."""
    Topic.objects.update(name_en="Friends of the Pelican Circle")
    assert "(listed as foreign agents)" not in page("/en/topic/elections/")
    Page.objects.update(dirty_since=None)
    data = {**registers_data(), "organizations": [pelicans(since="2020-01-01")]}
    load_register_data(data)
    apply_version(compile_version(LATER), by=None, at=LATER)
    assert HARBOUR in page("/en/topic/elections/")
    assert not Page.objects.filter(dirty_since=None).exists()
    Page.objects.update(dirty_since=None)
    terns = {**pelicans(since="2020-01-01", name="Tern Circle"), "key": "terns"}
    load_register_data({**registers_data(), "organizations": [terns]})
    apply_version(compile_version(LATER), by=None, at=LATER + timedelta(hours=1))
    assert Page.objects.filter(dirty_since=None).exists(), "no printed name holds this one"


def test_pages_follow_the_day_on_which_a_name_is_listed(article: Article) -> None:
    Topic.objects.update(name_en="Friends of the Pelican Circle")
    load_register_data({**registers_data(), "organizations": [pelicans(since="2026-03-12")]})
    refresh_version(NOW)
    assert "(listed as foreign agents)" not in page("/en/topic/elections/")
    Page.objects.update(dirty_since=None)
    day = Designation.objects.get(organization__key="pelicans").designated_from
    assert day is not None
    follow_dates(day - timedelta(days=1), day, NOW + timedelta(days=2))
    assert not Page.objects.filter(dirty_since=None).exists()
    assert HARBOUR in build("/en/topic/elections/", NOW + timedelta(days=2)).body.decode()


def pelicans(*, since: str, name: str = "Pelican Circle") -> dict[str, object]:
    names = [{"text": name, "language": "en", "strength": "strong"}]
    return organization("pelicans", names, "test-agents", since=since)


def test_without_registers_names_are_printed_as_they_are(db: None) -> None:
    Site.objects.create(name_en="Tern Herald", name_ru="Вестник", tagline_en="With the Grey Dune League")
    assert "With the Grey Dune League" in build("/en/corrections/", NOW).body.decode()
