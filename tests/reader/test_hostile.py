"""Addresses and queries that nobody means well by: a clean answer, never a 500."""

from collections.abc import Iterator

import pytest
from django.test import Client

from articles.publishing import publish
from tests.builders import NOW, make_article, make_newsroom, make_user
from tests.once import made_once

ADDRESSES = (
    "/en/archive/2026/13/",
    "/en/archive/2026/00/",
    "/en/archive/2026/02/30/",
    "/en/archive/0000/",
    "/en/archive/9999/12/31/",
    "/en/archive/99999/",
    "/en/archive/٢٠٢٦/",
    "/en/archive/2026/03/10/0/",
    "/en/archive/2026/03/10/1/",
    "/en/archive/2026/03/10/999999/",
    "/en/archive/0001/01/01/",
    "/en/archive/9999/12/",
    "/en/2026/13/",
    "/en/0001/01/",
    "/en/9999/12/31/",
    "/en/2026/02/31/",
    "/en/category/politics/2/",
    "/en/category/politics/" + "9" * 30 + "/",
    "/en/%E2%80%AE/",
    "/en/category/%E2%80%AEpolitics/",
    "/en//archive//",
    "/%2fevil.example/en/",
    "/en/%zz/",
    "/en/2026/03/10/%00/",
    "/en/2026/03/10/..%2f..%2fetc/",
    "/en/2026/99/99/dunes/",
    "/en/category/nothing/",
    "/en/category/politics/2026/13/",
    "/en/category/politics/999999/",
    "/en/category/%F0%28%8C%28/",
    "/en/region/north%00/feed.xml",
    "/de/",
    "/en//",
    "/%ff",
    "/sitemap-0000-00.xml",
    "/sitemap-9999-12.xml",
    "/media/..%2f..%2fdb.sqlite3",
    "/media/nothing.jpg",
    "/preview/" + "x" * 43 + "/",
    "/" + "a" * 5000 + "/",
)
QUERIES = (
    "category=%00",
    "category=nothing",
    "category=politics&category=courts",
    "region=1%20OR%201=1",
    "topic=" + "x" * 5000,
    "since=2026-13-45",
    "since=99999-01-01",
    "since=0001-01-01&until=9999-12-31",
    "until=%FF%FE",
    "since=2026-03-11&until=2026-03-01",
    "unknown=%F0%28",
    "category=%E2%80%AEpolitics",
    "category=%zz%",
    "category[]=x&__proto__=1",
    "page=last&before=1.1&after=1.1",
    "page=-1",
    "page=999999",
    "day=0001-01-01",
    "day=2026-02-31",
    "day=%00",
    "before=1.1",
    "&".join(f"unknown{number}=1" for number in range(900)),
)
JUMPS = ("", "2026-02-31", "9999-99-99", "%00", "%E2%80%AE2026-03-10", "tomorrow", "٢٠٢٦-٠٣-١٠", "x" * 5000)
LANDING = ("0001-01-01", "9999-12-31", "today", "20260310", "2026-W11-2")
CURSORS = ("x", "1", "1.", ".1", "-1.-1", "1.1.1", "9" * 40 + ".1", "1." + "9" * 40, "%00", "%ff", "٣.٣", "1e9.1")
SEARCHES = (
    "",
    "q=",
    "q=%00",
    "q=%FF%FE",
    "q=%22",
    "q=%27%20OR%201=1--",
    "q=NEAR(%22a%22)",
    "q=words:*",
    "q=" + "(" * 500,
    "q=" + "a+" * 5000,
    "q=%F0%9F%92%A9",
    "q=" + "%D1%84" * 3000,
    "q=port&before=x",
    "q=port&before=1.1&sort=date&page=last",
    "q=port&after=-62135596800000000.0",
    "q=port&before=253402300799999999.999999999999999999",
    "q=-port&sort=date&page=last",
    "q=%E2%80%AE%E2%81%A6%E2%81%A9port",
    "q=port&q=x&sort=date&sort=x&page=last&page=2",
    "q=port&since=9999-12-31&until=0001-01-01&sort=date&page=last",
    "q=" + "x+OR+" * 3000,
    "q=port&" + "&".join(f"unknown{number}=1" for number in range(900)),
)
EVERYWHERE = ("/en/", "/en/news/?category=politics", "/en/search/?q=port", "/en/archive/?day=today", "/en/feed.xml",
              "/en/2026/03/", "/en/search/feed.xml?q=port", "/nothing", "/robots.txt", "/sitemap.xml", "/media/x.jpg",
              "/sitemap-2026-03.xml", "/")  # fmt: skip


