"""Editions outside their own page: teasers of a list, feed items, bare titles and descriptions."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from ..footnotes.ledger import Ledger, Note
from ..footnotes.render import render_inline, render_text
from ..footnotes.types import Field
from ..models import Category, Edition, Release, Site
from ..pagemap.addresses import article_path
from ..registers import current_compiled
from .content import is_retracted
from .form import field_html, reading_form
from .house import House
from .issue import marks_of

NOTE_LINK = re.compile(r'<a [^>]*role="doc-(?:noteref|backlink)"[^>]*>([^<]*)</a>')


@dataclass(frozen=True)
class Teaser:
    """One line of a list; `headline` and `summary` are HTML with their marks."""

    release: Release
    path: str
    headline: SafeString
    summary: SafeString
    photo: dict[str, Any]
    published_at: datetime
    category: Category
    retracted: bool


@dataclass(frozen=True)
class TeaserBlock:
    items: list[Teaser]
    notes: list[Note]


@dataclass(frozen=True)
class FeedItem:
    """`title` bears glyphs as text; `html` is the reading form without inner links."""

    title: str
    html: str


def page_ledger(edition: Edition | None, language: str, house: House | None = None) -> Ledger:
    """Return a page's ledger: fresh, or going on with the glyphs of the article block."""
    ledger = (house or House.current()).ledger(language)
    for combination in edition.ledger if edition else ():
        ledger.glyph(tuple(combination))
    return ledger


def teasers(ledger: Ledger, anchor: str, releases: Iterable[Release]) -> TeaserBlock:
    """Render the lines of a list as one block: marks through the page's ledger, notes for beneath it.

    A headline stands inside a link, so its marks are none; those of a summary are links to their notes.
    """
    block = ledger.block(anchor)
    items = []
    for release in releases:
        edition = release.edition
        marks = marks_of(edition)
        items.append(
            Teaser(
                release=release,
                path=release_path(release),
                headline=field_html(Field("headline", edition.headline), marks, block, links=False),
                summary=field_html(Field("summary", edition.summary), marks, block, links=True),
                photo=edition.photo,
                published_at=release.published_at,
                category=edition.category,
                retracted=is_retracted(edition.corrections),
            )
        )
    return TeaserBlock(items, block.notes())


def headlines(ledger: Ledger, anchor: str, releases: Iterable[Release]) -> TeaserBlock:
    """Render a list of bare headlines; the notes count only what the headlines name."""
    block = ledger.block(anchor)
    items = [
        Teaser(
            release=release,
            path=release_path(release),
            headline=field_html(
                Field("headline", release.edition.headline), marks_of(release.edition), block, links=False
            ),
            summary=mark_safe(""),
            photo=release.edition.photo,
            published_at=release.published_at,
            category=release.edition.category,
            retracted=is_retracted(release.edition.corrections),
        )
        for release in releases
    ]
    return TeaserBlock(items, block.notes())


def release_path(release: Release) -> str:
    """Return the address of the page that the release is shown on."""
    return article_path(release.language, release.published_date, release.edition.slug)


def marked_title(edition: Edition, house: House | None = None) -> str:
    """Return the headline with bare glyphs, for `<title>` and feed titles: their page has the note."""
    block = page_ledger(edition, edition.language, house).block("t")
    own = [mark for mark in marks_of(edition) if mark.field == "headline"]
    return render_text(edition.headline, own, block)


def plain(edition: Edition, name: str, at: datetime) -> str:
    """Return a field as bare text with the inline form after each name, where there is no room for a note."""
    text = {"headline": edition.headline, "summary": edition.summary}.get(name, "")
    if name.startswith("photo_"):
        text = edition.photo.get(name.removeprefix("photo_"), "")
    own = [mark for mark in marks_of(edition) if mark.field == name]
    return render_inline(text, own, current_compiled().registers, edition.language, as_of=local_day(at))


def local_day(at: datetime) -> date:
    return at.astimezone(Site.current().zone).date()


def described(edition: Edition, at: datetime) -> tuple[str, str]:
    """Return the title in the inline form, and the summary with bare glyphs and its notes at the end."""
    block = House.current().ledger(edition.language).block("d")
    own = [mark for mark in marks_of(edition) if mark.field == "summary"]
    summary = render_text(edition.summary, own, block)
    notes = [f"{note.glyph}{note.text}" for note in block.notes()]
    return plain(edition, "headline", at), " ".join([summary, *notes]).strip()


def feed_item(release: Release, house: House | None = None) -> FeedItem:
    """Return a feed item: its own page, so the form's glyphs and notes, their links turned to text.

    `house`: read once by who makes many.
    """
    html = NOTE_LINK.sub(r"\1", reading_form(release))
    return FeedItem(title=marked_title(release.edition, house), html=html)
