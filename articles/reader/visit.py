"""One building of one page: where, when, in which language; and the site's frame around what is built."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString

from ..pagemap.addresses import (
    Target,
    archive_path,
    corrections_path,
    feed_path,
    front_path,
    news_path,
    search_path,
)
from .built import Built
from .fragments import fragment
from .frame import Frame, Outlet

LANGUAGES = {"en": "English", "ru": "Русский"}


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
    None: the address with the language exchanged. `canonical`: empty for the address asked for. `card`: what the
    templates of an article's metadata print, empty on other pages."""

    title: str = ""
    description: str = ""
    canonical: str = ""
    alternates: Mapping[str, str] | None = None
    feed: str = ""
    feed_title: str = ""
    indexed: bool = True
    card: Mapping[str, str] = {}


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
    kept: bool = True,
) -> Built:
    """Render an HTML page in the site's frame; language and zone are those of `run`."""
    shared = {"frame": frame(visit, head), "head": head._asdict(), "at": visit.at}
    main = rendered(template, {**context, **shared})
    card = rendered("articles/_card.html", {**head.card, **shared}) if head.card else ""
    body = rendered("base.html", {**shared, "main": main, "card": card})
    return Built(status, body.encode(), next_change_at=next_change_at, language=visit.language, kept=kept)


def rendered(template: str, context: dict[str, Any]) -> SafeString:
    """Render a template of Django's own engine, without what a request would add."""
    return get_template(template).template.render(Context(context))  # type: ignore[attr-defined]


def frame(visit: Visit, head: Head) -> dict[str, Any]:
    """Return what base.html shows around every page."""
    language, site = visit.language, visit.site
    alternates = translated(visit.path) if head.alternates is None else head.alternates
    shown = {
        "language": language,
        "name": site.name(language),
        "front": front_path(language),
        "news": news_path(language),
        "archive": archive_path(language),
        "corrections": corrections_path(language),
        "search": search_path(language),
        "site_feed": feed_path(language),
    }
    categories = tuple((one.name(language), one.path(language)) for one in visit.frame.categories)
    here = visit.path if visit.path in (shown["news"], shown["archive"], *(path for _name, path in categories)) else ""
    tagline = site.tagline(language)
    return {
        **shown,
        "canonical": absolute(head.canonical or visit.path),
        "alternates": {code: absolute(path) for code, path in alternates.items()} if head.indexed else {},
        "languages": [
            (code, name, "" if code == language else alternates.get(code, front_path(code)))
            for code, name in LANGUAGES.items()
        ],
        "styles": fragment("articles/_styles.html", language=language),
        "strip": fragment("articles/_strip.html", **shown),
        "masthead": fragment("articles/_masthead.html", **shown, tagline=tagline, categories=categories, here=here),
        "footer": fragment("articles/_footer.html", **shown),
    }


def translated(path: str) -> dict[str, str]:
    """Return the address in each language, for a page that exists in all."""
    return {code: f"/{code}{path[3:]}" for code in LANGUAGES}
