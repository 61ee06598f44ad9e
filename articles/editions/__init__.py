"""The bridge: rows → engine → edition and reading form, and what lists, feeds and cards show of an edition."""

from .clean import clean_html
from .content import Content, content_of_article, content_of_edition, correction_entry
from .form import Moments, make_form, reading_form
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
from .marking import check, holds_designated_name, new_ledger

__all__ = [
    "Content",
    "FeedItem",
    "Moments",
    "Prepared",
    "Teaser",
    "TeaserBlock",
    "check",
    "clean_html",
    "content_of_article",
    "content_of_edition",
    "correction_entry",
    "described",
    "feed_item",
    "headlines",
    "holds_designated_name",
    "issue",
    "make_form",
    "marked_title",
    "marks_of",
    "new_ledger",
    "page_ledger",
    "plain",
    "prepare",
    "preview",
    "reading_form",
    "release_path",
    "teasers",
]
