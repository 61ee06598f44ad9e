"""Lists that go on: a rubric, a month of a rubric, a day. Closed pages are counted from the earliest."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from ..editions import UNNAMED, Heading
from ..models.languages import in_language
from ..pagemap import lists
from ..pagemap.addresses import archive_path, feed_path, rubric_path
from ..shown import facts
from ..shown.where import Where, where
from ..templatetags.newsroom import day as day_text
from ..templatetags.newsroom import month as month_text
from .archive import check_in_archive
from .blocks import Blocks
from .built import Built, Missing
from .calendar import month_days
from .lines import lines_between
from .visit import Head, Visit, page, titled

# One made for a story under embargo must not be told by its page; categories are the frame of the site.
UNKNOWN_WHILE_EMPTY = ("region", "topic")
Address = Callable[[int], str]


def paged(
    total: int, shown: Where, visit: Visit, address: Address, blocks: Blocks, heading: Heading = UNNAMED
) -> dict[str, Any]:
    """Return one page of a list, newest first, with the addresses of the pages beside it; raise Missing. `heading`
    stands above it, in its block."""
    number = visit.target.page
    span = lists.span(number, total)
    if span is None or (not total and visit.target.rubric in UNKNOWN_WHILE_EMPTY):
        raise Missing
    older, newer = lists.older_page(number, total), lists.newer_page(number, total)
    found = lines_between(shown, visit.at, *span, total)
    return {
        "listed": blocks.teasers("l", found, heading),
        "total": total,
        "number": number,
        "older": address(older) if older else "",
        "newer": address(newer) if newer else "",
    }


def blocks_of(visit: Visit) -> Blocks:
    """Return what makes the blocks of a list: it is of today."""
    return Blocks(visit.frame, visit.language, visit.today)


def name_of(known: facts.Facts, visit: Visit) -> str:
    """Return the name of the rubric that was asked for with `facts.named`, as it is written; raise Missing."""
    if not known.rows["rubric"]:
        raise Missing
    [row] = known.rows["rubric"]
    return in_language(row, "name", visit.language)


def alternates(visit: Visit) -> dict[str, str] | None:
    """Return None where the same list stands in the other language for certain, else this address alone."""
    certain = visit.target.page == 1 and visit.target.rubric not in UNKNOWN_WHILE_EMPTY
    return None if certain else {visit.language: visit.path}


def rubric(visit: Visit) -> Built:
    """Build a rubric's list with the months it has."""
    target, language = visit.target, visit.language
    key = f"{target.rubric}:{target.slug}"
    shown = where(language, rubric=key)
    known = facts.read(
        visit.at,
        facts.named(target.rubric, target.slug),
        facts.monthly_counts(language, key),
        facts.change(shown),
    )
    name, blocks = name_of(known, visit), blocks_of(visit)
    heading = visit.frame.heading(name, language)

    def address(number: int) -> str:
        return rubric_path(language, target.rubric, target.slug, page=number)

    list_ = paged(sum(known.months.values()), shown, visit, address, blocks, heading)
    context = {"kind": target.rubric, "name": list_["listed"].heading, "months": months_of(visit, known), **list_}
    head = Head(
        title=titled(blocks.title(heading), visit),
        alternates=alternates(visit),
        feed=feed_path(language, target.rubric, target.slug),
        feed_title=f"{visit.site.name(language)}: {visit.frame.named(name, language)}",
    )
    return page(visit, "articles/rubric.html", head, context, next_change_at=known.next_change_at)


def months_of(visit: Visit, known: facts.Facts) -> list[dict[str, Any]]:
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
        for (year, month), number in sorted(known.months.items(), reverse=True)
    ]


def rubric_month(visit: Visit) -> Built:
    """Build the list of one month of a rubric."""
    target, language = visit.target, visit.language
    first, last = month_days(target.year, target.month)
    shown = where(language, first, last, f"{target.rubric}:{target.slug}")
    known = list_facts(visit, shown, facts.named(target.rubric, target.slug))
    heading, blocks = visit.frame.heading(name_of(known, visit), language, in_link=True), blocks_of(visit)
    check_in_archive(visit, known.beginning)

    def address(number: int) -> str:
        return rubric_path(language, target.rubric, target.slug, target.year, target.month, page=number)

    list_ = paged(known.total, shown, visit, address, blocks, heading)
    context = {
        "kind": target.rubric,
        "name": list_["listed"].heading,
        "first": first,
        "up": rubric_path(language, target.rubric, target.slug),
        "archive_month": archive_path(language, target.year, target.month),
        **list_,
    }
    head = Head(
        title=titled(f"{blocks.title(heading)}, {month_text(first)}", visit),
        alternates=alternates(visit),
    )
    kept, change = bool(known.total), known.next_change_at
    return page(visit, "articles/rubric_month.html", head, context, next_change_at=change, kept=kept)


def list_facts(visit: Visit, shown: Where, *more: facts.Branch) -> facts.Facts:
    """Read what the list of a period of the archive has to know."""
    asked = (facts.total(shown), facts.beginning(), facts.change(shown))
    return facts.read(visit.at, *asked, *more)


def day(visit: Visit) -> Built:
    """Build the list of one day."""
    target, language = visit.target, visit.language
    shown = where(language, target.date, target.date)
    known = list_facts(visit, shown)
    check_in_archive(visit, known.beginning)

    def address(number: int) -> str:
        return archive_path(language, target.year, target.month, target.day, page=number)

    context = {
        "date": target.date,
        "year_path": archive_path(language, target.year),
        "month_path": archive_path(language, target.year, target.month),
        **paged(known.total, shown, visit, address, blocks_of(visit)),
    }
    head = Head(
        title=titled(_("News of %(day)s") % {"day": day_text(target.date)}, visit),
        alternates=alternates(visit),
    )
    kept, change = bool(known.total), known.next_change_at
    return page(visit, "articles/day.html", head, context, next_change_at=change, kept=kept)
