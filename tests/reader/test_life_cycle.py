"""One life cycle, every output: what each act does to page, lists, feed, sitemap and structured data."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from lxml import etree

from articles.models import Article, Release, Topic
from articles.pagemap.addresses import article_path
from articles.publishing import cancel, publish, retract, schedule, withdraw
from articles.reader.pages import build
from tests.builders import NOW, make_article

from .conftest import See

HOUR = timedelta(hours=1)
LISTS = (
    "/en/",
    "/en/news/",
    "/en/archive/2026/03/",
    "/en/archive/2026/03/10/",
    "/en/category/politics/",
    "/en/category/politics/2026/03/",
    "/en/region/north/",
    "/en/topic/elections/",
    "/en/feed.xml",
    "/en/category/politics/feed.xml",
    "/sitemap.xml",
)
PAGE = "/en/2026/03/10/dunes/"


def item(feed: str) -> dict[str, str]:
    """Return the fields of a feed's only item."""
    found = etree.fromstring(feed.encode()).findall(".//item")
    assert len(found) == 1
    return {etree.QName(field).localname: field.text or "" for field in found[0]}


def structured(page: str) -> dict[str, Any]:
    match = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert match
    data: dict[str, Any] = json.loads(match[1])
    return data


def assert_nowhere(see: See, at: Any, word: str = "dunes") -> None:
    for path in LISTS:
        built = build(path, at)
        assert built.status == 404 or word not in built.body.decode(), path
    assert "Nothing has been published yet." in see("/en/archive/", at)


@pytest.mark.parametrize("state", ["draft", "in_review", "approved"])
def test_what_was_never_published_is_nowhere(see: See, state: str) -> None:
    Article.objects.filter(pk=make_article().pk).update(state=state)
    see(PAGE, status=404)
    assert_nowhere(see, NOW)


def test_a_published_article_is_everywhere_with_marks_and_notes(see: See, managing: User) -> None:
    publish(make_article(), by=managing, at=NOW)
    page = see(PAGE)
    assert page.split("<main", 1)[1].count("The organization is listed as terrorist.") == 1
    for path in LISTS:
        assert "dunes" in see(path), path
    for path in LISTS[:8]:
        assert '<sup class="mark">*</sup>' in see(path), path
        assert "The organization is listed as terrorist." in see(path), path
    feed = item(see("/en/feed.xml"))
    assert feed["title"] == "GDL* cells found in the harbour"
    assert "*The organization is listed as terrorist." in re.sub("<[^>]*>", "", feed["description"])
    assert "<news:title>GDL (listed as terrorist) cells found in the harbour</news:title>" in see("/sitemap.xml")


def test_structured_data_and_card_bear_the_inline_form(see: See, managing: User) -> None:
    publish(make_article(), by=managing, at=NOW)
    page = see(PAGE)
    title = "GDL (listed as terrorist) cells found in the harbour"
    about = "The Grey Dune League* says it was elsewhere. *The organization is listed as terrorist."
    data = structured(page)
    assert data["headline"] == title
    assert data["description"] == about
    assert data["author"] == [{"@type": "Person", "name": "Anna Tern"}]
    assert f'<meta property="og:title" content="{title}">' in page
    assert f'<meta property="og:description" content="{about}">' in page
    assert "<title>GDL* cells found in the harbour – Tern Herald</title>" in page


def test_the_news_sitemap_forgets_after_two_days(see: See, managing: User) -> None:
    publish(make_article(), by=managing, at=NOW)
    change = build("/sitemap.xml", NOW + HOUR).next_change_at
    assert change == NOW + timedelta(hours=48)
    assert "news:title" in see("/sitemap.xml", change - timedelta(seconds=1))
    late = see("/sitemap.xml", change)
    assert "news:title" not in late
    assert "dunes" in late


def test_a_scheduled_article_comes_at_its_time_by_itself(see: See, managing: User) -> None:
    live_at = NOW + HOUR
    schedule(make_article(), by=managing, at=NOW, live_at=live_at)
    before = live_at - timedelta(microseconds=1)
    see(PAGE, before, status=404)
    assert_nowhere(see, before)
    assert build("/en/", before).next_change_at == live_at
    assert build("/en/feed.xml", before).next_change_at == live_at
    see(PAGE, live_at)
    for path in LISTS:
        assert "dunes" in see(path, live_at), path
    assert 'class="held"' in see("/en/archive/2026/03/", live_at)
    assert '<span class="number">1</span>' in see("/en/archive/", live_at)


