"""Ways through the archive: to what followed, to the nearest day, to a day that is asked for, to the other language."""

import re
from datetime import datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client

from articles import pagemap
from articles.models import Page, Release, Topic
from articles.pagemap.addresses import read_address
from articles.publishing import publish, schedule, withdraw
from articles.reader.pages import build
from tests.builders import NOW, make_article

from .conftest import See

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
AT = NOW + HOUR
LINK = re.compile(r'href="(/[^"]*)"')


@pytest.fixture
def story(managing: User) -> list[Release]:
    """Thirteen articles of one story, one in each of as many months, the last of them today's."""
    made = []
    for number in range(13):
        article = make_article(f"part-{number}", dated_at=NOW - (12 - number) * 30 * DAY, headline=f"Part {number}")
        made.append(publish(article, by=managing, at=NOW))
    return made


def path_of(release: Release) -> str:
    return pagemap.article_path(release.language, release.published_date, release.edition.slug)


def section(page: str, name: str) -> str:
    found = re.search(rf'<section class="{name}".*?</section>', page, re.DOTALL)
    return found[0] if found else ""


def parts(page: str) -> list[int]:
    return [int(number) for number in re.findall(r">Part (\d+)</a>", section(page, "follow-ups"))]


def test_an_article_leads_to_the_ten_that_follow_it(see: See, story: list[Release]) -> None:
    assert parts(see(path_of(story[0]), AT)) == [*range(10, 0, -1)]
    assert parts(see(path_of(story[9]), AT)) == [12, 11, 10]
    last = see(path_of(story[12]), AT)
    assert parts(last) == []
    assert 'href="/en/topic/elections/">The whole story: Elections</a>' in last
    assert '<a href="/en/news/">Today\'s news</a>' in last


def test_what_is_withdrawn_or_filed_elsewhere_follows_nothing(see: See, managing: User, story: list[Release]) -> None:
    withdraw(story[12].article, by=managing, at=AT, note="By law.")
    other = story[11].article
    other.topics.set([Topic.objects.create(slug="sea", name_en="Sea", name_ru="Море")])
    publish(other, by=managing, at=AT, reason="minor")

    assert parts(see(path_of(story[9]), AT)) == [10]


def test_what_is_to_come_sets_the_time_of_ten_pages_alone(managing: User, story: list[Release]) -> None:
    """It stands there at its second, and the story's older pages are left as they are."""
    due = AT + 5 * HOUR
    schedule(make_article("to-come", headline="Part 99"), by=managing, at=AT, live_at=due)
    changes = [build(path_of(release), AT).next_change_at for release in story]
    assert changes == [None] * 3 + [due] * 10
    assert 99 in parts(build(path_of(story[3]), due).body.decode())
    assert 99 not in parts(build(path_of(story[2]), due).body.decode())


def test_one_publication_touches_ten_pages_of_the_story(managing: User, story: list[Release]) -> None:
    Page.objects.update(dirty_since=None)
    publish(make_article("news", headline="Part 13"), by=managing, at=AT)
    dirty = set(Page.objects.filter(dirty_since__isnull=False).values_list("path", flat=True))
    assert {path_of(release) for release in story[-10:]} <= dirty
    assert not {path_of(release) for release in story[:3]} & dirty


def turns(page: str) -> list[str]:
    return LINK.findall((re.search(r'<nav class="turns".*?</nav>', page, re.DOTALL) or [""])[0])


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("archive/2025/", ["archive/2026/"]),
        ("archive/2026/", ["archive/2025/"]),
        ("archive/2025/10/", ["archive/2025/09/", "archive/2025/11/"]),
        ("archive/2026/02/", ["archive/2026/01/", "archive/2026/03/"]),
        ("archive/2026/02/01/", ["archive/2026/01/09/", "archive/2026/02/08/"]),
        ("archive/2026/02/08/", ["archive/2026/01/09/", "archive/2026/03/10/"]),
        ("archive/2026/03/10/", ["archive/2026/02/08/"]),
        ("topic/elections/2026/02/", ["topic/elections/2026/01/", "topic/elections/2026/03/"]),
        ("category/politics/2025/03/", ["category/politics/2025/04/"]),
    ],
)
def test_a_period_leads_to_the_nearest_with_articles(
    see: See, story: list[Release], path: str, expected: list[str]
) -> None:
    assert list(dict.fromkeys(turns(see(f"/en/{path}", AT)))) == [f"/en/{one}" for one in expected]


