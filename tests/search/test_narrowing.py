"""Filters, order, counts and the other language on the search page; whatever is asked, a clean answer."""

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from time_machine import travel

from articles.models import Article, Author, Byline, Region, Topic
from articles.publishing import publish, schedule, withdraw
from tests.builders import NOW, make_article, make_newsroom, make_user
from tests.once import made_once
from tests.plans import walked
from tests.search.scoring import HEADLINE

LATER = NOW + timedelta(hours=9)


@pytest.fixture(scope="module")
def archive(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    with made_once(django_db_blocker):
        fill()
        yield


@pytest.fixture
def reader(archive: None, db: None, client: Client) -> Client:
    """A reader of a small archive: three articles with a gull, one in Russian."""
    return client


def fill() -> None:
    make_newsroom()
    by = make_user("Managing editor")
    coast = Region.objects.create(slug="coast", name_en="Coast", name_ru="Берег")
    sea = Topic.objects.create(slug="sea", name_en="Sea", name_ru="Море")
    for number, (slug, category, body, author) in enumerate(
        (
            ("first", "politics", "<p>A gull. The “Grey Dune League” spoke.</p>", "Anna Tern"),
            ("second", "courts", "<p>The gull and the judge.</p>", "Boris Sandpiper"),
            ("third", "courts", "<p>A ferry, far from any gull.</p>", "Anna Tern"),
        )
    ):
        given = {"headline": f"Story {number}", "summary": "", "category": category, "authors": [author]}
        article = make_article(slug, body=body, **given)
        article.regions.set([coast] if number != 1 else [])
        article.topics.set([sea] if number == 2 else [])
        publish(article, by=by, at=NOW + timedelta(days=-number))
    hidden = make_article("hidden", body="<p>A gull.</p>", headline="Hidden", summary="", authors=[])
    hidden.topics.set([Topic.objects.create(slug="secret", name_en="Secret", name_ru="Тайна")])
    schedule(hidden, by=by, at=NOW, live_at=LATER + timedelta(days=400))
    russian = {"language": "ru", "headline": "Чайка", "summary": "", "authors": []}
    publish(make_article("chaika", body="<p>Чайка, gull по-английски.</p>", **russian), by=by, at=NOW)


def page(reader: Client, query: str, path: str = "/en/search/") -> str:
    with travel(LATER, tick=False):
        answer = reader.get(f"{path}?{query}")
    assert answer.status_code == 200, query
    return answer.content.decode()


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("q=gull", {"first", "second", "third"}),
        ("q=gull&category=courts", {"second", "third"}),
        ("q=gull&region=coast", {"first", "third"}),
        ("q=gull&region=coast&topic=sea", {"third"}),
        ("q=gull&topic=sea&category=politics", set()),
        ("q=gull&sort=date&topic=sea", {"third"}),
        ("q=gull&author=anna-tern&region=coast", {"first", "third"}),
        ("q=gull&author=anna-tern", {"first", "third"}),
        ("q=gull&author=anna-tern&category=courts", {"third"}),
        ("q=gull&mention=grey-wolves-league", {"first"}),
        ("q=gull&mention=northern-lamp", set()),
        ("q=gull&since=2026-03-09", {"first", "second"}),
        ("q=gull&until=2026-03-08", {"third"}),
        ("q=gull&since=2026-03-09&until=2026-03-09", {"second"}),
        ("q=gull&since=2026-03-09&until=2026-03-01", set()),
        ("q=gull&sort=date&category=courts", {"second", "third"}),
    ],
)
def test_filters_leave_what_they_say(reader: Client, query: str, slugs: set[str]) -> None:
    assert set(HEADLINE.findall(page(reader, query))) == slugs


def test_what_is_offered_are_the_hits_with_their_numbers_and_marks(reader: Client) -> None:
    shown = unescape(page(reader, "q=gull"))
    assert re.findall(r"<option[^>]*>([^<]*)</option>", shown)[1:3] == ["Courts (2)", "Politics (1)"]
    assert "Anna Tern (2)" in shown
    assert "Boris Sandpiper (1)" in shown
    assert "Grey Dune League (listed as terrorist) (1)" in shown
    assert "3 articles." in shown


