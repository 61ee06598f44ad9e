"""The archive's calendars: all years, a year, a month."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from ..archive.calendar import month_days, weekdays, weeks
from ..archive.counts import day_counts, month_counts, span
from ..models import LANGUAGES, Release
from ..pagemap.addresses import archive_path
from ..templatetags.newsroom import month as month_text
from .blocks import Blocks
from .built import Built, Missing
from .changes import next_change
from .visit import Head, Visit, page, titled

IN_MONTH = 100  # articles on a month's page; the days hold all


def check_in_archive(visit: Visit) -> None:
    """Raise Missing for a year, month or day that has not begun, or that ended before the archive begins."""
    target = visit.target
    first = date(target.year, target.month or 1, target.day or 1)
    last = first if target.day else month_days(target.year, target.month or 12)[1]
    spans = [found for language, _name in LANGUAGES if (found := span(language, visit.at))]
    earliest = min((found[0] for found in spans), default=visit.today)
    if last < earliest or first > visit.today:
        raise Missing


def index(visit: Visit) -> Built:
    """Build the archive's index: every year with its months."""
    counts = month_counts(visit.language, visit.at)
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
    }
    change = next_change(visit.at, Q(language=visit.language))
    head = Head(title=titled(_("News archive"), visit))
    return page(visit, "articles/archive.html", head, context, next_change_at=change)


def month_cell(visit: Visit, year: int, month: int, number: int) -> dict[str, Any]:
    path = archive_path(visit.language, year, month) if number else ""
    return {"first": date(year, month, 1), "number": number, "path": path}


def year(visit: Visit) -> Built:
    """Build a year: its twelve calendars."""
    check_in_archive(visit)
    number = visit.target.year
    counts = day_counts(visit.language, date(number, 1, 1), date(number, 12, 31), visit.at)
    months = []
    for month in range(1, 13):
        held = sum(many for day, many in counts.items() if day.month == month)
        months.append(month_cell(visit, number, month, held) | {"weeks": weeks(number, month, counts)})
    context = {"year": number, "months": months, "total": counts.total(), "weekdays": weekdays()}
    change = next_change(visit.at, Q(language=visit.language, published_date__year=number))
    head = Head(title=titled(_("News archive, %(year)d") % {"year": number}, visit))
    return page(visit, "articles/year.html", head, context, next_change_at=change)


def month(visit: Visit) -> Built:
    """Build a month: its calendar and its newest articles."""
    check_in_archive(visit)
    target, language = visit.target, visit.language
    first, last = month_days(target.year, target.month)
    shown = Q(language=language, published_date__range=(first, last))
    counts = day_counts(language, first, last, visit.at)
    found = list(Release.objects.live(visit.at).filter(shown).for_reading()[:IN_MONTH])
    context = {
        "first": first,
        "total": counts.total(),
        "cut": counts.total() > len(found),
        "calendar": {"first": first, "weeks": weeks(target.year, target.month, counts)},
        "weekdays": weekdays(),
        "listed": Blocks(language).headlines("l", found),
        "year_path": archive_path(language, target.year),
    }
    head = Head(title=titled(_("News of %(month)s") % {"month": month_text(first)}, visit))
    change = next_change(visit.at, shown)
    return page(visit, "articles/month.html", head, context, next_change_at=change)
