"""The bridge: rows → engine → edition and reading form, and what lists, feeds and cards show of an edition."""

from .clean import clean_html
from .content import Content, content_of_article, content_of_edition, correction_entry
from .form import Moments, make_form, reading_form
from .house import House
from .issue import Prepared, issue, marks_of, prepare, preview
from .lists import (
    FeedItem,
    Teaser,
    TeaserBlock,
    described,
    feed_item,
    headlines,
    marked_title,
    page_ledger,
    plain,
    release_path,
    teasers,
)
from .marking import check, decisions_of, holds_designated_name

__all__ = [
    "Content",
    "FeedItem",
    "House",
    "Moments",
    "Prepared",
    "Teaser",
    "TeaserBlock",
    "check",
    "clean_html",
    "content_of_article",
    "content_of_edition",
    "correction_entry",
    "decisions_of",
    "described",
    "feed_item",
    "headlines",
    "holds_designated_name",
    "issue",
    "make_form",
    "marked_title",
    "marks_of",
    "page_ledger",
    "plain",
    "prepare",
    "preview",
    "reading_form",
    "release_path",
    "teasers",
]
