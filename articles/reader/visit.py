"""One building of one page: where, when, in which language; and the site's frame around what is built."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
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
from .built import Built
from .fragments import filled, fragment, joined, kept, rendered
from .frame import Frame, Outlet, PrintedRubric

SECTIONS = {"news", "archive", "rubric"}  # kinds of pages that the masthead leads to


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
    None: the address with the language exchanged. `canonical`: empty for the address asked for."""

    title: str = ""
    description: str = ""
    canonical: str = ""
    alternates: Mapping[str, str] | None = None
    feed: str = ""
    feed_title: str = ""
    indexed: bool = True


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
    frame = frame_of(visit)
    main = rendered(template, {**context, "frame": frame, "head": head._asdict(), "at": visit.at})
    body = framed(visit, frame, head, main)
    return Built(status, body, next_change_at=next_change_at, language=visit.language, kept=kept)


def framed(visit: Visit, frame: Mapping[str, Any], head: Head, main: SafeString, card: str = "") -> bytes:
    """Return a page: its main part, and the tags of its social card, in the site's frame."""
    language = visit.language
    used = visit.site.used
    alternates = translated(visit) if head.alternates is None else head.alternates
    shown = alternates if head.indexed and len(alternates) > 1 else {}
    holes = {
        "title": head.title,
        "description": head.description,
        "canonical": absolute(head.canonical or visit.path),
        "alternates": joined(
            filled("articles/_alternate.html", {"address": absolute(path)}, code=code) for code, path in shown.items()
        ),
        "feed": head.feed,
        "feed_title": head.feed_title,
        "languages": joined(other_language(visit, code, alternates) for code in used if len(used) > 1),
        "main": main,
        "card": card,
        **frame["fragments"],
    }
    return filled("base.html", holes, language=language, indexed=head.indexed).encode()


def frame_of(visit: Visit) -> dict[str, Any]:
    """Return what templates know of the site, and the parts of base.html that are the same on many pages."""
    site, language = visit.frame.site, visit.language
    here = visit.path if visit.target.kind in SECTIONS else ""
    return _frame(language, site.name(language), site.tagline(language), visit.frame.categories, here)


@kept
def _frame(language: str, name: str, tagline: str, categories: Sequence[PrintedRubric], here: str) -> dict[str, Any]:
    shown = {
        "language": language,
        "name": name,
        "front": front_path(language),
        "news": news_path(language),
        "archive": archive_path(language),
        "corrections": corrections_path(language),
        "search": search_path(language),
        "site_feed": feed_path(language),
    }
    named = tuple((one.name(language), one.path(language)) for one in categories)
    return {
        **shown,
        "fragments": {
            "styles": fragment("articles/_styles.html", language=language),
            "strip": fragment("articles/_strip.html", **shown),
            "masthead": fragment("articles/_masthead.html", **shown, tagline=tagline, categories=named, here=here),
            "footer": fragment("articles/_footer.html", **shown),
        },
    }


def other_language(visit: Visit, code: str, alternates: Mapping[str, str]) -> SafeString:
    """Return a language's entry in the menu: a link to the page in it, or to its front page where there is none."""
    path = "" if code == visit.language else alternates.get(code, front_path(code))
    return filled("articles/_language.html", {"path": path}, code=code, name=KNOWN[code].own_name)


def translated(visit: Visit) -> dict[str, str]:
    """Return the address in each language of the outlet, for a page that exists in all."""
    return {code: f"/{code}{visit.path[3:]}" for code in visit.site.used}


def fronts(visit: Visit) -> dict[str, str]:
    """Return the address of the front page in each language of the outlet."""
    return {code: front_path(code) for code in visit.site.used}