def test_a_topic_of_a_story_that_nobody_may_know_is_not_told(see: See, managing: User) -> None:
    live_at = NOW + HOUR
    article = make_article()
    article.topics.add(Topic.objects.create(slug="raid", name_en="Harbour raid", name_ru="Налёт"))
    schedule(article, by=managing, at=NOW, live_at=live_at)
    paths = ("/en/topic/raid/", "/en/topic/raid/feed.xml", "/en/topic/raid/2026/03/")
    for path in paths:
        see(path, status=404)
        see(path, live_at)
        see(path.replace("/en/", "/ru/"), live_at, status=404)
    assert "Harbour raid" not in see("/en/news/")
    assert "Harbour raid" in see("/en/news/", live_at)


def test_a_cancelled_schedule_never_comes(see: See, managing: User) -> None:
    article = make_article()
    schedule(article, by=managing, at=NOW, live_at=NOW + HOUR)
    cancel(article, by=managing, at=NOW)
    see(PAGE, NOW + 2 * HOUR, status=404)
    assert_nowhere(see, NOW + 2 * HOUR)
    assert build("/en/", NOW).next_change_at is None


@pytest.mark.parametrize(("reason", "moves"), [("minor", False), ("update", True), ("correction", True)])
def test_what_an_edit_moves(see: See, managing: User, reason: str, moves: bool) -> None:
    article = make_article()
    publish(article, by=managing, at=NOW)
    first = item(see("/en/feed.xml"))
    article.refresh_from_db()
    publish(article, by=managing, at=NOW + HOUR, reason=reason, note="The GDL was named late.")
    at = NOW + 2 * HOUR
    then, data = item(see("/en/feed.xml", at)), structured(see(PAGE, at))
    assert then["guid"] == first["guid"]
    assert then["pubDate"] == first["pubDate"]
    assert (then["updated"] != first["updated"]) is moves
    assert (data["dateModified"] != data["datePublished"]) is moves
    assert ("2026-03-10T16:00:00+03:00</lastmod>" in see("/sitemap.xml", at)) is moves
    assert ("The GDL* was named late." in re.sub("<[^>]*>", "", then["description"])) is moves


def test_a_correction_is_in_the_log_marked(see: See, managing: User) -> None:
    article = make_article()
    publish(article, by=managing, at=NOW)
    assert "Nothing has been put right yet." in see("/en/corrections/")
    article.refresh_from_db()
    publish(article, by=managing, at=NOW + HOUR, reason="correction", note="The GDL was named late.")
    at = NOW + 2 * HOUR
    log = see("/en/corrections/", at)
    assert 'The GDL<sup class="mark">*</sup> was named late.' in log
    assert "The organization is listed as terrorist." in log
    assert item(see("/en/corrections/feed.xml", at))["title"] == "Correction: GDL* cells found in the harbour"
    comment = structured(see(PAGE, at))["correction"]
    assert [entry["text"] for entry in comment] == ["The GDL (listed as terrorist) was named late."]
    assert "Исправлений ещё не было." in see("/ru/corrections/", at)


def test_a_scheduled_correction_is_not_told_before_its_time(see: See, managing: User) -> None:
    article = make_article()
    publish(article, by=managing, at=NOW)
    article.refresh_from_db()
    due = NOW + 2 * HOUR
    schedule(article, by=managing, at=NOW + HOUR, live_at=due, reason="correction", note="It was four cells.")
    for path in ("/en/corrections/", "/en/corrections/feed.xml", PAGE, "/en/feed.xml"):
        assert "four cells" not in see(path, due - timedelta(seconds=1)), path
        assert build(path, NOW + HOUR).next_change_at == due, path
        assert "four cells" in see(path, due), path


def test_a_retraction_is_prefixed_everywhere(see: See, managing: User) -> None:
    article = make_article()
    publish(article, by=managing, at=NOW)
    first = item(see("/en/feed.xml"))
    retract(article, by=managing, at=NOW + HOUR, note="The paper was forged.")
    at = NOW + 2 * HOUR
    page, feed = see(PAGE, at), item(see("/en/feed.xml", at))
    assert structured(page)["headline"].startswith("Retracted: GDL (listed")
    assert feed["guid"] == first["guid"]
    assert feed["title"] == "Retracted: GDL* cells found in the harbour"
    assert "The paper was forged." in feed["description"]
    assert "Retracted:" in see("/en/", at)
    assert "Retracted: GDL (" in see("/sitemap.xml", at)


