"""Lists that go on: a rubric, a month of a rubric, a day. Closed pages are counted from the earliest."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from ..archive.calendar import month_days
from ..archive.counts import month_counts, rubric_lookup
from ..models import Category, Region, Release, Topic
from ..pagemap import lists
from ..pagemap.addresses import archive_path, feed_path, rubric_path
from ..templatetags.newsroom import day as day_text
from ..templatetags.newsroom import month as month_text
from .archive import check_in_archive
from .blocks import Blocks
from .built import Built, Missing
from .changes import next_change
from .visit import Head, Visit, page, titled

RUBRICS: dict[str, type[Category] | type[Region] | type[Topic]] = {
    "category": Category,
    "region": Region,
    "topic": Topic,
}
# One made for a story under embargo must not be told by its page; categories are the frame of the site.
UNKNOWN_WHILE_EMPTY = ("region", "topic")
Address = Callable[[int], str]


def paged(releases: QuerySet[Release], visit: Visit, address: Address) -> dict[str, Any]:
    """Return one page of a list, newest first, with the addresses of the pages beside it; raise Missing."""
    number = visit.target.page
    total = releases.count()
    span = lists.span(number, total)
    if span is None or (not total and visit.target.rubric in UNKNOWN_WHILE_EMPTY):
        raise Missing
    older, newer = lists.older_page(number, total), lists.newer_page(number, total)
    found = releases.for_reading()[total - span[1] : total - span[0]]  # type: ignore[attr-defined]
    return {
        "listed": Blocks(visit.language).teasers("l", found),
        "total": total,
        "number": number,
        "older": address(older) if older else "",
        "newer": address(newer) if newer else "",
    }


def alternates(visit: Visit) -> dict[str, str] | None:
    """Return None where the same list stands in the other language for certain, else this address alone."""
    certain = visit.target.page == 1 and visit.target.rubric not in UNKNOWN_WHILE_EMPTY
    return None if certain else {visit.language: visit.path}


def rubric(visit: Visit) -> Built:
    """Build a rubric's list with the months it has."""
    target, language = visit.target, visit.language
    found = RUBRICS[target.rubric].objects.filter(slug=target.slug).first()
    if found is None:
        raise Missing
    key = f"{target.rubric}:{target.slug}"
    name = found.name(language)
    shown = Q(language=language, **rubric_lookup(key))

    def address(number: int) -> str:
        return rubric_path(language, target.rubric, target.slug, page=number)

    context = {
        "kind": target.rubric,
        "name": name,
        "months": months_of(visit, key),
        **paged(Release.objects.live(visit.at).filter(shown), visit, address),
    }
    head = Head(
        title=titled(name, visit),
        alternates=alternates(visit),
        feed=feed_path(language, target.rubric, target.slug),
        feed_title=f"{visit.site.name(language)}: {name}",
    )
    return page(visit, "articles/rubric.html", head, context, next_change_at=next_change(visit.at, shown))


def months_of(visit: Visit, key: str) -> list[dict[str, Any]]:
    """Return the months of a rubric that hold articles, newest first, for its own address; none on closed pages,
    which must not change with every new month."""
    target, language = visit.target, visit.language
    if target.page > 1:
        return []
    return [
        {
            "first": date(year, month, 1),
            "number": number,
            "path": rubric_path(language, target.rubric, target.slug, year, month),
        }
        for (year, month), number in sorted(month_counts(language, visit.at, key).items(), reverse=True)
    ]


def rubric_month(visit: Visit) -> Built:
    """Build the list of one month of a rubric."""
    target, language = visit.target, visit.language
    found = RUBRICS[target.rubric].objects.filter(slug=target.slug).first()
    if found is None:
        raise Missing
    check_in_archive(visit)
    key = f"{target.rubric}:{target.slug}"
    first = date(target.year, target.month, 1)
    name = found.name(language)
    days = month_days(target.year, target.month)
    shown = Q(language=language, published_date__range=days, **rubric_lookup(key))

    def address(number: int) -> str:
        return rubric_path(language, target.rubric, target.slug, target.year, target.month, page=number)

    context = {
        "kind": target.rubric,
        "name": name,
        "first": first,
        "up": rubric_path(language, target.rubric, target.slug),
        "archive_month": archive_path(language, target.year, target.month),
        **paged(Release.objects.live(visit.at).filter(shown), visit, address),
    }
    head = Head(
        title=titled(f"{name}, {month_text(first)}", visit),
        alternates=alternates(visit),
    )
    return page(visit, "articles/rubric_month.html", head, context, next_change_at=next_change(visit.at, shown))


def day(visit: Visit) -> Built:
    """Build the list of one day."""
    target, language = visit.target, visit.language
    check_in_archive(visit)
    shown = Q(language=language, published_date=target.date)

    def address(number: int) -> str:
        return archive_path(language, target.year, target.month, target.day, page=number)

    context = {
        "date": target.date,
        "year_path": archive_path(language, target.year),
        "month_path": archive_path(language, target.year, target.month),
        **paged(Release.objects.live(visit.at).filter(shown), visit, address),
    }
    head = Head(
        title=titled(_("News of %(day)s") % {"day": day_text(target.date)}, visit),
        alternates=alternates(visit),
    )
    return page(visit, "articles/day.html", head, context, next_change_at=next_change(visit.at, shown))