def test_every_page_of_the_archive_leads_on(client: Client, story: list[Release]) -> None:
    """From the index by nothing but the ways on, each month and day is reached, and nothing that is not there."""
    with time_machine.travel(AT, tick=False):
        seen, waiting = set[str](), ["/en/archive/"]
        while waiting:
            path = waiting.pop()
            if path not in seen:
                seen.add(path)
                answer = client.get(path)
                assert answer.status_code == 200, path
                waiting += [one for one in LINK.findall(answer.content.decode()) if one.startswith("/en/archive/")]
                target = read_address(path)
                assert target and (target.kind == "archive" or turns(answer.content.decode())), path
    assert len(seen) == 1 + 2 + 13 + 13


def test_the_calendar_of_a_day_has_the_days_of_its_month(see: See, managing: User, story: list[Release]) -> None:
    publish(make_article("other", dated_at=NOW - 3 * DAY), by=managing, at=NOW)
    page = see("/en/archive/2026/03/10/", AT)
    assert re.findall(r'<td class="held"><a href="([^"]*)"', page) == [
        f"/en/archive/2026/03/{day}/" for day in ("07", "10")
    ]


@pytest.mark.parametrize(
    ("day", "leads_to"),
    [
        ("2026-02-08", "2026/02/08/"),
        ("2026-02-20", "2026/02/08/"),
        ("1950-01-01", "2025/03/15/"),
        ("2999-12-31", "2026/03/10/"),
        ("9999-12-31", "2026/03/10/"),
        ("0001-01-01", "2025/03/15/"),
        ("today", "2026/03/10/"),
    ],
)
def test_go_to_a_day(client: Client, story: list[Release], day: str, leads_to: str) -> None:
    with time_machine.travel(AT, tick=False):
        answer = client.get("/en/archive/", {"day": day, "utm_source": "mail"})
    assert (answer.status_code, answer["Location"]) == (302, f"/en/archive/{leads_to}")
    assert answer["Cache-Control"] == "no-cache"