def test_a_withdrawn_article_leaves_a_tombstone_that_tells_nothing(see: See, managing: User) -> None:
    article = make_article()
    publish(article, by=managing, at=NOW)
    withdraw(article, by=managing, at=NOW + HOUR, note="A court order.")
    stone = see(PAGE, NOW + 2 * HOUR, status=410)
    assert "withdrawn" in stone
    for word in ("GDL", "dunes", "court order"):
        assert word not in stone
    assert_nowhere(see, NOW + 2 * HOUR)


def test_an_old_address_leads_to_the_new_one(see: See, managing: User) -> None:
    article = make_article()
    publish(article, by=managing, at=NOW)
    Article.objects.filter(pk=article.pk).update(slug="harbour-cells")
    publish(Article.objects.get(pk=article.pk), by=managing, at=NOW + HOUR)
    built = build(PAGE, NOW + 2 * HOUR)
    assert (built.status, built.location) == (301, "/en/2026/03/10/harbour-cells/")
    see(built.location, NOW + 2 * HOUR)


@pytest.mark.parametrize("address", [PAGE, PAGE.rstrip("/")])
def test_a_browser_asks_again_where_a_moved_page_stands(managing: User, client: Client, address: str) -> None:
    article = make_article()
    publish(article, by=managing, at=NOW)
    Article.objects.filter(pk=article.pk).update(slug="harbour-cells")
    publish(Article.objects.get(pk=article.pk), by=managing, at=NOW + HOUR)
    moved = client.get(address)
    assert (moved.status_code, moved["Location"]) == (301, "/en/2026/03/10/harbour-cells/")
    assert moved["Cache-Control"] == "no-cache"


def test_an_address_that_is_scheduled_is_no_address_yet(see: See, managing: User) -> None:
    article = make_article()
    publish(article, by=managing, at=NOW)
    Article.objects.filter(pk=article.pk).update(slug="harbour-cells")
    due = NOW + 2 * HOUR
    schedule(Article.objects.get(pk=article.pk), by=managing, at=NOW + HOUR, live_at=due)
    before, new = due - timedelta(seconds=1), "/en/2026/03/10/harbour-cells/"
    see(PAGE, before)
    see(new, before, status=404)
    see(new, due)
    assert build(PAGE, due).location == new


def test_a_translation_is_linked_only_while_it_is_live(see: See, managing: User) -> None:
    original = make_article("dyuny", language="ru", headline="Дюны", summary="", body="<p>Текст.</p>")
    publish(original, by=managing, at=NOW)
    translation = make_article(origin_article=original)
    due = NOW + HOUR
    schedule(translation, by=managing, at=NOW, live_at=due)
    path = "/ru/2026/03/10/dyuny/"
    before, after = see(path, due - timedelta(seconds=1)), see(path, due)
    assert 'hreflang="en" href="http://testserver/en/2026' not in before
    assert PAGE not in before
    assert f'hreflang="en" href="http://testserver{PAGE}"' in after
    assert f'<a class="translation" href="{PAGE}"' in after
    assert build(path, NOW).next_change_at == due


def test_neighbours_and_related_are_of_its_day_its_topic_and_before(see: See, managing: User) -> None:
    releases: list[Release] = []
    for number, hours in enumerate((-30, -3, -2, -1)):
        article = make_article(f"story-{number}", headline=f"Story {number}", dated_at=NOW + hours * HOUR)
        releases.append(publish(article, by=managing, at=NOW))
    path = article_path("en", releases[2].published_date, "story-2")
    page = see(path).split("</article>", 1)[1]
    assert [f"Story {number}" in page for number in range(4)] == [True, True, False, True]
    after, day, related, news = re.findall(r"<section.*?</section>", page, re.DOTALL)
    assert re.findall(r"Story \d", after) == ["Story 3"]
    assert re.findall(r"Story \d", day) == ["Story 1", "Story 3"]
    assert re.findall(r"Story \d", related) == ["Story 1", "Story 0"]
    assert re.findall(r"Story \d", news) == ["Story 1", "Story 0"]
    assert 'href="/en/archive/">News archive</a>' in news
