"""Lists that go on, calendars, and how little each page asks of the database."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.models import Site
from articles.publishing import publish
from articles.reader import sitemaps
from tests.builders import NOW, make_article

from .conftest import See

STORY = re.compile(r'href="/en/\d{4}/\d\d/\d\d/story-(\d+)/"')


@pytest.fixture
def eleven(managing: User, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Eleven articles of one day, in lists of four entries."""
    monkeypatch.setattr("articles.pagemap.lists.LIST_SIZE", 4)
    for number in range(11):
        make = make_article(f"story-{number}", body="<p>Text.</p>", headline=f"Story {number}", authors=[])
        publish(make, by=managing, at=NOW + timedelta(minutes=number))
    return list(range(11))


AT = NOW + timedelta(hours=1)
LIST = re.compile(r'<section class="list".*?</section>\n', re.DOTALL)
PAGED = ("/en/archive/2026/03/10/", "/en/category/politics/", "/en/region/north/", "/en/topic/elections/2026/03/")
COUNTED = (PAGED[0], PAGED[3])


def stories(page: str) -> list[int]:
    return list(dict.fromkeys(map(int, STORY.findall(page))))


@pytest.mark.parametrize("path", PAGED)
def test_closed_pages_are_counted_from_the_earliest(see: See, eleven: list[int], path: str) -> None:
    first, second = see(path, AT), see(f"{path}2/", AT)
    assert stories(first) == [10, 9, 8, 7, 6, 5, 4]
    assert stories(second) == [3, 2, 1, 0]
    see(f"{path}3/", AT, status=404)
    assert f'href="{path}2/" rel="next"' in first
    assert f'href="{path}" rel="prev"' in second


@pytest.mark.parametrize("path", PAGED)
def test_a_closed_page_does_not_move(see: See, managing: User, eleven: list[int], path: str) -> None:
    """What leads from it to others may: on those of a day and a month stands how many there are."""
    closed = see(f"{path}2/", AT)
    for number in (11, 12):
        publish(make_article(f"story-{number}", authors=[]), by=managing, at=AT)
    after = see(f"{path}2/", AT)
    assert LIST.findall(after) == LIST.findall(closed)
    if path in COUNTED:
        assert "Page 2 of 2" in closed and "Page 3 of 3" in after
    else:
        assert "Page 1, counted from the earliest" in closed and "Page 1, counted from the earliest" in after
        numbers = re.compile(r'href="[^"]*" (?:rel|aria-label)|<li class="numbered">.*?</li>\n')
        assert numbers.sub("", after) == numbers.sub("", closed)


def test_pages_of_a_rubric_are_offered_by_number(see: See, managing: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted from the earliest, which a closed page keeps; the first says how many articles there are."""
    monkeypatch.setattr("articles.pagemap.lists.LIST_SIZE", 2)
    for number in range(15):
        publish(make_article(f"story-{number}", authors=[]), by=managing, at=NOW + timedelta(minutes=number))
    path = "/en/topic/elections/"
    first, third, sixth = see(path, AT), see(f"{path}3/", AT), see(f"{path}7/", AT)
    assert '<p class="page-number">15 articles</p>' in first
    assert offered(first) == [("7", ""), ("6", "7/"), ("5", "6/"), ("1", "2/")]
    assert offered(third) == [("4", "5/"), ("3", "4/"), ("2", ""), ("1", "2/")]
    assert offered(sixth) == [("7", path), ("6", ""), ("5", "6/"), ("4", "5/"), ("1", "2/")]
    assert 'class="gap"' in first and 'class="gap"' not in third


def offered(page: str) -> list[tuple[str, str]]:
    """Return the pages that a page offers by number: the number, and the end of the address."""
    found = re.findall(r'<li class="numbered">(.*?)</li>', page)
    return [(re.sub("<[^>]*>|[^0-9]", "", one), end_of(one)) for one in found]


def end_of(entry: str) -> str:
    address = re.search(r'href="([^"]*)"', entry)
    return address[1].replace("/en/topic/elections/", "", 1) or "/en/topic/elections/" if address else ""


def test_all_news_goes_on_by_cursor_with_its_filter(
    eleven: list[int], client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("articles.reader.news.SIZE", 4)
    path, seen = "/en/news/?category=politics", list[int]()
    while path:
        page = client.get(path).content.decode()
        seen += stories(page)
        older = re.search(r'href="([^"]*)" rel="next"', page)
        path = older[1].replace("&amp;", "&") if older else ""
        assert not path or "category=politics" in path
    assert seen == eleven[::-1]


def test_the_archive_leads_from_years_to_days(see: See, eleven: list[int]) -> None:
    assert 'href="/en/archive/2026/03/"' in see("/en/archive/", AT)
    for path in ("/en/archive/2026/", "/en/archive/2026/03/"):
        cell = re.search(r'<td class="held"><a href="([^"]*)">(.*?)</a>', see(path, AT))
        assert cell
        assert cell[1] == "/en/archive/2026/03/10/"
        assert re.sub("<[^>]*>", "", cell[2]).split() == ["10", "11", "articles"]
    assert 'class="held"' not in see("/ru/archive/2026/03/", AT)


def test_days_are_those_of_the_newsrooms_zone(see: See, managing: User) -> None:
    """23:30 UTC on the last of February is March in Moscow."""
    late = NOW.replace(month=2, day=28, hour=23, minute=30)
    publish(make_article(), by=managing, at=late)
    see("/en/2026/03/01/dunes/")
    assert "dunes" in see("/en/archive/2026/03/01/")
    see("/en/archive/2026/02/", late + timedelta(days=1), status=404)


def test_what_has_not_begun_or_was_before_the_beginning_is_not_there(see: See, eleven: list[int]) -> None:
    for path in ("2025/", "2026/02/", "2026/03/09/", "2026/03/11/", "2026/04/", "2027/"):
        see(f"/en/archive/{path}", AT, status=404)
    see("/en/archive/2026/03/11/", AT + timedelta(days=1))


def test_both_languages_print_their_own_dates(see: See, managing: User) -> None:
    publish(make_article(), by=managing, at=NOW)
    publish(make_article("dyuny", language="ru", headline="Дюны"), by=managing, at=NOW)
    assert "10 March 2026" in see("/en/news/")
    page = see("/ru/news/")
    assert "10 марта 2026" in page
    assert '<time class="clock" datetime="2026-03-10T15:00+03:00">15:00</time>' in page


def test_a_large_site_has_a_sitemap_for_each_month(
    see: See, eleven: list[int], client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemaps, "AT_ONCE", 10)
    assert "http://testserver/sitemap-2026-03.xml" in see("/sitemap.xml", AT)
    assert client.get("/sitemap-2026-03.xml").content.decode().count("<lastmod>") == 11
    assert client.get("/sitemap-2026-02.xml").status_code == 404


def test_a_newsroom_by_its_own_name_in_each_language(see: See, managing: User) -> None:
    Site.objects.update(tagline_ru="Новости берега")
    assert "Вестник крачки" in see("/ru/")
    assert "Новости берега" in see("/ru/")
