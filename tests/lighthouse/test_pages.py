"""Lighthouse 12 at phone settings over a page of each type: accessibility, best practices and SEO, each at least .95.

What is quick is measured by `make bench`: on a machine under load it would fail by chance.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings
from pytest_django.live_server_helper import LiveServer

from articles.models import Release
from tests.browser.test_reader_pages import furnish
from tests.conftest import CHROMIUM
from tests.lighthouse.asking import asked, listening

CATEGORIES = ("accessibility", "best-practices", "seo")
LEAST = 0.95
# Searches are kept from robots on purpose: their results are pages of ours already.
HIDDEN = "/en/search/?q=officers"


@pytest.fixture
def pages(transactional_db: None, no_page_of_another_test: None, tmp_path: Path) -> Iterator[dict[str, str]]:
    """A newsroom with a front page that people have made; page type → address."""
    with override_settings(MEDIA_ROOT=tmp_path / "media", PAGES_DIR=tmp_path / "pages"):
        furnish()
        yield addresses()


def addresses() -> dict[str, str]:
    day = Release.objects.get(article__slug="dunes", ended_at=None).published_date
    return {
        "front": "/en/",
        "article": f"/en/{day:%Y/%m/%d}/dunes/",
        "rubric": "/en/category/courts/",
        "story": "/en/topic/elections/",
        "month": f"/en/archive/{day:%Y/%m}/",
        "day": f"/en/archive/{day:%Y/%m/%d}/",
        "news": "/ru/news/",
        "corrections": "/en/corrections/",
        "search": HIDDEN,
    }


def test_each_type_of_page_is_accessible_found_and_as_it_should_be(
    live_server: LiveServer, pages: dict[str, str]
) -> None:
    with override_settings(SITE_URL=live_server.url), listening(str(CHROMIUM)) as port:
        found = asked(
            port,
            [f"{live_server.url}{path}" for path in pages.values()],
            CATEGORIES,
            skipped={f"{live_server.url}{HIDDEN}": ["is-crawlable"]},
        )
    assert [one["error"] for one in found if one["error"]] == []
    assert len(found) == len(pages) and all(one["version"].startswith("12.") for one in found)
    low = [
        (kind, one["scores"], one["failed"])
        for kind, one in zip(pages, found, strict=True)
        if {*one["scores"]} != {*CATEGORIES} or min(one["scores"].values()) < LEAST
    ]
    assert low == []
