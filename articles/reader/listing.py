"""Lists that go on: a rubric, a month of a rubric, a day. Closed pages are counted from the earliest."""

from collections.abc import Mapping, Set
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from ..editions import UNNAMED, Heading
from ..models.languages import in_language
from ..pagemap import lists
from ..pagemap.addresses import archive_path, feed_path, front_path, news_path, rubric_path
from ..search import Limits, together
from ..shown import facts
from ..shown.where import FiledRows, Where, where
from ..templatetags.newsroom import day as day_text
from ..templatetags.newsroom import month as month_text
from .archive import check_in_archive
from .blocks import Blocks
from .built import Built, Missing
from .calendar import month_days, weekdays
from .lines import NO_MONTHS, lines_between
from .paging import Address, pager
from .turns import asked, calendar, lead_to_month, turned, ways_on
from .visit import Head, Visit, page, titled

# One made for a story under embargo must not be told by its page; categories are the frame of the site.
UNKNOWN_WHILE_EMPTY = ("region", "topic")
RARE = 2000  # articles of a rubric that are sooner sorted than met
LONGEST_DESCRIPTION = 300  # characters
WHOLE = ("day", "rubric_month")  # kinds whose lists are bounded: each page says how many there are


def paged(
    total: int,
    shown: Where,
    visit: Visit,
    address: Address,
    blocks: Blocks,
    heading: Heading = UNNAMED,
    about: Heading = UNNAMED,
    months: Mapping[tuple[int, int], int] = NO_MONTHS,
) -> dict[str, Any]:
    """Return one page of a list, newest first, with what leads to its other pages; raise Missing. `heading` and `about`
    stand above it, in its block."""
    number = visit.target.page
    span = lists.span(number, total)
    if span is None or (not total and visit.target.rubric in UNKNOWN_WHILE_EMPTY):
        raise Missing
    found = lines_between(shown, visit.at, *span, total, months)
    return {
        "listed": blocks.teasers("l", found, heading, about),
        "total": total,
        "number": number,
        "pager": pager(number, total, address, is_whole=visit.target.kind in WHOLE),
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


def elsewhere(visit: Visit, spoken: Set[str] = frozenset()) -> dict[str, Mapping[str, str] | None]:
    """Return `alternates` and `switch` of the head of a list.

    The first page of a day or of a category stands in the other languages for certain, that of a region or topic in
    those `spoken` of it. From all others the menu leads to the list's first page, or to the month, where these are;
    from closed pages of a region or topic to all news of it, a filter, as they do not know in which languages it is.
    """
    target, first_page = visit.target, visit.target.page == 1
    if target.rubric not in UNKNOWN_WHILE_EMPTY:
        if first_page:
            return {"alternates": None}
        path = visit.path.removesuffix(f"{target.page}/")
        return {"alternates": {visit.language: visit.path}, "switch": in_each(visit, path)}
    if target.month:
        month = archive_path(visit.language, target.year, target.month)
        return {"alternates": {visit.language: visit.path}, "switch": in_each(visit, month)}
    if not first_page:
        filters = {code: f"{news_path(code)}?{target.rubric}={target.slug}" for code in visit.site.used}
        return {"alternates": {visit.language: visit.path}, "switch": filters}
    known = {code: path for code, path in in_each(visit, visit.path).items() if code in {visit.language, *spoken}}
    return {"alternates": known}


def in_each(visit: Visit, path: str) -> dict[str, str]:
    """Return an address with each language of the outlet in place of the page's own."""
    return {code: f"/{code}{path[3:]}" for code in visit.site.used}


def rubric(visit: Visit) -> Built:
    """Build a rubric's list with the months it has."""
    target, language = visit.target, visit.language
    key = f"{target.rubric}:{target.slug}"
    known = facts.read(
        visit.at,
        facts.named(target.rubric, target.slug),
        facts.about(target.slug),
        facts.monthly_counts(language, key),
        *changes(visit, key),
    )
    name, blocks = name_of(known, visit), blocks_of(visit)
    printed, heading, story = (
        visit.frame.named(name, language),
        visit.frame.heading(name, language),
        about(known, visit),
    )

    def address(number: int) -> str:
        return rubric_path(language, target.rubric, target.slug, page=number)

    total = sum(known.months.values())
    shown, told = where(language, rubric=key, is_rare=total <= RARE), visit.frame.heading(story, language)
    list_ = paged(total, shown, visit, address, blocks, heading, told, known.months)
    context = {"kind": target.rubric, "name": list_["listed"].heading, "months": months_of(visit, known), **list_}
    head = Head(
        title=titled(blocks.title(heading), visit),
        description=visit.frame.named(first_paragraph(story), language)
        or _("All articles filed under “%(name)s”, the newest first.") % {"name": printed},
        feed=feed_path(language, target.rubric, target.slug),
        feed_title=f"{visit.site.name(language)}: {printed}",
        trail=((visit.site.name(language), front_path(language)), (printed, visit.path)),
        **elsewhere(visit, known.spoken),  # type: ignore[arg-type]
    )
    return page(visit, "articles/rubric.html", head, context, next_change_at=known.next_change_at)


def about(known: facts.Facts, visit: Visit) -> str:
    """Return what is written of a story as a whole; nothing on closed pages, which must not change with it."""
    if visit.target.rubric != "topic" or visit.target.page > 1:
        return ""
    return in_language(known.rows["about"][0], "name", visit.language).strip()


def first_paragraph(text: str) -> str:
    """Return the first line of a text, as far as a description goes."""
    return text.partition("\n")[0].strip()[:LONGEST_DESCRIPTION]


def changes(visit: Visit, key: str) -> tuple[facts.Branch, ...]:
    """Return the facts of when a rubric's page changes by itself; the first of a region or topic says, too, in which
    other languages it is, and changes with them."""
    target = visit.target
    if target.page > 1 or target.rubric not in UNKNOWN_WHILE_EMPTY:
        return (facts.change(where(visit.language, rubric=key)),)
    return facts.spoken(key), facts.change(where(rubric=key))


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
    key = f"{target.rubric}:{target.slug}"
    filed = FiledRows(together(**{target.rubric: 1}), *Limits(since=first, until=last).rows(language))
    shown, ahead = where(language, first, last, key, filed=filed), where(language, first, last, key)
    named = facts.named(target.rubric, target.slug)
    known = list_facts(visit, shown, ahead, named, *asked(visit, first, last, key))
    name, blocks = name_of(known, visit), blocks_of(visit)
    heading, printed = visit.frame.heading(name, language, in_link=True), visit.frame.named(name, language)
    check_in_archive(visit, known.beginning)

    def address(number: int) -> str:
        return rubric_path(language, target.rubric, target.slug, target.year, target.month, page=number)

    list_ = paged(known.total, shown, visit, address, blocks, heading)
    context: dict[str, Any] = {
        "kind": target.rubric,
        "name": list_["listed"].heading,
        "first": first,
        "up": rubric_path(language, target.rubric, target.slug),
        "archive_month": archive_path(language, target.year, target.month),
        **(turned(known, visit) if target.page == 1 else ways_on(visit)),
        **list_,
    }
    words = {"name": printed, "month": month_text(first)}
    head = Head(
        title=titled(f"{blocks.title(heading)}, {words['month']}", visit),
        description=_("All articles filed under “%(name)s”, %(month)s.") % words,
        feed=feed_path(language, target.rubric, target.slug),
        feed_title=f"{visit.site.name(language)}: {printed}",
        trail=(
            (visit.site.name(language), front_path(language)),
            (printed, context["up"]),
            (words["month"], visit.path),
        ),
        **elsewhere(visit),  # type: ignore[arg-type]
    )
    kept, change = bool(known.total), known.next_change_at
    return page(visit, "articles/rubric_month.html", head, context, next_change_at=change, kept=kept)


def another_month(visit: Visit, query: QueryDict) -> Built:
    """Lead to the nearest month of a rubric, as the query asks; else build the page."""
    return lead_to_month(visit, query) or rubric_month(visit)


def list_facts(visit: Visit, shown: Where, ahead: Where, *more: facts.Branch) -> facts.Facts:
    """Read what the list of a period of the archive has to know. `ahead`: as `shown`, of what begins or ends."""
    asked = (facts.total(shown), facts.beginning(), facts.change(ahead))
    return facts.read(visit.at, *asked, *more)


def day(visit: Visit) -> Built:
    """Build the list of one day."""
    target, language = visit.target, visit.language
    shown = where(language, target.date, target.date)
    known = list_facts(visit, shown, shown, *asked(visit, target.date, target.date))
    check_in_archive(visit, known.beginning)

    def address(number: int) -> str:
        return archive_path(language, target.year, target.month, target.day, page=number)

    context: dict[str, Any] = {
        "date": target.date,
        "year_path": archive_path(language, target.year),
        "month_path": archive_path(language, target.year, target.month),
        "calendar": calendar(known, visit),
        "weekdays": weekdays(),
        **(turned(known, visit) if target.page == 1 else ways_on(visit)),
        **paged(known.total, shown, visit, address, blocks_of(visit)),
    }
    month = date(target.year, target.month, 1)
    head = Head(
        title=titled(_("News of %(day)s") % {"day": day_text(target.date)}, visit),
        description=_("All articles of %(day)s.") % {"day": day_text(target.date)},
        trail=(
            (_("News archive"), archive_path(language)),
            (str(target.year), context["year_path"]),
            (month_text(month), context["month_path"]),
            (day_text(target.date), visit.path),
        ),
        **elsewhere(visit),  # type: ignore[arg-type]
    )
    kept, change = bool(known.total), known.next_change_at
    return page(visit, "articles/day.html", head, context, next_change_at=change, kept=kept)
