"""What pages cost that the application renders for readers, by what they show: the command `read` of relabel_rounds."""

import time
from datetime import date

ROUNDS, REQUESTS = 5, 4
CATEGORY = "category-3"
SEARCHES = {
    "search, words that nearly every article has": "harbour council",
    "search, a phrase that 500 articles have": "%22pelican lighthouse circle%22",
    "search, a word that no article has": "zebra",
}


def pages() -> dict[str, str]:
    """Return addresses that show about as much in an archive of any size, by what they are."""
    from articles.models import Release
    from articles.pagemap import article_path
    from articles.pagemap.lists import closed_pages

    middle = Release.objects.filter(language="en", published_date=date(2020, 12, 30)).select_related("edition").first()
    listed = closed_pages(Release.objects.filter(language="en", category__slug=CATEGORY).count())
    return {
        "an article in the middle of the archive": article_path("en", middle.published_date, middle.edition.slug),
        "front page": "/en/",
        "feed": "/en/feed.xml",
        "the archive's years": "/en/archive/",
        "a month": "/en/archive/2020/12/",
        "a category, newest page": f"/en/category/{CATEGORY}/",
        "a category, its middle page": f"/en/category/{CATEGORY}/{listed // 2 + 1}/",
        **{what: f"/en/search/?q={query.replace(' ', '+')}" for what, query in SEARCHES.items()},
    }


def read() -> dict[str, list[float]]:
    """Ask for each page in turn; return its milliseconds of CPU in each round. What is loaded once is loaded before."""
    from django.conf import settings
    from django.test import Client

    settings.SERVE_STORED_PAGES = False
    client, taken = Client(headers={"host": "127.0.0.1"}), {}
    for number in range(ROUNDS + 1):
        for what, path in pages().items():
            begun = time.process_time()
            for _ in range(REQUESTS):
                response = client.get(path)
                if response.status_code != 200:
                    raise SystemExit(f"{path} answers {response.status_code}")
            if number:
                taken.setdefault(what, []).append((time.process_time() - begun) / REQUESTS * 1000)
    return taken
