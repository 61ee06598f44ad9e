"""How little each page asks of the database: at most three queries, whatever stands on it, one more for the pictures
that it shows, and never a body."""

import io
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from PIL import Image
from time_machine import travel

from articles.models import Address, Article, Category, Edition, Topic
from articles.photos.upload import add_photo
from articles.publishing import publish, record, retract, schedule, withdraw
from articles.reader import beneath
from articles.reader.frame import read_frame
from articles.reader.pages import build, build_many
from tests.builders import NOW, make_article, make_newsroom, make_user
from tests.once import made_once

MOST = 3
PICTURES = "articles_rendition"  # the table of what is made of photos, asked of all on a page at once
MOST_SEARCHED = 16  # of a search: words counted, hits, where they stand, what filters offer, the other language
AT = NOW + timedelta(hours=3)
DAY = "2026/03/10"


@pytest.fixture(scope="module")
def filled(
    django_db_setup: None, django_db_blocker: object, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[User]:
    """Articles with marks in text and lists, photos, translations, rubrics, corrections; moved, withdrawn, to come."""
    folder = tmp_path_factory.mktemp("queries")
    places = override_settings(PAGES_DIR=folder / "pages", MEDIA_ROOT=folder / "media")
    with places, made_once(django_db_blocker):
        make_newsroom()
        managing = make_user("Managing editor")
        file = io.BytesIO()
        Image.new("RGB", (60, 40), "red").save(file, "PNG")
        file.seek(0)
        photo, sea = add_photo(file), Topic.objects.create(slug="sea", name_en="Sea", name_ru="Море")
        for number in range(24):
            story = make_article(f"story-{number}", category=("politics", "courts")[number % 2], lead_photo=photo)
            story.topics.add(sea)
            publish(story, by=managing, at=NOW + timedelta(minutes=number))
        origin = Article.objects.get(slug="story-12")
        for slug in ("istoriya", "rasskaz"):
            make = make_article(slug, language="ru", origin_article=origin, headline="Лига серых дюн и ветер")
            publish(make, by=managing, at=NOW + timedelta(minutes=30))
        for number in (3, 12):
            corrected = Article.objects.get(slug=f"story-{number}")
            publish(corrected, by=managing, at=NOW + timedelta(hours=1), reason="correction", note="The GDL was not.")
        retract(Article.objects.get(slug="story-5"), by=managing, at=NOW + timedelta(hours=1), note="It was not so.")
        withdraw(Article.objects.get(slug="story-6"), by=managing, at=NOW + timedelta(hours=1), note="By law.")
        Article.objects.filter(slug="story-7").update(slug="story-moved")
        moved = Article.objects.get(slug="story-moved")
        publish(moved, by=managing, at=NOW + timedelta(hours=1), reason="update")
        schedule(make_article("to-come"), by=managing, at=NOW, live_at=NOW + timedelta(hours=2))
        schedule(make_article("ahead"), by=managing, at=NOW, live_at=NOW + timedelta(days=1))
        record.keep_heads(AT + timedelta(days=1))
        yield managing


@pytest.fixture
def newsroom(filled: User, db: None) -> User:
    return filled


PAGES = {
    **{f"/{language}/{path}": 200 for language in ("en", "ru") for path in ("", "news/", "archive/", "corrections/")},
    **{f"/en/{path}": 200 for path in ("feed.xml", "corrections/feed.xml", "topic/sea/feed.xml")},
    **{f"/en/archive/{path}": 200 for path in ("2026/", "2026/03/", f"{DAY}/")},
    **{f"/en/{kind}/": 200 for kind in ("category/courts", "region/north", "topic/sea", "topic/sea/2026/03")},
    "/sitemap.xml": 200,
    f"/en/{DAY}/story-12/": 200,
    f"/ru/{DAY}/istoriya/": 200,
    f"/en/{DAY}/story-3/": 200,
    f"/en/{DAY}/to-come/": 200,
    f"/en/{DAY}/story-7/": 301,
    f"/en/{DAY}/story-6/": 410,
    f"/en/{DAY}/none/": 404,
    "/en/topic/none/": 404,
    "/en/archive/1999/": 404,
    "/en/none/": 404,
}


REQUESTS = (
    f"/en/{DAY}/story-12/",
    "/en/",
    "/en/news/",
    "/en/news/?category=courts&topic=sea&since=2026-03-01",
    "/en/search/?q=harbour",
    "/ru/search/?q=серой",
    "/en/corrections/?heads=2026-03-11",
    "/sitemap-2026-03.xml",
    "/en/none/",
)


def without_pictures(asked: CaptureQueriesContext) -> tuple[list[str], int]:
    """Return the statements of a page, and of how many more it has asked for its pictures."""
    statements = [query["sql"] for query in asked.captured_queries]
    others = [one for one in statements if PICTURES not in one]
    return others, len(statements) - len(others)


def test_a_page_asks_at_most_three_times(newsroom: User) -> None:
    too_many = {}
    for path, status in PAGES.items():
        assert build(path, AT).status == status, path  # the registers are loaded
        with CaptureQueriesContext(connection) as asked:
            build(path, AT)
        statements, pictures = without_pictures(asked)
        if not 1 <= len(statements) <= MOST or pictures > 1:
            too_many[path] = statements
        lists = "feed" not in path and DAY not in path
        assert not lists or not [one for one in statements if '"articles_edition"."body"' in one or "f.body" in one]
    assert too_many == {}


def test_a_request_asks_at_most_three_times(newsroom: User, client: Client) -> None:
    """Whether the page is stored is one of the questions. A search asks a few more, however many hits there are; a list
    under rubrics one, which of its releases are filed there."""
    with travel(AT, tick=False):
        for address in REQUESTS:
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                answer = client.get(address)
            assert answer.status_code in (200, 404)
            statements, pictures = without_pictures(asked)
            most = MOST_SEARCHED if "/search/" in address else MOST + ("/news/?category" in address)
            assert len(statements) <= most and pictures <= 1, (address, statements)


def test_many_articles_ask_as_little_as_one(newsroom: User) -> None:
    paths = [str(address) for address in Address.objects.exclude(article__slug__in=["story-6", "story-moved", "ahead"])]
    with CaptureQueriesContext(connection) as asked:
        pages = {path: build_one() for path, build_one in build_many(paths, AT)}
    statements, pictures = without_pictures(asked)
    assert len(statements) <= MOST and pictures == 1
    assert len(pages) > 20
    assert pages == {path: build(path, AT) for path in paths}


def test_a_category_made_between_two_statements_of_a_page_is_found(newsroom: User) -> None:
    before = read_frame()
    sea = Category.objects.create(slug="sea", name_en="Sea and coast", name_ru="Море")
    publish(make_article("waves", category="sea"), by=newsroom, at=AT)

    for path in ("/en/", f"/en/{DAY}/waves/"):
        page = build(path, AT, frame=before)
        assert page.status == 200
        assert sea.name_en.encode() in page.body


def test_a_growing_topic_is_counted_again(newsroom: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """A statement that takes a large topic for a small one reads all of it."""
    monkeypatch.setattr(beneath, "REMEMBERED", 3)
    topic = Topic.objects.order_by("position", "slug")[0]
    monkeypatch.setattr(beneath, "_sizes", {topic.pk: (0, 3)})

    for _ in range(4):
        build(f"/en/{DAY}/story-12/", AT)

    assert beneath._sizes[topic.pk][0] == Edition.objects.filter(topics=topic).count()


def test_the_corrections_do_not_read_every_release(newsroom: User) -> None:
    """Be there none: what SQLite knows of a table without rows leads it to begin with another."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM articles_correction")
        cursor.execute("ANALYZE")
    with CaptureQueriesContext(connection) as asked:
        build("/en/corrections/", AT)
    [statement] = [one["sql"] for one in asked.captured_queries if "articles_correction c" in one["sql"]]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
        steps = [row[3] for row in cursor.fetchall()]
    assert not [step for step in steps if step.startswith("SCAN r")], steps
