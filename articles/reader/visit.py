"""One building of one page: where, when, in which language; and the site's frame around what is built."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string

from ..models import Category, Site
from ..pagemap.addresses import (
    Target,
    archive_path,
    corrections_path,
    feed_path,
    front_path,
    news_path,
    rubric_path,
    search_path,
)
from .built import Built

LANGUAGES = {"en": "English", "ru": "Русский"}


@dataclass(frozen=True)
class Visit:
    """`path`: the address asked for; `target`: what it stands for; `at`: the moment shown."""

    path: str
    target: Target
    at: datetime
    site: Site
    language: str

    @property
    def zone(self) -> ZoneInfo:
        return self.site.zone

    @property
    def today(self) -> date:
        """The newsroom's day at that moment."""
        return self.at.astimezone(self.zone).date()


@dataclass(frozen=True)
class Head:
    """What a page says of itself in its `<head>`. `alternates`: language → address of the same page in it;
    None: the address with the language exchanged. `canonical`: empty for the address asked for."""

    title: str = ""
    description: str = ""
    canonical: str = ""
    alternates: Mapping[str, str] | None = None
    feed: str = ""
    feed_title: str = ""
    indexed: bool = True
    card: Mapping[str, str] = field(default_factory=dict)
    data: str = ""


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
) -> Built:
    """Render an HTML page in the site's frame; language and zone are those of `visiting`."""
    body = render_to_string(template, {**context, "frame": frame(visit, head), "head": head, "at": visit.at})
    return Built(status, body.encode(), next_change_at=next_change_at, language=visit.language)


def frame(visit: Visit, head: Head) -> dict[str, Any]:
    """Return what base.html shows around every page."""
    language, site = visit.language, visit.site
    alternates = translated(visit.path) if head.alternates is None else dict(head.alternates)
    return {
        "language": language,
        "name": site.name(language),
        "tagline": site.tagline(language),
        "front": front_path(language),
        "news": news_path(language),
        "archive": archive_path(language),
        "corrections": corrections_path(language),
        "search": search_path(language),
        "site_feed": feed_path(language),
        "here": visit.path,
        "canonical": absolute(head.canonical or visit.path),
        "alternates": {code: absolute(path) for code, path in alternates.items()} if head.indexed else {},
        "languages": [
            {"code": code, "name": name, "path": alternates.get(code, front_path(code)), "current": code == language}
            for code, name in LANGUAGES.items()
        ],
        "categories": [
            {"name": category.name(language), "path": rubric_path(language, "category", category.slug)}
            for category in Category.objects.all()
        ],
    }


def translated(path: str) -> dict[str, str]:
    """Return the address in each language, for a page that exists in all."""
    return {code: f"/{code}{path[3:]}" for code in LANGUAGES}
