"""The public log of corrections, newest first: what was put right, in which article. And its feed."""

from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode
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
from .keyset import BadCursor, Cursor, parse_cursor, up_to
from .lines import line_of
from .news import LAST, bad_day, day_of
from .paging import Pager
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


def public(visit: Visit, limit: int, place: Cursor | None = None, *, is_newer: bool = False) -> list[Corrected]:
    """Return the newest corrections or those before a cursor; with `is_newer` the earliest or those after it. The
    newest stand first."""
    where_ = (place.published_at, place.id) if place else None
    rows = corrections.public(visit.language, visit.at, limit, where_, is_newer=is_newer)
    return [corrected(*one) for one in rows]


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


def part_of(visit: Visit, query: QueryDict) -> tuple[list[Corrected], Pager]:
    """Return the part of the log that is asked for and where it leads: `before` or `after` is a cursor, `day` where to
    begin, `page` may be the last; raise Missing for a cursor that we did not give out."""
    day = day_of(query.get("day", ""))
    before, after, is_last = query.get("before", ""), query.get("after", ""), query.get("page") == LAST
    before = up_to(day, visit.zone) if day else before
    try:
        place = parse_cursor(before or after) if before or after else None
    except BadCursor as error:
        raise Missing from error
    is_newer = not before and bool(after or is_last)
    found = public(visit, SIZE + 1, place if before or after else None, is_newer=is_newer)
    more = len(found) > SIZE
    shown = found[-SIZE:] if is_newer else found[:SIZE]
    older, newer = (bool(after), more) if is_newer else (more, bool(before))
    return shown, Pager(
        newer=led_to(visit, after=str(cursor_of(shown[0]))) if newer and shown else "",
        older=led_to(visit, before=str(cursor_of(shown[-1]))) if older and shown else "",
        first=led_to(visit) if newer or (older and is_newer) else "",
        last=led_to(visit, page=LAST) if older else "",
    )


def cursor_of(one: Corrected) -> Cursor:
    return Cursor(one.made_at, one.pk)


def led_to(visit: Visit, **query: str) -> str:
    """Return the address of another part of the log."""
    path = corrections_path(visit.language)
    return f"{path}?{urlencode(query)}" if query else path


def log_before(visit: Visit, query: QueryDict) -> Built:
    """Build the part of the log that the query asks for; raise Missing for a cursor that we did not give out."""
    heads_before = before_day(query.get("heads", ""))
    change = (facts.change(where(visit.language)), facts.heads_ahead())
    known = facts.read(visit.at, facts.heads(ON_PAGE + 1, heads_before), *change)
    shown, pager = part_of(visit, query)
    block = Blocks(visit.frame, visit.language, visit.today).ledger.block("k") if shown else None
    lines = [entry_of(item, block, visit) for item in shown if block]
    path, day = corrections_path(visit.language), day_of(query.get("day", ""))
    context = {
        "entries": [line for line in lines if line],
        "notes": block.notes() if block else [],
        "pager": pager,
        "day": day,
        "bad_day": bad_day(query),
        "goes_on": bool(day or query.get("day") or pager.newer or pager.older),
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
