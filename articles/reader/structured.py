"""What machines read of an article: JSON-LD (schema.org NewsArticle) and the tags of social cards.

There is no room for notes here: names bear the inline form; a description carries its notes at the end.
"""

import json
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ..editions import marks_of
from ..footnotes.ledger import Ledger
from ..footnotes.registers import Registers
from ..footnotes.render import render_inline, render_text
from ..models import Edition, Site
from ..pagemap.addresses import front_path, media_path
from .visit import absolute


def retracted(edition: Edition, title: str) -> str:
    """Return a bare title, prefixed when the article was retracted."""
    if edition.reason != "retraction":
        return title
    with translation.override(edition.language):
        return _("Retracted: %(title)s") % {"title": title}


class Bare:
    """Texts of an edition without room for a note: each marked name is followed by its short formula."""

    def __init__(self, edition: Edition, registers: Registers, on: date) -> None:
        self._edition = edition
        self._marks = marks_of(edition)
        self._registers = registers
        self._on = on

    def text(self, field: str, text: str) -> str:
        """Return the text of a field of the edition in the inline form, by the state of the day `on`."""
        own = [mark for mark in self._marks if mark.field == field]
        return render_inline(text, own, self._registers, self._edition.language, as_of=self._on)


def description(edition: Edition, ledger: Ledger) -> str:
    """Return the summary with bare glyphs and its notes at the end; the glyphs begin anew, as on a page of its own."""
    block = Ledger(ledger.registers, ledger.style, ledger.language).block("d")
    own = [mark for mark in marks_of(edition) if mark.field == "summary"]
    summary = render_text(edition.summary, own, block)
    return " ".join([summary, *map(str, block.notes())]).strip()


def card(edition: Edition, bare: Bare, description: str) -> dict[str, str]:
    """Return the fields of the Open Graph and Twitter tags."""
    fields = {
        "title": retracted(edition, bare.text("headline", edition.headline)),
        "description": description,
    }
    if edition.photo:
        fields |= {
            "image": absolute(media_path(edition.photo["web"])),
            "width": str(edition.photo["width"]),
            "height": str(edition.photo["height"]),
            "alt": bare.text("photo_alt", edition.photo.get("alt", "")),
        }
    return fields


def news_article(edition: Edition, bare: Bare, site: Site, path: str, description: str) -> SafeString:
    """Return the JSON-LD of an article, safe inside a script element."""
    language, url = edition.language, absolute(path)
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": retracted(edition, bare.text("headline", edition.headline)),
        "description": description,
        "inLanguage": language,
        "datePublished": edition.published_at.astimezone(site.zone).isoformat(),
        "dateModified": (edition.modified_at or edition.published_at).astimezone(site.zone).isoformat(),
        "mainEntityOfPage": url,
        "url": url,
        "articleSection": edition.category.name(language),
        "publisher": {
            "@type": "NewsMediaOrganization",
            "name": site.name(language),
            "url": absolute(front_path(language)),
        },
        "author": [
            {"@type": "Person", "name": bare.text(f"byline_{number}", name)}
            for number, name in enumerate(edition.bylines)
        ],
        "correction": [
            {
                "@type": "CorrectionComment",
                "text": bare.text(f"correction_{number}", entry["text"]),
                "datePublished": entry["made_at"],
            }
            for number, entry in enumerate(edition.corrections)
        ],
        "isBasedOn": edition.origin.get("url", ""),
        "image": image(edition),
    }
    return script_safe({key: value for key, value in data.items() if value})


def image(edition: Edition) -> dict[str, Any]:
    if not edition.photo:
        return {}
    return {
        "@type": "ImageObject",
        "url": absolute(media_path(edition.photo["web"])),
        "width": edition.photo["width"],
        "height": edition.photo["height"],
    }


def script_safe(data: dict[str, Any]) -> SafeString:
    """Return JSON in which nothing can end or open a script element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character, escape in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
        text = text.replace(character, escape)
    return mark_safe(text)
