"""RSS feeds of a language and of its rubrics. Each item is a page of its own: own glyphs, own notes."""

import re
from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.template.loader import render_to_string

from ..archive.counts import rubric_lookup
from ..editions import feed_item, release_path
from ..editions.house import House
from ..models import Release
from ..pagemap.addresses import front_path, media_path, rubric_path
from .built import RSS, Built, Missing
from .changes import next_change
from .listing import RUBRICS, UNKNOWN_WHILE_EMPTY
from .structured import retracted
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
    if target.rubric:
        rubric = RUBRICS[target.rubric].objects.filter(slug=target.slug).first()
        if rubric is None:
            raise Missing
        title = f"{title}: {rubric.name(language)}"
        link = rubric_path(language, target.rubric, target.slug)
        key = f"{target.rubric}:{target.slug}"
    shown = Q(language=language, **rubric_lookup(key))
    releases = Release.objects.live(visit.at).filter(shown).select_related("article", "form")
    found = list(releases.for_reading()[:SIZE])
    if not found and target.rubric in UNKNOWN_WHILE_EMPTY:
        raise Missing
    house = House.current() if found else None
    context = {
        "title": title,
        "description": site.tagline(language) or title,
        "link": absolute(link),
        "self": absolute(visit.path),
        "language": language,
        "items": [item_of(release, house) for release in found],
    }
    change = next_change(visit.at, shown)
    return Built(200, xml("articles/feed.xml", context), RSS, change, language=language)


def item_of(release: Release, house: House | None) -> dict[str, object]:
    """Return what the feed says of a release. `guid` stays for the article's life, whatever its address;
    `updated_at` moves with an update, a correction, a retraction, not with a minor edit or a relabel."""
    edition, item = release.edition, feed_item(release, house)
    return {
        "title": retracted(edition, item.title),
        "link": absolute(release_path(release)),
        "guid": f"urn:uuid:{release.article.guid}",
        "html": with_full_addresses(item.html),
        "category": edition.category.name(edition.language),
        "published_at": edition.published_at,
        "updated_at": edition.modified_at or edition.published_at,
    }


def with_full_addresses(html: str) -> str:
    """Return the reading form with the photo's full address: a feed reader has no site around it."""
    return html.replace(f'src="{media_path("")}', f'src="{absolute(media_path(""))}')