@pytest.fixture(scope="module")
def newsroom(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """A newsroom with an article, for all that is asked."""
    with made_once(django_db_blocker):
        make_newsroom()
        publish(make_article(), by=make_user("Editor"), at=NOW)
        yield


@pytest.fixture
def reader(newsroom: None, db: None, client: Client) -> Client:
    return client


@pytest.mark.parametrize("path", ADDRESSES)
def test_impossible_addresses_are_not_there(reader: Client, path: str) -> None:
    assert reader.get(path).status_code == 404


@pytest.mark.parametrize("query", QUERIES)
def test_impossible_filters_are_told_at_the_field(reader: Client, query: str) -> None:
    answer = reader.get(f"/en/news/?{query}")
    assert answer.status_code == 200
    assert b"All news" in answer.content


@pytest.mark.parametrize("name", ["before", "after"])
@pytest.mark.parametrize("cursor", CURSORS)
def test_cursors_that_we_did_not_give_out_are_not_there(reader: Client, name: str, cursor: str) -> None:
    answer = reader.get(f"/en/news/?{name}={cursor}")
    assert answer.status_code == 404


@pytest.mark.parametrize("query", SEARCHES)
def test_no_search_breaks(reader: Client, query: str) -> None:
    assert reader.get(f"/en/search/?{query}").status_code in (200, 404)


@pytest.mark.parametrize("day", JUMPS)
def test_what_is_no_day_is_told(reader: Client, day: str) -> None:
    answer = reader.get(f"/en/archive/?day={day}")
    assert answer.status_code == 200
    assert (b"There is no such day" in answer.content) == bool(day)


def test_a_day_is_one_in_a_language_that_has_no_articles_yet(reader: Client) -> None:
    for day, is_none in (("2026-03-10", False), ("today", False), ("2026-02-30", True)):
        answer = reader.get(f"/ru/archive/?day={day}")
        assert answer.status_code == 200
        assert ("Такого дня нет" in answer.content.decode()) == is_none, day


@pytest.mark.parametrize("day", LANDING)
def test_a_day_beyond_the_archive_leads_to_the_nearest(reader: Client, day: str) -> None:
    answer = reader.get(f"/en/archive/?day={day}")
    assert (answer.status_code, answer["Location"]) == (302, "/en/archive/2026/03/10/")


@pytest.mark.parametrize("query", ["before=x", "before=-1", "before=%00", "before=" + "9" * 30, "page=9&unknown=1"])
def test_no_page_of_the_corrections_breaks(reader: Client, query: str) -> None:
    assert reader.get(f"/en/corrections/?{query}").status_code in (200, 404)


def test_a_page_of_a_list_that_shrank_says_so_and_leads_on(reader: Client) -> None:
    shown = reader.get("/en/search/?q=officers&sort=date&before=1.1").content.decode()
    assert "No article stands on this page any more." in shown
    assert '<li class="first"><a href="/en/search/?q=officers&amp;sort=date">' in shown
    assert '<li class="first"><a href="/en/news/">' in reader.get("/en/news/?before=1.1").content.decode()


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
@pytest.mark.parametrize("path", EVERYWHERE)
def test_pages_are_only_read(reader: Client, method: str, path: str) -> None:
    assert getattr(reader, method)(path).status_code == 405


@pytest.mark.parametrize("path", EVERYWHERE)
def test_heads_are_those_of_the_pages(reader: Client, path: str) -> None:
    assert reader.head(path).status_code == reader.get(path).status_code
    assert not reader.head(path).content


def test_an_empty_newsroom_without_registers_still_answers(db: None, client: Client) -> None:
    for path in (
        "/en/",
        "/ru/news/",
        "/en/archive/",
        "/en/feed.xml",
        "/sitemap.xml",
        "/en/corrections/",
        "/en/search/?q=a",
    ):
        assert client.get(path).status_code == 200, path
