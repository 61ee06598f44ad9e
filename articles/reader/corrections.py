"""The public log of corrections, newest first: what was put right, in which article. And its feed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ..archive.keyset import BadCursor, Cursor, parse_cursor
from ..editions import marks_of, release_path
from ..editions.form import field_html
from ..footnotes.ledger import Block
from ..footnotes.render import render_text
from ..footnotes.types import Field
from ..models import Correction, Release
from ..pagemap.addresses import corrections_feed_path, corrections_path
from .blocks import Blocks
from .built import RSS, Built, Missing
from .changes import next_change
from .feeds import xml
from .heads import head_items, printed_heads
from .visit import Head, Visit, absolute, page, titled

SIZE = 50
IN_FEED = 30


@dataclass(frozen=True)
class Entry:
    """One line of the log. `headline` and `text` are HTML with their marks, `title` is text with bare glyphs."""

    correction: Correction
    release: Release
    path: str
    title: str
    headline: SafeString
    text: SafeString


def public(visit: Visit) -> QuerySet[Correction]:
    """Return the corrections whose edition has begun, of articles that readers see in the language."""
    live = Release.objects.live(visit.at).filter(language=visit.language, article=OuterRef("article"))
    begun = Release.objects.filter(live_at__lte=visit.at, edition=OuterRef("edition")).exclude(ending="cancelled")
    corrections = Correction.objects.filter(made_at__lte=visit.at).order_by("-made_at", "-pk")
    return corrections.filter(Exists(live), Exists(begun))


def live_releases(corrections: list[Correction], at: datetime) -> dict[int, Release]:
    """Return the live release of each corrected article, by the article's id."""
    articles = {correction.article_id for correction in corrections}
    live = Release.objects.live(at).filter(article__in=articles).select_related("article")
    return {release.article_id: release for release in live.for_reading()}


def entry_of(correction: Correction, release: Release, block: Block) -> Entry | None:
    """Render a correction as the article's live edition prints and marks it; None if that edition lacks it."""
    edition = release.edition
    marks = marks_of(edition)
    own = [mark for mark in marks if mark.field == "headline"]
    for number, printed in enumerate(edition.corrections):
        moment = datetime.fromisoformat(printed["made_at"])
        if moment == correction.made_at and printed["kind"] == correction.kind:
            return Entry(
                correction=correction,
                release=release,
                path=release_path(release),
                title=render_text(edition.headline, own, block),
                headline=field_html(Field("headline", edition.headline), marks, block, links=False),
                text=field_html(Field(f"correction_{number}", printed["text"]), marks, block, links=False),
            )
    return None


def log(visit: Visit) -> Built:
    """Build the newest part of the log."""
    return log_before(visit, QueryDict())


def log_before(visit: Visit, query: QueryDict) -> Built:
    """Build the part of the log before the cursor `before`; raise Missing for one that we did not give out."""
    corrections = public(visit)
    if before := query.get("before", ""):
        try:
            cursor = parse_cursor(before)
        except BadCursor as error:
            raise Missing from error
        corrections = corrections.filter(made_at__lte=cursor.published_at).filter(
            Q(made_at__lt=cursor.published_at) | Q(pk__lt=cursor.id)
        )
    found = list(corrections[: SIZE + 1])
    shown, more = found[:SIZE], len(found) > SIZE
    live = live_releases(shown, visit.at)
    block = Blocks(visit.language).ledger.block("k") if shown else None
    lines = [entry_of(item, live[item.article_id], block) for item in shown if block and item.article_id in live]
    path = corrections_path(visit.language)
    context = {
        "entries": [line for line in lines if line],
        "notes": block.notes() if block else [],
        "older": f"{path}?before={Cursor(shown[-1].made_at, shown[-1].pk)}" if more else "",
        **printed_heads(visit, query.get("heads", "")),
    }
    head = Head(
        title=titled(_("Corrections"), visit),
        canonical=path,
        feed=corrections_feed_path(visit.language),
        feed_title=f"{visit.site.name(visit.language)}: {_('Corrections')}",
        indexed=not query,
    )
    change = next_change(visit.at, Q(language=visit.language))
    return page(visit, "articles/corrections.html", head, context, next_change_at=change)


def feed(visit: Visit) -> Built:
    """Build the log's feed."""
    found = list(public(visit)[:IN_FEED])
    live = live_releases(found, visit.at)
    items = [item_of(correction, live.get(correction.article_id), visit.language) for correction in found]
    context = {
        "title": f"{visit.site.name(visit.language)}: {_('Corrections')}",
        "description": _("What we have put right in our articles."),
        "link": absolute(corrections_path(visit.language)),
        "self": absolute(visit.path),
        "language": visit.language,
        "items": newest_first([*(item for item in items if item), *head_items(visit)]),
    }
    change = next_change(visit.at, Q(language=visit.language))
    return Built(200, xml("articles/feed.xml", context), RSS, change, language=visit.language)


def newest_first(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(items, key=lambda item: item["published_at"], reverse=True)


def item_of(correction: Correction, release: Release | None, language: str) -> dict[str, object] | None:
    """Return a feed item: a block with its own glyphs and notes."""
    if release is None:
        return None
    block = Blocks(language).ledger.block("k")
    entry = entry_of(correction, release, block)
    if entry is None:
        return None
    return {
        "title": f"{correction.get_kind_display().capitalize()}: {entry.title}",
        "link": absolute(entry.path),
        "guid": f"urn:uuid:{release.article.guid}#{correction.pk}",
        "html": render_to_string("articles/_feed_correction.html", {"entry": entry, "notes": block.notes()}),
        "published_at": correction.made_at,
        "updated_at": correction.made_at,
    }