def test_regions_and_topics_of_the_hits_are_offered_and_what_is_under_embargo_is_not_known(reader: Client) -> None:
    shown = re.findall(r"<option[^>]*>([^<]*)</option>", page(reader, "q=gull"))
    assert {"Coast (2)", "Sea (1)"} <= {*shown} and not {one for one in shown if "Secret" in one}
    assert "Coast (1)" in page(reader, "q=gull&topic=sea")
    assert "Sea" in page(reader, "q=judge&topic=sea")  # it stays chosen where nothing is found
    hidden, unknown = (page(reader, f"q=gull&topic={slug}") for slug in ("secret", "nobody"))
    assert hidden.replace("secret", "nobody") == unknown
    assert 'id="id_topic_error"' in hidden and "Hidden" not in hidden
    with travel(LATER + timedelta(days=401), tick=False):
        assert "Secret (1)" in reader.get("/en/search/?q=gull").content.decode()


def test_an_author_of_whom_readers_see_nothing_is_not_known_yet(reader: Client) -> None:
    by = User.objects.get()
    ahead = make_article("ahead", authors=["Cara Plover"])
    schedule(ahead, by=by, at=NOW, live_at=LATER + timedelta(days=1))
    make_article("draft", authors=["Dora Plover"])
    unknown = page(reader, "q=gull&author=nobody")
    for slug in ("cara-plover", "dora-plover"):
        hidden = page(reader, f"q=gull&author={slug}")
        assert hidden.replace(slug, "nobody") == unknown
        assert 'id="id_author_error"' in hidden and "Plover" not in hidden
    # Who is to be named beneath an article that readers see without the name is none of its authors either.
    Byline.objects.create(article=Article.objects.get(slug="first"), author=Author.objects.get(slug="dora-plover"))
    assert "Plover" not in page(reader, "q=gull&author=dora-plover")
    assert "Anna Tern" in page(reader, "q=judge&author=anna-tern")  # who stays chosen where nothing is found
    with travel(LATER + timedelta(days=2), tick=False):
        assert "Cara Plover" in reader.get("/en/search/?q=zebra&author=cara-plover").content.decode()


def test_what_is_withdrawn_is_no_choice_any_more(reader: Client) -> None:
    withdraw(Article.objects.get(slug="first"), by=User.objects.get(), at=NOW, note="Gone.")
    shown = page(reader, "q=gull")
    assert "Grey Dune League" not in shown
    assert "2 articles." in shown


def test_the_other_language_is_offered_and_chosen(reader: Client) -> None:
    shown = page(reader, "q=gull&since=2026-03-01")
    assert 'href="/ru/search/?q=gull&amp;since=2026-03-01" hreflang="ru"' in shown
    assert "Русский: 1 article" in shown
    moved = reader.get("/en/search/?q=gull&language=ru&since=2026-03-01")
    assert (moved.status_code, moved["Location"]) == (302, "/ru/search/?q=gull&since=2026-03-01")


def test_relevance_comes_before_date_unless_it_is_asked_for(reader: Client) -> None:
    by = User.objects.get()
    publish(make_article("head", headline="The gull", summary="", dated_at=NOW - timedelta(days=9)), by=by, at=NOW)
    assert HEADLINE.findall(page(reader, "q=gull"))[0] == "head"
    assert HEADLINE.findall(page(reader, "q=gull&sort=date"))[-1] == "head"


def test_what_was_meant_is_shown_and_said(reader: Client) -> None:
    shown = page(reader, "q=gulll")
    assert set(HEADLINE.findall(shown)) == {"first", "second", "third"}
    assert 'These have <a href="/en/search/?q=gull">gull</a>.' in shown


def test_nothing_is_proposed_that_no_article_has(reader: Client) -> None:
    """The likeliest words of each part need not stand in one article."""
    by = User.objects.get()
    for number in range(2):
        publish(make_article(f"road-{number}", headline="Road", summary="", body="<p>A road.</p>"), by=by, at=NOW)
    publish(make_article("raid", headline="Raid", summary="", body="<p>A raid on gulls.</p>"), by=by, at=NOW)
    shown = page(reader, "q=gull+riad")
    assert HEADLINE.findall(shown) == ["raid"]
    assert 'These have <a href="/en/search/?q=gull+raid">gull raid</a>.' in shown
    bare = page(reader, "q=judge+riad")
    assert "These have" not in bare and "No article answers this query." in bare