def fill_a_page(day: str, by: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """Publish one more article of a day; its list, and that of its month, have a second page then."""
    monkeypatch.setattr("articles.pagemap.lists.LIST_SIZE", 1)
    moment = datetime.strptime(f"{day}12:00 +0000", "%Y/%m/%d/%H:%M %z")
    publish(make_article("second", dated_at=moment, headline="Second"), by=by, at=NOW)


@pytest.mark.parametrize(
    ("day", "earlier", "later"),
    [
        ("2026/02/08/", "2026/01/09/", "2026/03/10/"),
        ("2025/03/15/", "2025/03/15/", "2025/04/14/"),
        ("2026/03/10/", "2026/02/08/", "2026/03/10/"),
    ],
)
def test_closed_pages_of_a_day_lead_on_to_the_nearest_days_by_what_never_changes(
    client: Client,
    story: list[Release],
    managing: User,
    monkeypatch: pytest.MonkeyPatch,
    day: str,
    earlier: str,
    later: str,
) -> None:
    """No page of another day is to be made anew for them: where they lead is found when it is asked for."""
    fill_a_page(day, managing, monkeypatch)
    with time_machine.travel(AT, tick=False):
        page = client.get(f"/en/archive/{day}2/").content.decode()
        ways = turns(page)
        assert ways == [f"/en/archive/?{side}={day[:-1].replace('/', '-')}" for side in ("before", "after")]
        assert 'name="day" type="date"' in page
        assert [client.get(way)["Location"] for way in ways] == [f"/en/archive/{one}" for one in (earlier, later)]


@pytest.mark.parametrize(
    ("month", "earlier", "later"), [("2026/02", "2026/01", "2026/03"), ("2026/03", "2026/02", "2026/03")]
)
def test_closed_pages_of_a_rubrics_month_lead_on_to_the_nearest_months(
    client: Client,
    story: list[Release],
    managing: User,
    monkeypatch: pytest.MonkeyPatch,
    month: str,
    earlier: str,
    later: str,
) -> None:
    fill_a_page(f"{month}/08/", managing, monkeypatch)
    path = "/en/category/politics/"
    with time_machine.travel(AT, tick=False):
        ways = turns(client.get(f"{path}{month}/2/").content.decode())
        assert ways == [f"{path}{month}/?turn={side}" for side in ("earlier", "later")]
        assert [client.get(way)["Location"] for way in ways] == [f"{path}{one}/" for one in (earlier, later)]
        assert client.get(f"{path}{month}/?turn=sideways").status_code == 200
        nothing = client.get("/en/category/nothing/2026/02/?turn=later", follow=True)  # as of one under embargo
        assert (nothing.redirect_chain, nothing.status_code) == ([("/en/category/nothing/2026/02/", 302)], 404)


@pytest.mark.parametrize("query", ["before=", "after=x", "before=2026-02-30", "after=9999-12-31", "before=0001-01-01"])
def test_what_no_closed_page_gave_out_is_answered_cleanly(client: Client, story: list[Release], query: str) -> None:
    with time_machine.travel(AT, tick=False):
        assert client.get(f"/en/archive/?{query}").status_code in (200, 302)


@pytest.mark.parametrize("day", ["", "x", "2026-02-30", "2026-2-3", "10000-01-01", "'--", "\0", "١٢", "9" * 5000])
def test_what_is_no_day_is_told(client: Client, story: list[Release], day: str) -> None:
    with time_machine.travel(AT, tick=False):
        for path in ("/en/archive/", "/en/news/", "/en/corrections/"):
            page = client.get(path, {"day": day})
            assert page.status_code == 200
            assert ("There is no such day." in page.content.decode()) == bool(day), path
        assert client.get("/en/archive/", {"page": "2"}).status_code == 200


@pytest.mark.parametrize("day", ["2999-12-31", "9999-12-30", "9999-12-31"])
def test_a_list_begins_with_the_newest_up_to_a_day_without_a_next_one(
    client: Client, story: list[Release], day: str
) -> None:
    with time_machine.travel(AT, tick=False):
        news, begun = (client.get("/en/news/", query).content.decode() for query in ({}, {"day": day}))
    listed = re.compile(r'<h[23]><a href="([^"]*)"')
    assert listed.findall(begun) == listed.findall(news) != []


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/en/2026/", "2026/"),
        ("/en/2026/02/", "2026/02/"),
        ("/en/2026/02/08/", "2026/02/08/"),
        ("/en/2026/02/09/", "2026/02/09/"),
    ],
)
def test_an_address_cut_short_leads_to_the_archive(
    client: Client, story: list[Release], path: str, leads_to: str
) -> None:
    with time_machine.travel(AT, tick=False):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"]) == (301, f"/en/archive/{leads_to}")
        assert client.get(path[:-1])["Location"] == path


@pytest.mark.parametrize(
    "path", ["/en/1999/", "/en/2026/13/", "/en/2026/02/30/", "/en/0000/", "/en/2027/01/", "/ru/2026/00/"]
)
def test_one_of_no_period_leads_nowhere(client: Client, story: list[Release], path: str) -> None:
    with time_machine.travel(AT, tick=False):
        assert client.get(path).status_code == 404


def switch(page: str) -> str:
    return re.search(r'<a href="([^"]*)" lang="ru" hreflang="ru"', page)[1].replace("&amp;", "&")  # type: ignore[index]


def test_the_other_language_keeps_the_place(client: Client, see: See, managing: User, story: list[Release]) -> None:
    query = "category=politics&region=north&before=1.1"
    with time_machine.travel(AT, tick=False):
        assert switch(client.get(f"/en/news/?{query}").content.decode()) == f"/ru/news/?{query}"
        assert switch(client.get("/en/search/?q=a+b").content.decode()) == "/ru/search/?q=a+b"
    assert switch(see("/en/archive/2026/02/08/", AT)) == "/ru/archive/2026/02/08/"
    assert switch(see(path_of(story[0]), AT)) == "/ru/category/politics/"
    assert switch(see("/en/topic/elections/2026/02/", AT)) == "/ru/archive/2026/02/"
    assert 'hreflang="ru" href=' not in see("/en/topic/elections/", AT)

    publish(make_article("dyuny", language="ru"), by=managing, at=AT)

    assert switch(see("/en/topic/elections/", AT)) == "/ru/topic/elections/"
    assert 'hreflang="ru" href="http://testserver/ru/topic/elections/"' in see("/en/topic/elections/", AT)


