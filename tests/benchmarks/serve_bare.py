"""The bare views that serve_bench measures beside ours, with their addresses: the same bytes, from memory."""

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.urls import path, re_path
from django.utils import timezone, translation

ZONE = ZoneInfo("Europe/Moscow")  # that of the archive
held: dict[str, tuple[str, dict[str, Any]]] = {}  # address → the template of its page, with its context
# What base.html renders once, and how it begins; a page must have been built.
PARTS = {
    "styles": "<link",
    "skip": '<a class="skip"',
    "strip": '<header class="masthead">',
    "masthead": "</div>",
    "footer": '<footer class="colophon"',
}
plain: dict[str, dict[str, Any]] = {}  # address of an article → the context of serve_bare.html


@cache
def ordinary() -> Template:
    """Return the template of an article's page written in one piece, with loops and without ready texts."""
    return Template(Path(__file__).with_suffix(".html").read_text(encoding="utf-8"))


def bare(request: HttpRequest) -> HttpResponse:
    """Answer with the bytes of a page, rendered from what is held in memory."""
    from articles.reader.visit import rendered

    with translation.override("en"), timezone.override(ZONE):
        if context := plain.get(request.path):
            return HttpResponse(ordinary().render(Context(context)))
        return HttpResponse(rendered(*held[request.path]))


def hold_plain(address: str, at: datetime) -> None:
    """Hold what serve_bare.html prints on an article's page."""
    from django.utils.safestring import mark_safe

    from articles.editions import marked
    from articles.models.languages import KNOWN
    from articles.pagemap.addresses import archive_path, read_address
    from articles.reader import structured
    from articles.reader.article import gather
    from articles.reader.blocks import Blocks
    from articles.reader.frame import read_frame
    from articles.reader.visit import Visit, absolute, frame_of, titled

    target = read_address(address)
    assert target
    visit = Visit(address, target, at, read_frame(), target.language)
    with translation.override("en"), timezone.override(ZONE):
        frame = frame_of(visit)
        story, below, pictures = gather([target], at)[0]  # type: ignore[misc]
        blocks = Blocks(visit.frame, visit.language, story.listed_on, story.ledger)
        bare = structured.Bare(story.marks, blocks.ledger)
        about = structured.description(story.summary, story.marks, blocks.ledger)
        category, site = visit.frame.category(story.category), visit.site
        day = blocks.headlines("d", [line for line in (below.earlier, below.later) if line])
        others = {visit.language: address, **below.translations}
        plain[address] = {
            "language": visit.language,
            "frame": frame,
            "parts": {
                part: text for part, begin in PARTS.items() for text in frame.texts.values() if text.startswith(begin)
            },
            "title": titled(marked("headline", story.headline, story.marks, blocks.ledger.block("t")), visit),
            "description": about,
            "canonical": absolute(address),
            "alternates": {code: absolute(path) for code, path in others.items()},
            "languages": [
                (code, known.own_name, "" if code == visit.language else others.get(code, f"/{code}/"))
                for code, known in KNOWN.items()
            ],
            "card": structured.card(story, bare, about, visit, pictures),
            "data": structured.news_article(story, category.name(visit.language), bare, site, address, about, pictures),
            "category": category,
            "date": story.listed_on,
            "day_path": archive_path(visit.language, *story.listed_on.timetuple()[:3]),
            "translations": below.translations,
            "form": mark_safe(story.form),
            "rubrics": [*below.regions, *below.topics],
            "topic": below.topics[0] if below.topics else None,
            "day": day,
            "earlier": day.items[0] if below.earlier else None,
            "later": day.items[-1] if below.later else None,
            "related": blocks.headlines("r", below.related),
            "news": blocks.headlines("n", below.news),
        }


urlpatterns = [path("admin/", admin.site.urls), re_path(r"", bare)]