def test_a_stressed_word_is_found_and_shown(reader: Client) -> None:
    text = {"headline": "Castle", "summary": "", "body": "<p>Старый за\u0301мок у воды.</p>", "authors": []}
    publish(make_article("zamok", language="ru", **text), by=User.objects.get(), at=NOW)
    for query in ("замок", "за\u0301мок", "замка"):
        shown = page(reader, f"q={query}", "/ru/search/")
        assert HEADLINE.findall(shown) == ["zamok"], query
        assert "<mark>за\u0301мок</mark>" in shown


def test_a_name_on_a_register_is_proposed_with_its_mark(reader: Client) -> None:
    shown = page(reader, "q=Grey+Dume+League")
    assert HEADLINE.findall(shown) == ["first"]
    assert re.search(r">grey dune league \(listed as terrorist\)</a>\.", shown, re.IGNORECASE)


def test_more_than_are_counted_are_more_than_that(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("articles.reader.found.MOST", 2)
    shown = page(reader, "q=gull")
    assert "Over 1,000 articles." in shown
    assert "The newest 1,000 by relevance." in shown
    assert set(HEADLINE.findall(shown)) == {"first", "second"}


def test_pages_by_relevance_hold_each_hit_once(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("articles.reader.found.SIZE", 2)
    first, second, beyond = (page(reader, f"q=gull&page={number}") for number in ("1", "2", "99"))
    assert 'aria-label="Page 2">2</a>' in first and 'aria-label="Page 1">1</a>' in second
    assert len(HEADLINE.findall(first)) == 2
    assert {*HEADLINE.findall(first), *HEADLINE.findall(second)} == {"first", "second", "third"}
    assert HEADLINE.findall(beyond) == HEADLINE.findall(second)
    assert 'rel="next"' in first
    assert 'rel="prev"' in second


def test_pages_by_date_lead_to_the_first_and_the_last(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("articles.reader.found.SIZE", 1)
    pages = [page(reader, "q=gull&sort=date")]
    for name in ("older", "last", "newer", "first"):
        [path] = re.findall(rf'<li class="{name}"><a href="([^"]*)"', pages[-1])
        pages.append(reader.get(unescape(path)).content.decode())
    assert [HEADLINE.findall(one) for one in pages] == [["first"], ["second"], ["third"], ["second"], ["first"]]
    offered = [re.findall(r'<li class="(first|newer|older|last)">', one) for one in pages]
    ways = ["first", "newer", "older", "last"]
    assert offered == [["older", "last"], ways, ["first", "newer"], ways, ["older", "last"]]


@pytest.mark.parametrize(
    ("limit", "slug"),
    [("", "third"), ("&category=courts", "third"), ("&category=politics", "first"), ("&since=2026-03-09", "second")],
)
def test_the_last_page_by_date_keeps_the_filters(reader: Client, limit: str, slug: str) -> None:
    assert HEADLINE.findall(page(reader, f"q=gull&sort=date&page=last{limit}"))[-1] == slug


def test_what_was_written_is_offered_in_the_language_that_has_it(reader: Client) -> None:
    """«чайка» is Russian: that English has something like it does not hide the articles that were looked for."""
    by = User.objects.get()
    publish(make_article("chaika", headline="Chaika the boat", summary=""), by=by, at=NOW)
    shown = page(reader, "q=чайка")
    assert HEADLINE.findall(shown) == ["chaika"]
    assert "Русский: 1 article" in shown


def test_where_nothing_is_found_ways_lead_on(reader: Client) -> None:
    bare, narrowed, wrong = (page(reader, f"q=zebra{more}") for more in ("", "&category=courts", "&since=2026-02-31"))
    assert "Other or fewer words may find more." in bare
    assert "With these filters no article answers this query." in narrowed
    assert "A filter has a value that cannot be used" in wrong and "Enter a valid date." in wrong
    for shown in (narrowed, wrong):
        assert '<a href="/en/search/?q=zebra">Search without the filters</a>' in shown


def test_the_feed_of_a_search_is_marked_and_no_robots(reader: Client) -> None:
    with travel(LATER, tick=False):
        shown = page(reader, "q=gull")
        assert 'type="application/rss+xml"' in shown
        assert 'href="/en/search/feed.xml?q=gull"' in shown
        answer = reader.get("/en/search/feed.xml?q=gull&category=politics")
    body = answer.content.decode()
    assert answer.status_code == 200
    assert answer["X-Robots-Tag"] == "noindex"
    assert body.count("<item>") == 1
    assert "Grey Dune League”" in unescape(body)
    assert "*The organization is listed as terrorist." in re.sub("<[^>]*>", "", unescape(body))


def test_filters_without_a_word_say_so_and_lead_on(reader: Client) -> None:
    for query in ("category=courts", "q=&since=2026-01-01", "q=-gull&category=courts"):
        shown = page(reader, query)
        assert "There is no word to look for in this query." in shown
        assert 'class="more ways"' in shown and '<a href="/en/news/">All news</a>' in shown.partition("more ways")[2]
    assert "There is no word" not in page(reader, "")


def test_the_feed_of_what_was_meant_has_its_articles(reader: Client) -> None:
    """That of what was written would stay empty for ever."""
    shown = page(reader, "q=gulll&category=courts")
    assert "/en/search/feed.xml?q=gulll" not in shown
    feed = "/en/search/feed.xml?q=gull&amp;category=courts"
    assert shown.count(f'href="{feed}"') == 2  # for readers, and in the head for their programs
    with travel(LATER, tick=False):
        assert reader.get(unescape(feed)).content.decode().count("<item>") == 2


@pytest.mark.parametrize("limit", ["language=xx", "category=nowhere", "since=2026-02-31"])
def test_what_cannot_be_chosen_is_told_at_its_field(reader: Client, limit: str) -> None:
    shown = page(reader, f"q=gull&{limit}")
    assert "see the message beside it" in shown
    field = shown.partition(f'name="{limit.partition("=")[0]}"')[2].partition("</p>")[0]
    assert 'class="error"' in field


BAD = [
    "q=",
    "q=%00",
    "q=" + "x" * 10_000,
    "q=gull&since=0001-01-01&until=9999-12-31",
    "q=gull&since=9999-12-31",
    "q=gull&until=0001-01-01",
    "q=gull&since=2026-02-31",
    "q=gull&category=nowhere",
    "q=gull&author=%F0%9F%A6%86",
    "q=gull&mention=' OR 1=1",
    "q=gull&mention=harbour",
    "q=gull&language=xx",
    "q=gull&sort=nonsense&page=-1",
    "q=gull&page=99999",
    "q=gull&page=1e9",
    "q=gull&page=²",
    "q=gull&sort=date&page=7",
    'q="a gull" OR -ferry AND | -"judge" gull OR «чайка» 1 250 000 3,5 -x*'
    "&category=courts&author=anna-tern&since=1999-01-01",
    "q=gull&q=ferry&category=courts&category=politics",
    "q=gull&before=1.1&page=3",
]


@pytest.mark.parametrize("query", BAD, ids=lambda query: ascii(query)[:40])
def test_whatever_is_asked_there_is_a_clean_answer(reader: Client, query: str) -> None:
    for path in ("/en/search/", "/ru/search/", "/en/search/feed.xml"):
        assert "</" in page(reader, query, path)


MOST = 26  # statements of one page: they do not grow with the archive
ASKED = ["q=gull", "q=zebra", "q=gull+judge", 'q="gull+judge"', "q=-gull", "q=gull&category=courts", "q=gulll",
         "q=gull&author=anna-tern", "q=gull&mention=grey-wolves-league",
         "q=gull&since=2026-01-01&sort=date"]  # fmt: skip


@pytest.mark.parametrize("query", ASKED)
def test_no_search_goes_through_a_table(reader: Client, query: str) -> None:
    """Each statement about what grows with the archive begins at an index."""
    page(reader, query)
    with CaptureQueriesContext(connection) as asked:
        page(reader, query)
    statements = [one["sql"] for one in asked.captured_queries]
    assert len(statements) <= MOST, statements
    assert {statement: tables for statement in statements if (tables := walked(statement))} == {}
