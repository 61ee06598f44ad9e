"""Editions outside their own page: teasers of a list, feed items, bare titles."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from html import escape
from typing import Any, NamedTuple

from django.utils.safestring import SafeString

from ..footnotes.ledger import Block, Ledger, Note
from ..footnotes.render import render_html, render_text
from ..footnotes.types import Field, Mark
from ..models import Release
from ..pagemap.addresses import article_path
from .dated import marks_on
from .first import first_of
from .issue import to_marks
from .names import NAME

NOTE_LINK = re.compile(r'<a [^>]*role="doc-(?:noteref|backlink)"[^>]*>([^<]*)</a>')
PHOTO_HASH = re.compile(r'(<img src="/media/[^"]*"[^>]*?) data-sha256="[0-9a-f]{64}"')
NOTHING = SafeString("")
EMPTY_LINE = re.compile(r"\n[ \t]*\n")


class Line(NamedTuple):
    """A release as lists show it, made with `of`. `marks` are those of its edition; `category`: an id; `retracted`:
    the edition prints a retraction; `dated_marks` and `photo` as in `Edition`. `path`: the address of its page;
    `plain`: the headline as HTML, None while it bears marks, which only a block can give their glyphs."""

    article: int
    language: str
    published_at: datetime
    published_date: date
    category: int
    slug: str
    headline: str
    summary: str
    marks: Sequence[Mark]
    dated_marks: Sequence[dict[str, Any]]
    retracted: bool
    photo: dict[str, Any]
    path: str
    plain: SafeString | None

    @classmethod
    def of(
        cls,
        article: int,
        language: str,
        published_at: datetime,
        published_date: date,
        category: int,
        slug: str,
        headline: str,
        summary: str,
        marks: Sequence[Mark],
        dated_marks: Sequence[dict[str, Any]],
        retracted: bool,
        photo: dict[str, Any],
    ) -> "Line":
        """Return the line with what follows from the rest."""
        path = article_path(language, published_date, slug)
        plain = None if any(mark.field == "headline" for mark in marks) else SafeString(escape(headline))
        given = (article, language, published_at, published_date, category, slug, headline, summary, marks)
        return cls(*given, dated_marks, retracted, photo, path, plain)

    def on(self, day: date) -> "Line":
        """Return the line as a page of that day shows it."""
        if not self.dated_marks:
            return self
        marks = to_marks(marks_on((), self.dated_marks, day))
        return Line.of(*self[:8], marks, (), self.retracted, self.photo)


class Teaser(NamedTuple):
    """One line of a list; `headline` and `summary` are HTML with their marks; `category`: its id, or what a page
    puts in its place."""

    path: str
    headline: SafeString
    summary: SafeString
    photo: dict[str, Any]
    published_at: datetime
    published_date: date
    category: Any
    retracted: bool


class Heading(NamedTuple):
    """A name at the head of a block, with its marks; `in_link`: it is a link as a whole, and its marks cannot be."""

    text: str
    marks: Sequence[Mark] = ()
    in_link: bool = False

    def html(self, block: Block) -> SafeString:
        """Return it with the block's marks."""
        return field_html(NAME, self.text, self.marks, block, links=not self.in_link)


class TeaserBlock(NamedTuple):
    """`heading`: the HTML of the name that stands at its head, if one does, `about`: of the paragraphs beneath that;
    the notes are of them, too."""

    items: list[Teaser]
    notes: list[Note]
    heading: SafeString = NOTHING
    about: SafeString = NOTHING


UNNAMED = Heading("")


class FeedItem(NamedTuple):
    """`title` bears glyphs as text; `html` is the reading form without inner links."""

    title: str
    html: str


def go_on(ledger: Ledger, combinations: Iterable[Iterable[str]]) -> Ledger:
    """Give a page's ledger the glyphs of the article block, as `Edition.ledger` holds them; return it."""
    for combination in combinations:
        ledger.glyph(tuple(combination))
    return ledger


def teasers(
    ledger: Ledger, anchor: str, lines: Iterable[Line], heading: Heading = UNNAMED, about: Heading = UNNAMED
) -> TeaserBlock:
    """Render the lines of a list as one block: marks through the page's ledger, notes for beneath it.

    A headline stands inside a link, so its marks are none; those of a summary are links to their notes.
    """
    block = ledger.block(anchor)
    head = heading.html(block)
    beneath = paragraphs(about.html(block)) if about.text else NOTHING
    items = [whole_teaser(line, block) for line in lines]
    return TeaserBlock(items, block.notes(), head, beneath)


def paragraphs(html: SafeString) -> SafeString:
    """Return a text field as HTML cut into paragraphs at its empty lines; a mark stands within a line."""
    parts = [
        part.strip().replace("\n", "<br>") for part in EMPTY_LINE.split(html.replace("\r\n", "\n")) if part.strip()
    ]
    return SafeString("\n".join(f"<p>{part}</p>" for part in parts))


def whole_teaser(line: Line, block: Block) -> Teaser:
    """Render headline and summary, which are read together."""
    if not line.marks:
        return teaser(line, headline_of(line, block), SafeString(escape(line.summary)))
    own = [mark for mark in line.marks if mark.field in ("headline", "summary")]
    shown = line._replace(marks=first_of(own, block.ledger.style))
    headline = headline_of(shown, block)
    return teaser(line, headline, field_html("summary", line.summary, shown.marks, block, links=True))


def headlines(ledger: Ledger, anchor: str, lines: Iterable[Line], heading: Heading = UNNAMED) -> TeaserBlock:
    """Render a list of bare headlines; the notes count only what the headlines name."""
    block = ledger.block(anchor)
    head = heading.html(block)
    items = [teaser(line, headline_of(line, block), NOTHING) for line in lines]
    return TeaserBlock(items, block.notes(), head)


def teaser(line: Line, headline: SafeString, summary: SafeString) -> Teaser:
    moment, day = line.published_at, line.published_date
    return Teaser(line.path, headline, summary, line.photo, moment, day, line.category, line.retracted)


def headline_of(line: Line, block: Block) -> SafeString:
    if line.plain is not None:
        return line.plain
    return field_html("headline", line.headline, line.marks, block, links=False)


def field_html(name: str, text: str, marks: Sequence[Mark], block: Block, *, links: bool) -> SafeString:
    """Render one text field with those of the marks that are its own; most lines have none."""
    own = [mark for mark in marks if mark.field == name] if marks else ()
    if not own:
        return SafeString(escape(text))
    return SafeString(render_html(Field(name, text), first_of(own, block.ledger.style), block, links=links))


def marked(name: str, text: str, marks: Sequence[Mark], block: Block) -> str:
    """Return a text field with bare glyphs at its own marks."""
    own = [mark for mark in marks if mark.field == name] if marks else ()
    return render_text(text, first_of(own, block.ledger.style), block) if own else text


def feed_item(headline: str, marks: Sequence[Mark], form: str, ledger: Ledger) -> FeedItem:
    """Return a feed item: its own page, so the form's glyphs and notes, their links turned to text, without the photo's
    hash, which feeds know no attribute for.

    `ledger` holds the glyphs of the article block.
    """
    html = PHOTO_HASH.sub(r"\1", NOTE_LINK.sub(r"\1", form))
    return FeedItem(title=marked("headline", headline, marks, ledger.block("t")), html=html)


def release_path(release: Release) -> str:
    """Return the address of the page that the release is shown on."""
    return article_path(release.language, release.published_date, release.edition.slug)
