"""Which addresses there are, which stored pages show an article, and when they change by themselves."""

from articles.shown.beneath import ALL_NEWS, FOLLOW_UPS, RELATED

from .addresses import (
    RUBRICS,
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
    search_path,
    sitemap_path,
)
from .days import bounds
from .entry import Entry, entry_of
from .frame import frame_digest
from .kinds import Recounted
from .lists import LIST_SIZE, closed_pages, newer_page, older_page, span
from .pages import (
    family_pages,
    pages_of,
    pages_of_all,
    pages_of_entries,
    pages_showing,
    pages_with_counts,
    pages_with_heads,
    pages_with_photos,
    pages_with_text,
)
from .periods import period_pages
from .photos import editions_showing, has_ended, is_photo_shown, photo_end, releases_showing
from .touch import touch
from .whole import every_page

__all__ = [
    "ALL_NEWS",
    "FOLLOW_UPS",
    "LIST_SIZE",
    "RELATED",
    "RUBRICS",
    "Entry",
    "Recounted",
    "Target",
    "archive_path",
    "article_path",
    "bounds",
    "closed_pages",
    "corrections_feed_path",
    "corrections_path",
    "editions_showing",
    "entry_of",
    "every_page",
    "family_pages",
    "feed_path",
    "frame_digest",
    "front_path",
    "has_ended",
    "is_photo_shown",
    "media_path",
    "newer_page",
    "news_path",
    "older_page",
    "pages_of",
    "pages_of_all",
    "pages_of_entries",
    "pages_showing",
    "pages_with_counts",
    "pages_with_heads",
    "pages_with_photos",
    "pages_with_text",
    "period_pages",
    "photo_end",
    "read_address",
    "releases_showing",
    "rubric_path",
    "search_path",
    "sitemap_path",
    "span",
    "touch",
]
