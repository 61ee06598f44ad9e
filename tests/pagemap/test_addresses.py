"""Addresses are made and read in one place, so both directions must agree."""

from datetime import date

import pytest

from articles.pagemap import (
    Target,
    archive_path,
    article_path,
    corrections_feed_path,
    corrections_path,
    feed_path,
    front_path,
    media_path,
    news_path,
    read_address,
    rubric_path,
    sitemap_path,
)


@pytest.mark.parametrize(
    ("path", "target"),
    [
        (front_path("ru"), Target("front", "ru")),
        (news_path("en"), Target("news", "en")),
        (article_path("en", date(2024, 3, 5), "a-b"), Target("article", "en", slug="a-b", year=2024, month=3, day=5)),
        (archive_path("en"), Target("archive", "en")),
        (archive_path("en", 2024), Target("year", "en", year=2024)),
        (archive_path("en", 2024, 3), Target("month", "en", year=2024, month=3)),
        (archive_path("en", 2024, 3, 25), Target("day", "en", year=2024, month=3, day=25)),
        (archive_path("en", 2024, 3, 25, 2), Target("day", "en", year=2024, month=3, day=25, page=2)),
        (rubric_path("en", "region", "north"), Target("rubric", "en", "region", "north")),
        (rubric_path("en", "category", "law", page=3), Target("rubric", "en", "category", "law", page=3)),
        (rubric_path("ru", "topic", "x", 2024, 3), Target("rubric_month", "ru", "topic", "x", 2024, 3)),
        (rubric_path("ru", "topic", "x", 2024, 3, 2), Target("rubric_month", "ru", "topic", "x", 2024, 3, page=2)),
        (feed_path("en"), Target("feed", "en")),
        (feed_path("en", "topic", "x"), Target("feed", "en", "topic", "x")),
        (corrections_path("en"), Target("corrections", "en")),
        (corrections_feed_path("en"), Target("corrections_feed", "en")),
        (sitemap_path(), Target("sitemap")),
        (media_path("ab12.jpg"), Target("media", slug="ab12.jpg")),
    ],
)
def test_an_address_is_read_as_it_was_made(path: str, target: Target) -> None:
    assert read_address(path) == target


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "/en",
        "/de/",
        "/en/search/",
        "/en/news/2/",
        "/en/2024/02/30/slug/",
        "/en/2024/3/5/slug/",
        "/en/archive/0000/",
        "/en/archive/2024/13/",
        "/en/archive/2024/03/25/1/",
        "/en/archive/2024/03/25/02/",
        "/en/archive/２０２４/",
        "/en/author/x/",
        "/en/category/x/9999999/",
        "/en/category/../feed.xml",
        "/media/../../etc/passwd",
        "/media/originals/../x.jpg",
        "/en/\x00/",
        "/en/archive/2024/\n",
    ],
)
def test_other_addresses_are_not_stored(path: str) -> None:
    assert read_address(path) is None
