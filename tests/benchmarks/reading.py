"""What pages cost that the application renders for readers, by what they show, and what a publication has to find out;
beside it, in the same rounds, plain statements for the same: the commands `read` and `map` of relabel_rounds.
"""

import itertools
from collections.abc import Iterable
from datetime import date, datetime
from functools import partial
from typing import Any

from tests.benchmarks.bare import statements
from tests.benchmarks.taking import Answer, milliseconds

ROUNDS, REQUESTS = 5, 4
CATEGORY, REGION, TOPIC = "category-3", "region-3", "topic-3"
CHOSEN = {"category": CATEGORY, "region": REGION, "topic": TOPIC}
DAY = date(2020, 12, 30)
SEARCHES = {
    "search, words that nearly every article has": "harbour council",
    "search, a phrase that 500 articles have": "%22pelican lighthouse circle%22",
    "search, a word that no article has": "zebra",
}


def middle() -> Any:
    """Return a release in the middle of the archive."""
    from articles.models import Release

    releases = Release.objects.filter(language="en", published_date=DAY).select_related("edition", "article")
    return releases.order_by("published_at", "article_id")[0]


def newest() -> Any:
    """Return the newest release."""
    from articles.models import Release

    return Release.objects.select_related("edition", "article").order_by("-published_at", "-article_id")[0]


def pages() -> dict[str, str]:
    """Return addresses that show about as much in an archive of any size, by what they are."""
    from articles.models import Release
    from articles.pagemap import article_path
    from articles.pagemap.lists import closed_pages
    from articles.reader.keyset import Cursor

    there = middle()
    here = Release.objects.filter(language="en")
    listed = closed_pages(here.filter(category__slug=CATEGORY).count())
    in_region = closed_pages(here.filter(edition__regions__slug=REGION).count())
    return {
        "an article in the middle of the archive": article_path("en", there.published_date, there.edition.slug),
        "front page": "/en/",
        "feed": "/en/feed.xml",
        "the archive's years": "/en/archive/",
        "a month": "/en/archive/2020/12/",
        "a category, newest page": f"/en/category/{CATEGORY}/",
        "a category, its middle page": f"/en/category/{CATEGORY}/{listed // 2 + 1}/",
        "a region, newest page": f"/en/region/{REGION}/",
        "a region, its middle page": f"/en/region/{REGION}/{in_region // 2 + 1}/",
        "a region, its earliest page": f"/en/region/{REGION}/2/",
        "a topic, newest page": f"/en/topic/{TOPIC}/",
        "a month of a region": f"/en/region/{REGION}/2020/12/",
        "a day": f"/en/archive/{DAY:%Y/%m/%d}/",
        "news, the last page": "/en/news/?page=last",
        "news up to a day": f"/en/news/?until={DAY}",
        **{f"news of {' and '.join(some)}": f"/en/news/?{query_of(some)}" for some in combinations()},
        "news, from the middle": f"/en/news/?before={Cursor(there.published_at, there.article_id)}",
        **{what: f"/en/search/?q={query.replace(' ', '+')}" for what, query in SEARCHES.items()},
    }


def combinations() -> list[tuple[str, ...]]:
    """Return every choice of kinds of rubrics that the filters of all news can make."""
    return [some for number in (1, 2, 3) for some in itertools.combinations(CHOSEN, number)]


def query_of(kinds: Iterable[str]) -> str:
    return "&".join(f"{kind}={CHOSEN[kind]}" for kind in kinds)


def read() -> dict[str, list[float]]:
    """Return the milliseconds that each page takes in each round, and those of the plain statements."""
    from django.conf import settings
    from django.test import Client

    settings.SERVE_STORED_PAGES = False
    client = Client(headers={"host": "127.0.0.1"})

    def get(path: str) -> None:
        response = client.get(path)
        if response.status_code != 200:
            raise SystemExit(f"{path} answers {response.status_code}")

    plain = statements(middle(), CATEGORY, REGION)  # seconds each, some of them
    works = {what: partial(get, path) for what, path in pages().items()} | plain
    taken: dict[str, list[float]] = {what: [] for what in works}
    for number in range(ROUNDS + 1):  # what is loaded once is loaded in the first
        for what, work in works.items():
            figure = milliseconds(work, 1 if what in plain else REQUESTS)
            if number:
                taken[what].append(figure)
    return taken


def page_map() -> dict[str, Answer]:
    """Return what it takes to find the pages of a publication: how many there are, statements, milliseconds."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from articles.pagemap import pages_of, pages_showing

    at: datetime = timezone.now()
    new, old = newest(), middle()
    works = {
        "the pages that the newest article touches": lambda: pages_of(new, at),
        "the pages that an article in the middle touches": lambda: pages_of(old, at),
        "the pages that show an article in the middle": lambda: pages_showing([old], at),
    }
    found: dict[str, Answer] = {}
    for what, work in works.items():
        with CaptureQueriesContext(connection) as captured:
            number = len(work())
        found[what] = {"pages": number, "statements": len(captured), "ms": []}
    for _ in range(ROUNDS):
        for what, work in works.items():
            found[what]["ms"].append(milliseconds(work, REQUESTS))
    return found
