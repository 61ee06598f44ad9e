"""The public log of corrections, newest first: what was put right, in which article. And its feed."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ..editions import Line, field_html, marked
from ..footnotes.ledger import Block
from ..models import Correction
from ..pagemap.addresses import corrections_feed_path, corrections_path
from ..shown import corrections, facts
from ..shown.corrections import CorrectionRow
from ..shown.lines import LineRow
from ..shown.sql import to_data, to_moment
from ..shown.where import where
from .blocks import Blocks
from .built import RSS, Built, Missing
from .feeds import xml
from .heads import IN_FEED as HEADS_IN_FEED
from .heads import ON_PAGE, before_day, head_items, heads_of, older_heads
from .keyset import BadCursor, Cursor, parse_cursor
from .lines import line_of
from .structured import titled_as
from .visit import Head, Visit, absolute, page, titled, with_query

SIZE = 50
IN_FEED = 30


class Corrected(NamedTuple):
    """A correction and the live release of its article; `printed`: `Edition.corrections` of that release."""

    pk: int
    kind: str
    made_at: datetime
    guid: str
    line: Line
    printed: list[dict[str, Any]]

    @property
    def kind_in_words(self) -> str:
        return Correction(kind=self.kind).get_kind_display()


class PrintedCorrection(NamedTuple):
    """One line of the log. `headline` and `text` are HTML with their marks, `title` is text with bare glyphs;
    `retracted`: the article is, and the entry does not say so itself."""

    correction: Corrected
    path: str
    title: str
    headline: SafeString
    text: SafeString
    retracted: bool


def public(visit: Visit, limit: int, before: Cursor | None = None) -> list[Corrected]:
    """Return the newest corrections, or those before a cursor."""
    place = (before.published_at, before.id) if before else None
    return [corrected(*rows) for rows in corrections.public(visit.language, visit.at, limit, place)]


def corrected(line: LineRow, row: CorrectionRow) -> Corrected:
    made_at, guid = to_moment(row.made_at), str(UUID(str(row.guid)))
    return Corrected(row.pk, row.kind, made_at, guid, line_of(line), to_data(line.corrections))


def entry_of(correction: Corrected, block: Block, visit: Visit) -> PrintedCorrection | None:
    """Render a correction as the article's live edition prints and marks it; None if that edition lacks it."""
    line = correction.line.on(visit.today)
    for number, printed in enumerate(correction.printed):
        moment = datetime.fromisoformat(printed["made_at"])
        if moment == correction.made_at and printed["kind"] == correction.kind:
            name = f"correction_{number}"
            return PrintedCorrection(
                correction=correction,
                path=line.path,
                title=marked("headline", line.headline, line.marks, block),
                headline=field_html("headline", line.headline, line.marks, block, links=False),
                text=field_html(name, printed["text"], line.marks, block, links=False),
                retracted=line.retracted and correction.kind != "retraction",
            )
    return None


def log(visit: Visit) -> Built:
    """Build the newest part of the log."""
    return log_before(visit, QueryDict())


def log_before(visit: Visit, query: QueryDict) -> Built:
    """Build the part of the log before the cursor `before`; raise Missing for one that we did not give out."""
    try:
        cursor = parse_cursor(before) if (before := query.get("before", "")) else None
    except BadCursor as error:
        raise Missing from error
    day = before_day(query.get("heads", ""))
    change = (facts.change(where(visit.language)), facts.heads_ahead())
    known = facts.read(visit.at, facts.heads(ON_PAGE + 1, day), *change)
    found = public(visit, SIZE + 1, cursor)
    shown, more = found[:SIZE], len(found) > SIZE
    block = Blocks(visit.frame, visit.language, visit.today).ledger.block("k") if shown else None
    lines = [entry_of(item, block, visit) for item in shown if block]
    path = corrections_path(visit.language)
    context = {
        "entries": [line for line in lines if line],
        "notes": block.notes() if block else [],
        "older": f"{path}?before={Cursor(shown[-1].made_at, shown[-1].pk)}" if more else "",
        "heads": heads_of(known)[:ON_PAGE],
        "older_heads": older_heads(visit, heads_of(known)),
    }
    head = Head(
        title=titled(_("Corrections"), visit),
        description=_("What we have put right in our articles."),
        canonical=path,
        feed=corrections_feed_path(visit.language),
        feed_title=f"{visit.site.name(visit.language)}: {_('Corrections')}",
        indexed=not query,
        switch=with_query(visit, query),
    )
    return page(visit, "articles/corrections.html", head, context, next_change_at=known.next_change_at)


def feed(visit: Visit) -> Built:
    """Build the log's feed."""
    change = (facts.change(where(visit.language)), facts.heads_ahead())
    known = facts.read(visit.at, facts.heads(HEADS_IN_FEED), *change)
    items = [item_of(correction, visit) for correction in public(visit, IN_FEED)]
    context = {
        "title": f"{visit.site.name(visit.language)}: {_('Corrections')}",
        "description": _("What we have put right in our articles."),
        "link": absolute(corrections_path(visit.language)),
        "self": absolute(visit.path),
        "language": visit.language,
        "items": newest_first([*(item for item in items if item), *head_items(visit, heads_of(known))]),
    }
    return Built(200, xml("articles/feed.xml", context), RSS, known.next_change_at, language=visit.language)


def newest_first(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(items, key=lambda item: item["published_at"], reverse=True)


def item_of(correction: Corrected, visit: Visit) -> dict[str, object] | None:
    """Return a feed item: a block with its own glyphs and notes."""
    block = Blocks(visit.frame, visit.language, visit.today).ledger.block("k")
    entry = entry_of(correction, block, visit)
    if entry is None:
        return None
    return {
        "title": f"{correction.kind_in_words.capitalize()}: {titled_as(entry.retracted, visit.language, entry.title)}",
        "link": absolute(entry.path),
        "guid": f"urn:uuid:{correction.guid}#{correction.pk}",
        "html": render_to_string("articles/_feed_correction.html", {"entry": entry, "notes": block.notes()}),
        "published_at": correction.made_at,
        "updated_at": correction.made_at,
    }
