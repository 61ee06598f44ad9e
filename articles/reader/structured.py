"""What machines read of an article: JSON-LD (schema.org NewsArticle) and the tags of social cards.

There is no room for notes here: names bear the inline form; a description carries its notes at the end.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ..editions import first_of, marked
from ..footnotes.ledger import Ledger
from ..footnotes.render import render_inline
from ..footnotes.types import Mark
from ..models.languages import KNOWN
from ..pagemap.addresses import front_path, media_path, rendition_path
from ..templatetags.newsroom import iso
from .frame import Outlet
from .json_ld import script_safe
from .pictures import Known, largest
from .standing import Story
from .visit import Visit, absolute

CARDS = ("wide", "four-three-card", "square-card")


def titled_as(is_retracted: bool, language: str, title: str) -> str:
    """Return the bare title of an article, which says so when it is retracted."""
    if not is_retracted:
        return title
    with translation.override(language):
        return _("Retracted: %(title)s") % {"title": title}


class Bare:
    """Texts of an edition without room for a note: each marked name is followed by its short formula. Each text stands
    alone; `ledger`: of the page, for its style and wordings."""

    def __init__(self, marks: Sequence[Mark], ledger: Ledger) -> None:
        self._marks = marks
        self._ledger = ledger

    def text(self, field: str, text: str) -> str:
        """Return the text of a field of the edition in the inline form."""
        own = [mark for mark in self._marks if mark.field == field]
        if not own:
            return text
        ledger = self._ledger
        return render_inline(text, first_of(own, ledger.style), ledger.registers, ledger.language)


def description(summary: str, marks: Sequence[Mark], ledger: Ledger) -> str:
    """Return the summary with bare glyphs and its notes at the end; the glyphs begin anew, as on a page of its own."""
    block = Ledger(ledger.registers, ledger.style, ledger.language).block("d")
    return " ".join([marked("summary", summary, marks, block), *map(str, block.notes())]).strip()


def card(story: Story, bare: Bare, description: str, visit: Visit, known: Known) -> dict[str, str]:
    """Return the fields of the Open Graph and Twitter tags; the picture is cropped as they show it, once it is."""
    photo = story.photo
    crop = largest(known, photo["web"], "wide") if photo else None
    picture = (rendition_path(photo["web"], crop.name), crop.width, crop.height) if crop else web_size(story)
    return {
        "site": visit.site.name(visit.language),
        "url": absolute(visit.path),
        "locale": KNOWN[visit.language].locale,
        "title": titled_as(story.is_retracted, story.language, bare.text("headline", story.headline)),
        "description": description,
        "image": absolute(picture[0]) if photo else "",
        "width": str(picture[1]),
        "height": str(picture[2]),
        "alt": bare.text("photo_alt", photo.get("alt", "")) if photo else "",
    }


def web_size(story: Story) -> tuple[str, int | str, int | str]:
    """Return the address, width and height of a story's photo as its form names it."""
    photo = story.photo
    return (media_path(photo["web"]), photo["width"], photo["height"]) if photo else ("", "", "")


def news_article(
    story: Story, section: str, bare: Bare, site: Outlet, path: str, description: str, known: Known
) -> SafeString:
    """Return the JSON-LD of an article, safe inside a script element; `section`: the name of its category."""
    language, url = story.language, absolute(path)
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": titled_as(story.is_retracted, language, bare.text("headline", story.headline)),
        "description": description,
        "inLanguage": language,
        "datePublished": iso(story.published_at),
        "dateModified": iso(story.modified_at or story.published_at),
        "mainEntityOfPage": url,
        "url": url,
        "articleSection": section,
        "publisher": {
            "@type": "NewsMediaOrganization",
            "name": site.name(language),
            "url": absolute(front_path(language)),
        },
        "author": [
            {"@type": "Person", "name": bare.text(f"byline_{number}", name)}
            for number, name in enumerate(story.bylines)
        ],
        "correction": [
            {
                "@type": "CorrectionComment",
                "text": bare.text(f"correction_{number}", entry["text"]),
                "datePublished": iso(datetime.fromisoformat(entry["made_at"])),
            }
            for number, entry in enumerate(story.corrections)
        ],
        "isBasedOn": story.origin.get("url", ""),
        "image": images(story, bare, known),
    }
    return script_safe({key: value for key, value in data.items() if value})


def images(story: Story, bare: Bare, known: Known) -> list[dict[str, Any]]:
    """Return the photo as a machine may choose it: cropped to 16:9, 4:3 and 1:1 as far as that is made, and whole."""
    if not story.photo:
        return []
    web = story.photo["web"]
    found = [crop for place in CARDS if (crop := largest(known, web, place))]
    offered = [(rendition_path(web, one.name), one.width, one.height) for one in found] + [web_size(story)]
    credit = bare.text("photo_credit", story.photo.get("credit", ""))
    return [
        {"@type": "ImageObject", "url": absolute(path), "width": width, "height": height}
        | ({"creditText": credit} if credit else {})
        for path, width, height in offered
    ]
