"""No list of the archive goes through a table that grows with it, whatever is asked, on either database."""

import itertools
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from time_machine import travel

from articles.models import Region, Topic
from articles.publishing import publish
from articles.reader.pages import build
from tests.builders import NOW, make_article, make_newsroom, make_user
from tests.once import made_once
from tests.plans import walked

AT = NOW + timedelta(hours=3)
CHOSEN = {"category": "courts", "region": "coast", "topic": "sea"}
SOME = [some for number in (1, 2, 3) for some in itertools.combinations(CHOSEN, number)]
LISTS = ["/en/", "/en/news/", "/en/archive/", "/en/archive/2026/", "/en/archive/2026/03/", "/en/archive/2026/03/10/",
         "/en/feed.xml", "/en/corrections/", *(f"/en/{kind}/{slug}/{month}" for kind, slug in CHOSEN.items()
                                               for month in ("", "2026/03/", "feed.xml"))]  # fmt: skip
QUESTIONS = ["page=last", "until=2026-03-09", "since=2026-03-10", "day=2026-03-09", "before=1773000000000000.7",
             "after=1773000000000000.7", "since=2026-03-01&until=2026-03-20&topic=sea",
             *("&".join(f"{kind}={CHOSEN[kind]}" for kind in some) for some in SOME),
             *("&".join(f"{kind}={CHOSEN[kind]}" for kind in some) + "&page=last" for some in SOME)]  # fmt: skip
BEYOND = {  # pages of lists that were longer once
    "/en/category/courts/99/": 404, "/en/topic/sea/2026/03/99/": 404, "/en/archive/2026/03/10/99/": 404,
    "/en/news/?before=1.1": 200, "/en/news/?topic=sea&after=9000000000000000.1": 200,
    "/en/search/?q=story&page=999": 200, "/en/search/?q=story&before=1.1": 200,
}  # fmt: skip


@pytest.fixture(scope="module")
def archive(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    with made_once(django_db_blocker):
        make_newsroom()
        by = make_user("Managing editor")
        coast = Region.objects.create(slug="coast", name_en="Coast", name_ru="Берег")
        sea = Topic.objects.create(slug="sea", name_en="Sea", name_ru="Море")
        for number in range(6):
            story = make_article(f"story-{number}", category=("politics", "courts")[number % 2])
            story.regions.add(coast)
            story.topics.add(sea)
            publish(story, by=by, at=NOW - timedelta(days=number))
        yield


def scans(asked: CaptureQueriesContext) -> dict[str, set[str]]:
    """Return the statements that go through a table, with its name."""
    statements = {one["sql"] for one in asked.captured_queries if "SELECT" in one["sql"]}
    assert statements
    return {statement: tables for statement in statements if (tables := walked(statement))}


@pytest.mark.django_db
@pytest.mark.parametrize("path", LISTS)
def test_no_list_goes_through_a_table(archive: None, path: str) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert build(path, AT).status == 200
    assert scans(asked) == {}


@pytest.mark.django_db
@pytest.mark.parametrize("question", QUESTIONS)
def test_no_choice_among_all_news_goes_through_a_table(archive: None, client: Client, question: str) -> None:
    with travel(AT, tick=False), CaptureQueriesContext(connection) as asked:
        assert client.get(f"/en/news/?{question}").status_code == 200
    assert scans(asked) == {}


@pytest.mark.django_db
@pytest.mark.parametrize("path", BEYOND)
def test_a_page_beyond_a_list_that_shrank_is_clean(archive: None, client: Client, path: str) -> None:
    with travel(AT, tick=False), CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == BEYOND[path]
    assert scans(asked) == {}


@pytest.mark.django_db
def test_what_goes_through_a_table_is_noticed(archive: None) -> None:
    assert walked("SELECT id FROM articles_release r WHERE r.attempts = 77") == {"articles_release"}
