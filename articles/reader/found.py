"""The search page: newest first, each hit with the passage that answers, all in one block with its notes."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ..editions import field_html, is_retracted, marks_then, release_path
from ..footnotes.ledger import Block
from ..models import Release
from ..models.fields import printable
from ..pagemap.addresses import search_path
from ..search import Part, SearchQuestion, asked, hits, understand
from ..search.question import LONGEST_QUERY
from .blocks import Blocks
from .built import Built, Missing
from .excerpts import excerpt, highlighted
from .frame import PrintedRubric
from .keyset import BadCursor, Slice, cut, parse_cursor
from .visit import Head, Visit, page, titled, with_query

SIZE = 20


@dataclass(frozen=True)
class Hit:
    release: Release
    category: PrintedRubric
    path: str
    headline: SafeString
    passage: SafeString
    retracted: bool


def results(visit: Visit, query: QueryDict) -> Built:
    """Build the page for the query `q`, from the cursor `before` or `after`; raise Missing for a bad cursor."""
    written = printable(query.get("q", "").replace("\x00", " ")).strip()[:LONGEST_QUERY]
    before, after = query.get("before", ""), query.get("after", "")
    try:
        question, slice_ = answer(understand(written), visit, before, after)
    except BadCursor as error:
        raise Missing from error
    wanted = question.tokens()
    block = Blocks(visit.frame, visit.language, visit.today).ledger.block("s") if slice_.releases else None
    context = {
        "query": written,
        "understood": bool(question),
        "hits": [hit_of(release, block, wanted, visit) for release in slice_.releases if block],
        "notes": block.notes() if block else [],
        "older": beside(visit.language, written, "before", slice_.older),
        "newer": beside(visit.language, written, "after", slice_.newer),
    }
    head = Head(
        title=titled(_("Search the news"), visit),
        canonical=search_path(visit.language),
        indexed=False,
        switch=with_query(visit, {"q": written} if written else {}),
    )
    return page(visit, "articles/search.html", head, context)


def answer(question: SearchQuestion, visit: Visit, before: str, after: str) -> tuple[SearchQuestion, Slice]:
    """Return the hits of the page, and the question that they answer: for all lemmas where no article has what is
    likeliest meant, which is asked only when the page is empty; raise BadCursor."""
    found = hits(question, visit.language, visit.at, part_of(before, after)).select_related("edition")
    slice_ = cut(found, size=SIZE, before=before, after=after)
    wide = question if slice_.releases or question.wide else asked(question, visit.language, visit.at)
    return (question, slice_) if wide is question else answer(wide, visit, before, after)


def part_of(before: str, after: str) -> Part:
    """Return which part of the answer the page shows, and one hit more; raise BadCursor."""
    cursor = parse_cursor(before or after) if before or after else None
    place = (cursor.published_at, cursor.id) if cursor else None
    return Part(SIZE + 1, place, is_newer=not before and bool(after))


def hit_of(release: Release, block: Block, wanted: set[str], visit: Visit) -> Hit:
    """Render a hit: its headline, and the passage of its text; the summary where no passage may be shown."""
    edition = release.edition
    marks = marks_then(edition, visit.today)
    headline = field_html("headline", edition.headline, marks, block, links=False)
    # A style that marks only first mentions leaves names in the passage bare: then the summary stands alone.
    own = [mark for mark in marks if mark.field == "body"]
    passage = excerpt(edition.body, own, wanted) if visit.site.mentions == "every" else None
    name, text, inside = ("body", passage[0].text, passage[1]) if passage else ("summary", edition.summary, marks)
    shown = field_html(name, text, inside, block, links=True)
    category = visit.frame.category(release.category_id)
    passed = highlighted(shown, wanted) if passage else shown
    return Hit(release, category, release_path(release), headline, passed, is_retracted(edition.corrections))


def beside(language: str, written: str, name: str, cursor: str) -> str:
    """Return the address of the page beside this one; empty without a cursor."""
    if not cursor:
        return ""
    query = QueryDict(mutable=True)
    query.update({"q": written, name: cursor})
    return f"{search_path(language)}?{query.urlencode()}"
