"""The sitemap: every public article, with the news tags of Google's protocol on those of the last 48 hours; and the
pages that list them.

While the articles are few, `/sitemap.xml` holds all; then it is an index of one sitemap for each month, and one of the
lists. News titles have no note beside them, so names bear the inline form.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from ..editions import is_retracted, marks_on, to_marks
from ..pagemap.addresses import archive_path, article_path, corrections_path, news_path, rubric_path
from ..shown import facts, maps
from ..shown.sitemap import SitemapRow, listed
from ..shown.sql import to_data, to_day, to_moment, to_moment_or_none
from ..shown.where import Where, where
from .built import XML, Built, Missing
from .calendar import month_days
from .feeds import xml
from .structured import Bare, titled_as
from .visit import Visit, absolute, fronts

AT_ONCE = 5000  # addresses in one file; the protocol allows 50,000
NEWS_AGE = timedelta(hours=48)
MOST_NEWS = 1000
LISTS = maps.rubrics_shown(), maps.months_of_languages()


def sitemap(visit: Visit) -> Built:
    """Build `/sitemap.xml`."""
    shown = everything(visit)
    known = facts.read(visit.at, facts.total(shown, AT_ONCE + 1), facts.change(shown), *LISTS)
    if known.total <= AT_ONCE:
        return urls(visit, listed(shown, visit.at, since(visit)), known.next_change_at, lists(visit, known))
    change = known.next_change_at
    known = facts.read(visit.at, facts.months_shown())
    months = sorted(str(row.text) for row in known.rows["month"])
    context = {"maps": [absolute(f"/sitemap-{part}.xml") for part in ("pages", *months)]}
    return Built(200, xml("articles/sitemap_index.xml", context), XML, change)


def sitemap_of_month(visit: Visit, year: int, month: int) -> Built:
    """Build the sitemap of one month, which is never stored; raise Missing for one without articles."""
    try:
        shown = everything(visit, *month_days(year, month))
    except ValueError as error:
        raise Missing from error
    rows = listed(shown, visit.at, since(visit))
    if not rows:
        raise Missing
    return urls(visit, rows, None)


def sitemap_of_lists(visit: Visit) -> Built:
    """Build the sitemap of the pages that list articles, which is never stored."""
    return urls(visit, [], None, lists(visit, facts.read(visit.at, *LISTS)))


def lists(visit: Visit, known: facts.Facts) -> list[str]:
    """Return the addresses of the pages that list articles: front pages, all news, the archive's years and months,
    rubrics."""
    used, months = visit.site.used, maps.months_of(known)
    found = [
        *fronts(visit).values(),
        *(path(code) for code in used for path in (news_path, archive_path, corrections_path)),
    ]
    years = sorted({(code, month[:4]) for code, month in months})
    found += [archive_path(code, int(year)) for code, year in years if code in used]
    found += [archive_path(code, int(month[:4]), int(month[5:])) for code, month in months if code in used]
    return found + [rubric_path(*one) for one in maps.lists_of(known) if one[0] in used]


def everything(visit: Visit, *days: date) -> Where:
    """Return the condition for all that the outlet publishes; `days`: a first and a last one."""
    used = visit.site.used
    first, last = days or (None, None)
    return where(used[0] if len(used) == 1 else "", first, last)


def since(visit: Visit) -> datetime:
    """Return the moment since which articles are news."""
    return visit.at - NEWS_AGE


def urls(visit: Visit, rows: list[SitemapRow], change: datetime | None, pages: Sequence[str] = ()) -> Built:
    """Build a sitemap of these rows and of other pages; `change`: when one of the rows begins or ends by itself."""
    news = {number for number, row in enumerate(rows) if row.headline is not None and number < MOST_NEWS}
    context = {
        "pages": [absolute(path) for path in pages],
        "entries": [
            {
                "address": absolute(article_path(row.language, to_day(row.published_date), row.slug)),
                "changed_at": to_moment_or_none(row.modified_at) or to_moment(row.published_at),
                "news": news_of(row, visit) if number in news else None,
            }
            for number, row in enumerate(rows)
        ],
    }
    fresh = [to_moment(row.published_at) + NEWS_AGE for row in rows if row.headline is not None]
    change = min([*fresh, *([change] if change else [])], default=None)
    return Built(200, xml("articles/sitemap.xml", context), XML, change)


def news_of(row: SitemapRow, visit: Visit) -> dict[str, Any]:
    """Return what the news tags say of an article; its row has a headline."""
    language = row.language
    then = to_marks(marks_on(to_data(row.marks), to_data(row.dated_marks), visit.today))
    title = Bare(then, visit.frame.ledger(language)).text("headline", row.headline or "")
    return {
        "outlet": visit.site.name(language),
        "language": language,
        "published_at": to_moment(row.published_at),
        "title": titled_as(is_retracted(to_data(row.corrections)), language, title),
    }