def test_closed_pages_of_a_story_lead_to_it_in_the_other_language(
    client: Client, see: See, managing: User, story: list[Release], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether it is there need not be known when they are made: as a filter, it is asked for when it is followed."""
    monkeypatch.setattr("articles.pagemap.lists.LIST_SIZE", 4)
    way = switch(see("/en/topic/elections/2/", AT))
    assert way == "/ru/news/?topic=elections"
    with time_machine.travel(AT, tick=False):
        assert client.get(way).status_code == 200
        publish(make_article("dyuny", language="ru"), by=managing, at=AT)
    assert switch(see("/en/topic/elections/2/", AT)) == way
    with time_machine.travel(AT + HOUR, tick=False):
        assert "/dyuny/" in client.get(way).content.decode()


def test_all_news_has_a_first_and_a_last_page(
    client: Client, story: list[Release], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("articles.reader.news.SIZE", 4)
    shown = re.compile(r'<h3><a href="[^"]*/part-(\d+)/"')
    with time_machine.travel(AT, tick=False):
        last = client.get("/en/news/?page=last&category=politics").content.decode()
        assert shown.findall(last) == ["3", "2", "1", "0"]
        assert 'rel="next"' not in last and 'rel="prev"' in last
        assert 'href="/en/news/?category=politics">Newest</a>' in last
        there = client.get("/en/news/?day=2025-10-20").content.decode()
        assert shown.findall(there) == ["7", "6", "5", "4"]
        assert 'rel="prev"' in there and 'name="day" type="date" value="2025-10-20"' in there
        empty = client.get("/en/news/?before=-9.1").content.decode()
        assert 'href="/en/news/">Newest</a>' in empty


@pytest.mark.parametrize("query", ["utm_source=mail&utm_medium=x", "fbclid=1", "GCLID=1&_openstat="])
def test_what_only_counts_who_came_is_no_query(client: Client, story: list[Release], query: str) -> None:
    with time_machine.travel(AT, tick=False):
        for path in ("/en/news/", "/en/archive/", path_of(story[0])):
            assert client.get(f"{path}?{query}").content == client.get(path).content
            assert (
                f'<link rel="canonical" href="http://testserver{path}">'
                in client.get(f"{path}?{query}").content.decode()
            )
        kept = client.get(f"/en/news/?{query}&category=courts").content.decode()
    assert "utm_" not in kept and "No articles answer to this." in kept


def test_robots_keep_out_of_what_filters_choose(client: Client, managing: User) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert {"Disallow: /en/news/?", "Disallow: /ru/archive/?", "Disallow: /en/search/"} <= {*lines}
    assert "Sitemap: http://testserver/sitemap.xml" in lines


def test_the_sitemap_has_lists_months_and_years(client: Client, see: See, story: list[Release]) -> None:
    with time_machine.travel(AT, tick=False):
        small, own = see("/sitemap.xml", AT), client.get("/sitemap-pages.xml").content.decode()
    for path in (
        "",
        "news/",
        "archive/",
        "archive/2025/",
        "archive/2026/02/",
        "topic/elections/",
        "category/politics/",
    ):
        for text in (small, own):
            assert f"<loc>http://testserver/en/{path}</loc>" in text
    assert "/ru/topic/" not in own and "/en/category/courts/" not in own
    assert "<lastmod>" not in own


def test_a_story_has_a_text_that_is_marked(see: See, story: list[Release]) -> None:
    told = "The GDL came.\n\nIt left <b>."
    Topic.objects.filter(slug="elections").update(about_en=told, about_ru="О сюжете.")
    page = see("/en/topic/elections/", AT)
    about = re.search(r'<div class="about">\n(.*?)\n</div>', page, re.DOTALL)
    assert about and re.fullmatch(
        r"<p>The GDL<sup.*?</sup> came\.</p>\n<p>It left &lt;b&gt;\.</p>", about[1], re.DOTALL
    ), page
    assert "listed as terrorist." in page.partition('class="legal"')[2]
    assert '<meta name="description" content="The GDL (listed as terrorist) came.">' in page
    assert 'class="list timeline"' in page
