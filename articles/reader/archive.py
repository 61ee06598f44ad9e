"""The archive's calendars: all years, a year, a month."""

from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from ..pagemap.addresses import archive_path
from ..shown import facts
from ..shown.lines import newest
from ..shown.where import where
from ..templatetags.newsroom import month as month_text
from .blocks import Blocks
from .built import Built, Missing
from .calendar import month_days, weekdays, weeks
from .lines import line_of
from .turns import asked, day_asked, lead_to_day, no_day, turned
from .visit import Head, Visit, page, titled

IN_MONTH = 100  # articles on a month's page; the days hold all


def check_in_archive(visit: Visit, beginning: date | None) -> None:
    """Raise Missing for a year, month or day that has not begun, or that ended before the archive's first day."""
    target = visit.target
    first = date(target.year, target.month or 1, target.day or 1)
    last = first if target.day else month_days(target.year, target.month or 12)[1]
    if last < (beginning or visit.today) or first > visit.today:
        raise Missing


def index(visit: Visit) -> Built:
    """Build the archive's index: every year with its months."""
    return index_with(visit)


def at_day(visit: Visit, query: QueryDict) -> Built:
    """Lead to the day that a query asks for; without one, with what is no day, or without an article, build the
    index."""
    way, day = day_asked(visit, query)
    return lead_to_day(visit, query) or index_with(visit, no_day() if way and day is None else "", indexed=False)


def index_with(visit: Visit, error: str = "", *, indexed: bool = True) -> Built:
    """Build the archive's index; `error`: what is wrong with the day that was asked for."""
    known = facts.read(
        visit.at,
        facts.monthly_counts(visit.language),
        facts.change(where(visit.language)),
    )
    counts = known.months
    years = sorted({year for year, _month in counts}, reverse=True)
    context = {
        "years": [
            {
                "year": year,
                "path": archive_path(visit.language, year),
                "number": sum(counts[year, month] for month in range(1, 13)),
                "months": [month_cell(visit, year, month, counts[year, month]) for month in range(1, 13)],
            }
            for year in years
        ],
        "error": error,
    }
    about = _("All articles since the first, by year, month and day.")
    head = Head(title=titled(_("News archive"), visit), description=about, indexed=indexed)
    return page(visit, "articles/archive.html", head, context, next_change_at=known.next_change_at)


def month_cell(visit: Visit, year: int, month: int, number: int) -> dict[str, Any]:
    path = archive_path(visit.language, year, month) if number else ""
    return {"first": date(year, month, 1), "number": number, "path": path}


def year(visit: Visit) -> Built:
    """Build a year: its twelve calendars."""
    number = visit.target.year
    shown = (visit.language, date(number, 1, 1), date(number, 12, 31))
    known = period_facts(visit, *shown)
    counts = known.days
    months = []
    for month in range(1, 13):
        held = sum(many for day, many in counts.items() if day.month == month)
        months.append(month_cell(visit, number, month, held) | {"weeks": weeks(number, month, counts)})
    context = {
        "year": number,
        "months": months,
        "total": counts.total(),
        "weekdays": weekdays(),
        **turned(known, visit),
    }
    head = Head(
        title=titled(_("News archive, %(year)d") % {"year": number}, visit),
        description=_("All articles of %(year)d, by month and day.") % {"year": number},
        trail=((_("News archive"), archive_path(visit.language)), (str(number), visit.path)),
    )
    kept, change = bool(counts), known.next_change_at
    return page(visit, "articles/year.html", head, context, next_change_at=change, kept=kept)


def period_facts(visit: Visit, language: str, first: date, last: date) -> facts.Facts:
    """Read the counts of a period's days and when its page changes; raise Missing for one out of the archive."""
    known = facts.read(
        visit.at,
        facts.counts(language, first, last),
        facts.beginning(),
        facts.change(where(language, first, last)),
        *asked(visit, first, last),
    )
    check_in_archive(visit, known.beginning)
    return known


def month(visit: Visit) -> Built:
    """Build a month: its calendar and its newest articles."""
    target, language = visit.target, visit.language
    first, last = month_days(target.year, target.month)
    known = period_facts(visit, language, first, last)
    counts = known.days
    found = [line_of(row) for row in newest(where(language, first, last), visit.at, IN_MONTH)]
    context = {
        "first": first,
        "total": counts.total(),
        "cut": counts.total() > len(found),
        "calendar": {"first": first, "weeks": weeks(target.year, target.month, counts)},
        "weekdays": weekdays(),
        "listed": Blocks(visit.frame, language, visit.today).headlines("l", found),
        "year_path": archive_path(language, target.year),
        **turned(known, visit),
    }
    head = Head(
        title=titled(_("News of %(month)s") % {"month": month_text(first)}, visit),
        description=_("All articles of %(month)s, day by day.") % {"month": month_text(first)},
        trail=(
            (_("News archive"), archive_path(language)),
            (str(target.year), archive_path(language, target.year)),
            (month_text(first), visit.path),
        ),
    )
    change = known.next_change_at
    return page(visit, "articles/month.html", head, context, next_change_at=change, kept=bool(found))
