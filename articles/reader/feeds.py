"""RSS feeds of a language and of its rubrics. Each item is a page of its own: own glyphs, own notes."""

import re
from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string

from ..editions import feed_item, go_on, is_retracted, marks_of, reading_form, release_path
from ..models import Release
from ..pagemap.addresses import front_path, media_path, rubric_path
from ..photos.files import web_file
from ..photos.places import TYPES
from ..shown import facts
from ..shown.where import rubric_lookup, where
from .built import RSS, Built, Missing
from .listing import UNKNOWN_WHILE_EMPTY, name_of
from .rights import shown_form
from .structured import titled_as
from .visit import Visit, absolute

SIZE = 30
# What XML 1.0 has no way to write.
IMPOSSIBLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml(template: str, context: Mapping[str, Any]) -> bytes:
    """Render an XML template, without the characters that XML cannot hold."""
    return IMPOSSIBLE.sub("", render_to_string(template, dict(context))).encode()


def feed(visit: Visit) -> Built:
    """Build the feed of a language, or of one rubric in it."""
    target, language, site = visit.target, visit.language, visit.site
    title, link, key = site.name(language), front_path(language), ""
    asked = []
    if target.rubric:
        key = f"{target.rubric}:{target.slug}"
        asked.append(facts.named(target.rubric, target.slug))
    known = facts.read(visit.at, facts.change(where(language, rubric=key)), *asked)
    if target.rubric:
        title = f"{title}: {visit.frame.named(name_of(known, visit), language)}"
        link = rubric_path(language, target.rubric, target.slug)
    live = Release.objects.live(visit.at).filter(language=language, **rubric_lookup(key))
    found = list(live.select_related("article", "form").for_reading()[:SIZE])
    if not found and target.rubric in UNKNOWN_WHILE_EMPTY:
        raise Missing
    context = {
        "title": title,
        "description": site.tagline(language) or title,
        "link": absolute(link),
        "self": absolute(visit.path),
        "language": language,
        "items": [item_of(release, visit) for release in found],
    }
    return Built(200, xml("articles/feed.xml", context), RSS, known.next_change_at, language=language)


def item_of(release: Release, visit: Visit) -> dict[str, object]:
    """Return what the feed says of a release. `guid` stays for the article's life, whatever its address;
    `updated_at` moves with an update, a correction, a retraction, not with a minor edit or a relabel."""
    edition = release.edition
    ledger = go_on(visit.frame.ledger(edition.language), edition.ledger)
    item = feed_item(edition.headline, marks_of(edition), shown_form(reading_form(release), visit.frame.ended), ledger)
    return {
        "title": titled_as(is_retracted(edition.corrections), edition.language, item.title),
        "link": absolute(release_path(release)),
        "guid": f"urn:uuid:{release.article.guid}",
        "html": with_full_addresses(item.html),
        "picture": enclosure(edition.photo),
        "category": visit.frame.category(release.category_id).name(edition.language),
        "published_at": edition.published_at,
        "updated_at": edition.modified_at or edition.published_at,
    }


def enclosure(photo: Mapping[str, Any]) -> dict[str, object]:
    """Return address, length in bytes and type of an edition's photo; nothing without one, or when its file is lost."""
    try:
        length = web_file(photo["web"]).stat().st_size
    except (KeyError, OSError):
        return {}
    return {"url": absolute(media_path(photo["web"])), "length": length, "type": TYPES["jpeg"]}


def with_full_addresses(html: str) -> str:
    """Return the reading form with the photo's full address: a feed reader has no site around it."""
    return html.replace(f'src="{media_path("")}', f'src="{absolute(media_path(""))}')
