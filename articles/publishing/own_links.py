"""Links of a text to this site's own addresses: which of them would lead readers nowhere at a moment.

Answered from rows, never by a request: what another server answers is no business of an act of publishing.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db.models import Min
from django.urls import Resolver404, resolve
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..editions import clean_html
from ..editions.figures import ids_in
from ..editions.plain_html import links
from ..models import KINDS, Address, Article, Photo, Release, Site
from ..pagemap import is_photo_shown
from ..pagemap.addresses import Target, read_address
from ..pagemap.lists import span
from ..shown.sql import to_day
from ..shown.standing import history

NO_PAGE = _("no page of this site has this address")
WITHDRAWN = _("the article at this address was withdrawn")
NOT_PUBLIC = _("the article at this address is not public then")
CLOSED = _("readers cannot open this address")
OTHER_LANGUAGE = _("the outlet does not publish in this language")
EMPTY = _("readers find nothing at this address then")
FOR_READERS = {"home", "search", "month-sitemap", "favicon", "robots", "healthz"}


class BrokenLink(NamedTuple):
    """`words`: what the link stands on; `path`: where it leads; `why`: a part of a sentence."""

    words: str
    path: str
    why: str | Promise


def broken_own_links(article: Article, at: datetime, site: Site) -> list[BrokenLink]:
    """Return the links of the article's text to own addresses at which readers find nothing at `at`, each once."""
    found: dict[str, BrokenLink] = {}
    for path, words in own_links(clean_html(article.body)):
        if path not in found and (why := nothing_at(path, article, at, site)):
            found[path] = BrokenLink(words.strip() or path, path, why)
    return list(found.values())


def own_links(body: str) -> Iterator[tuple[str, str]]:
    """Yield path and words of each link to this site, given whole or from the root on; a place on the page is none."""
    home = urlsplit(settings.SITE_URL)
    for address, words in links(body):
        try:
            parts = urlsplit(address.strip())
            is_here = parts.netloc.lower() == home.netloc.lower() if parts.netloc else not parts.scheme
        except ValueError:  # no address that a browser can read
            continue
        if is_here and parts.scheme in ("", "http", "https") and (parts.path or parts.netloc):
            yield unquote(parts.path) or "/", words


def nothing_at(path: str, article: Article, at: datetime, site: Site) -> str | Promise:
    """Say why readers find nothing at a path at `at`, once `article` is published; "" where they find something."""
    if path.startswith(settings.STATIC_URL):
        return ""
    target = read_address(path) or read_address(f"{path}/")
    if target is None:
        return "" if is_open(path, site) else (CLOSED if is_view(path) else NO_PAGE)
    if target.language and target.language not in site.used:
        return OTHER_LANGUAGE
    if target.kind == "article":
        return not_standing(target, article, at)
    if target.kind == "media":
        return not_shown(target.slug, article, at)
    if target.rubric:
        return not_listed(target, article, at, site)
    if target.year:
        return not_in_archive(target, at, site)
    return ""


def name_of_view(path: str) -> str:
    """Return by which name `urls` know what answers a path, "admin:" before one of the desk; "" for none."""
    try:
        return resolve(path).view_name
    except (Resolver404, ValueError):
        return ""


def is_view(path: str) -> bool:
    return name_of_view(path) not in ("", "page")


def is_open(path: str, site: Site) -> bool:
    """Say whether a path that is no stored page is one for readers."""
    names = {name_of_view(path), name_of_view(f"{path}/")}
    if "search" in names:
        return path.split("/")[1] in site.used
    return not names.isdisjoint(FOR_READERS)


def not_standing(target: Target, article: Article, at: datetime) -> str | Promise:
    """Say why no article stands at the address of one, and it leads to none; as `reader.standing.story_at` has it."""
    try:
        address = Address.objects.get(language=target.language, date=target.date, slug=target.slug)
    except Address.DoesNotExist:
        return NO_PAGE
    if address.article_id == article.pk:
        return ""
    live = Release.objects.live(at).filter(article=address.article_id).select_related("edition").first()
    here = (target.language, target.date, target.slug)
    if live is not None and (live.language, live.published_date, live.edition.slug) == here:
        return ""
    public = history(address.article_id, at)
    was_here = any((one.language, to_day(one.published_date), one.slug) == here for one in public)
    if live is not None and (was_here or not address.current):
        return ""
    return WITHDRAWN if any(one.ending == "withdrawn" for one in public) else NOT_PUBLIC


def not_shown(web_name: str, article: Article, at: datetime) -> str | Promise:
    """Say why readers cannot see a photo."""
    if article.lead_photo is not None and article.lead_photo.web == web_name:
        return ""
    if is_photo_shown(web_name, at) or Photo.objects.filter(web=web_name, pk__in=ids_in(article.body)).exists():
        return ""
    return CLOSED if Photo.objects.filter(web=web_name).exists() else NO_PAGE


def not_listed(target: Target, article: Article, at: datetime, site: Site) -> str | Promise:
    """Say why there is no such list of a rubric. One of a region or topic without articles answers 404."""
    kind = KINDS[target.rubric]
    if not kind.model._default_manager.filter(slug=target.slug).exists():
        return NO_PAGE
    if target.year and (why := not_in_archive(target, at, site)):
        return why
    shown = Release.objects.live(at).filter(language=target.language, **{kind.slug_field: target.slug})
    if target.year:
        shown = shown.filter(published_date__year=target.year, published_date__month=target.month)
    total = shown.count()
    if not total and target.rubric != "category" and not is_filed(article, target):
        return EMPTY
    return "" if span(target.page, total) is not None else NO_PAGE


def is_filed(article: Article, target: Target) -> bool:
    """Say whether the article itself will stand in a region's or topic's list."""
    if target.year or article.language != target.language:
        return False
    rubrics = article.regions if target.rubric == "region" else article.topics
    return rubrics.filter(slug=target.slug).exists()


def not_in_archive(target: Target, at: datetime, site: Site) -> str | Promise:
    """Say why the archive has no such year, month or day."""
    first = date(target.year, target.month or 1, target.day or 1)
    today = at.astimezone(site.zone).date()
    beginning = Release.objects.live(at).aggregate(first=Min("published_date"))["first"] or today
    ended = (target.year, target.month or 12, target.day or 31) < (beginning.year, beginning.month, beginning.day)
    if first > today or ended:
        return EMPTY
    if target.day and target.page > 1:
        total = Release.objects.live(at).filter(language=target.language, published_date=first).count()
        return "" if span(target.page, total) is not None else NO_PAGE
    return ""
