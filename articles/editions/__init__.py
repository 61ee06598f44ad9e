"""The bridge: rows → engine → edition and reading form, and what lists, feeds and cards show of an edition."""

from .around import sentence_around
from .clean import clean_html
from .content import (
    Content,
    content_of_article,
    content_of_edition,
    correction_entry,
    fields_of,
    filed_as,
    is_retracted,
)
from .form import Moments, form_hash, form_row, make_form, reading_form
from .house import House
from .issue import Prepared, edition_row, issue, mark_data, marks_of, mention_rows, prepare, preview, render
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
from .marking import Asked, annotate_content, check, decisions_of, holds_designated_name, strip_content

__all__ = [
    "Asked",
    "Content",
    "FeedItem",
    "House",
    "Moments",
    "Prepared",
    "Teaser",
    "TeaserBlock",
    "annotate_content",
    "check",
    "clean_html",
    "content_of_article",
    "content_of_edition",
    "correction_entry",
    "decisions_of",
    "described",
    "edition_row",
    "feed_item",
    "fields_of",
    "filed_as",
    "form_hash",
    "form_row",
    "headlines",
    "holds_designated_name",
    "is_retracted",
    "issue",
    "make_form",
    "mark_data",
    "marked_title",
    "marks_of",
    "mention_rows",
    "page_ledger",
    "plain",
    "prepare",
    "preview",
    "reading_form",
    "release_path",
    "render",
    "sentence_around",
    "strip_content",
    "teasers",
]
