"""One building of one page: where, when, in which language; and the site's frame around what is built."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString

from ..models.languages import KNOWN
from ..pagemap.addresses import (
    Target,
    archive_path,
    corrections_path,
    feed_path,
    front_path,
    news_path,
    search_path,
)
from ..templatetags.once import Unchanging
from .built import Built
from .frame import Frame, Outlet, PrintedRubric
from .json_ld import script_safe
from .pictures import with_pictures

KEPT = 256  # frames: one for each language, and page that the masthead leads to
# The pages that the masthead leads to: kind, rubric, number.
LED_TO = {("news", "", 1), ("archive", "", 1), ("rubric", "category", 1)}


class Visit(NamedTuple):
    """`path`: the address asked for; `target`: what it stands for; `at`: the moment shown."""

    path: str
    target: Target
    at: datetime
    frame: Frame
    language: str

    @property
    def site(self) -> Outlet:
        return self.frame.site

    @property
    def zone(self) -> ZoneInfo:
        return self.frame.site.zone

    @property
    def today(self) -> date:
        """The newsroom's day at that moment."""
        return self.at.astimezone(self.zone).date()


class Head(NamedTuple):
    """What a page says of itself in its `<head>`. `alternates`: language → address of the same page in it;
    None: the address with the language exchanged. `switch`: where the menu of languages leads instead, by language.
    `canonical`: empty for the address asked for. `feed`: beside that of the site. `trail`: name and address of the
    pages above it and of itself, for machines. `frames`: whose pages it may show in frames, as `frame-src` of a content
    policy names them."""

    title: str = ""
    description: str = ""
    canonical: str = ""
    alternates: Mapping[str, str] | None = None
    feed: str = ""
    feed_title: str = ""
    indexed: bool = True
    switch: Mapping[str, str] | None = None
    trail: Sequence[tuple[str, str]] = ()
    frames: str = "'none'"


@dataclass(frozen=True)
class PrintedFrame(Unchanging):
    """What templates know of the site. `categories`: name and address of each; `here`: the address of the page, where
    the masthead leads to it; the rest are addresses."""

    name: str
    tagline: str
    categories: tuple[tuple[str, str], ...]
    here: str
    front: str
    news: str
    archive: str
    corrections: str
    search: str
    site_feed: str


def absolute(path: str) -> str:
    """Return the full address of a path on the site."""
    return f"{settings.SITE_URL}{path}"


def titled(title: str, visit: Visit) -> str:
    """Return a page's title with the outlet's name."""
    return f"{title} – {visit.site.name(visit.language)}"


def page(
    visit: Visit,
    template: str,
    head: Head,
    context: Mapping[str, Any],
    *,
    next_change_at: datetime | None = None,
    status: int = 200,
    article: int | None = None,
    kept: bool = True,
) -> Built:
    """Render an HTML page; language and zone are those of `run`.

    Besides its own context a template gets `frame`, `head`, `languages` and `at`, which base.html prints. `pictures` in
    the context: what is made of the page's photos, where it was read already.
    """
    alternates = translated(visit) if head.alternates is None else head.alternates
    shown = {
        **context,
        "frame": frame_of(visit),
        "head": printed(head, visit, alternates),
        "languages": languages(visit, alternates if head.switch is None else head.switch),
        "at": visit.at,
    }
    body = with_pictures(rendered(template, shown), context.get("pictures")).encode()
    return Built(status, body, next_change_at=next_change_at, language=visit.language, article=article, kept=kept)


def rendered(template: str, context: Mapping[str, Any]) -> SafeString:
    """Render a template with Django's engine, without what a request would add."""
    return get_template(template).template.render(Context(context))  # type: ignore[attr-defined]


def printed(head: Head, visit: Visit, alternates: Mapping[str, str]) -> dict[str, Any]:
    """Return a page's head as base.html prints it: full addresses; `alternates`: pairs of language and address."""
    return {
        **head._asdict(),
        "description": head.description or visit.site.tagline(visit.language) or visit.site.name(visit.language),
        "canonical": absolute(head.canonical or visit.path),
        "alternates": tuple((code, absolute(path)) for code, path in alternates.items()),
        "trail": breadcrumbs(head.trail) if head.trail and head.indexed else "",
    }


def breadcrumbs(trail: Sequence[tuple[str, str]]) -> SafeString:
    """Return the pages above a page, and itself, as JSON-LD: names and addresses."""
    listed = [
        {"@type": "ListItem", "position": number, "name": name, "item": absolute(path)}
        for number, (name, path) in enumerate(trail, start=1)
    ]
    return script_safe({"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": listed})


def languages(visit: Visit, alternates: Mapping[str, str]) -> tuple[tuple[str, str, str], ...]:
    """Return the menu of languages: code, own name and the address of the page in it, or of its front page where there
    is none; the address is empty for the page's own language."""
    return tuple(
        (code, KNOWN[code].own_name, "" if code == visit.language else alternates.get(code, front_path(code)))
        for code in visit.site.used
    )


def frame_of(visit: Visit) -> PrintedFrame:
    """Return what templates know of the site."""
    target, site, language = visit.target, visit.site, visit.language
    here = visit.path if (target.kind, target.rubric, target.page) in LED_TO else ""
    return _frame(language, site.name(language), site.tagline(language), visit.frame.categories, here)


@lru_cache(maxsize=KEPT)
def _frame(language: str, name: str, tagline: str, categories: Sequence[PrintedRubric], here: str) -> PrintedFrame:
    return PrintedFrame(
        language=language,
        name=name,
        tagline=tagline,
        categories=tuple((one.name(language), one.path(language)) for one in categories),
        here=here,
        front=front_path(language),
        news=news_path(language),
        archive=archive_path(language),
        corrections=corrections_path(language),
        search=search_path(language),
        site_feed=feed_path(language),
    )


def translated(visit: Visit) -> dict[str, str]:
    """Return the address in each language of the outlet, for a page that exists in all."""
    return {code: f"/{code}{visit.path[3:]}" for code in visit.site.used}


def with_query(visit: Visit, query: Mapping[str, str]) -> dict[str, str]:
    """Return the address in each language of the outlet with what was asked for, for the menu of languages."""
    asked = f"?{urlencode(list(query.items()))}" if query else ""
    return {code: f"{path}{asked}" for code, path in translated(visit).items()}


def fronts(visit: Visit) -> dict[str, str]:
    """Return the address of the front page in each language of the outlet."""
    return {code: front_path(code) for code in visit.site.used}
