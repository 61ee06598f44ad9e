"""The sitemap: every public article, with the news tags of Google's protocol on those of the last 48 hours.

While they are few, `/sitemap.xml` holds them all; then it is an index of one sitemap for each month. News titles
have no note beside them, so names bear the inline form.
"""

from datetime import date, timedelta
from typing import Any

from django.db.models import Min, Q
from django.db.models.functions import TruncMonth

from ..archive.calendar import month_days
from ..editions import release_path
from ..footnotes.registers import Registers
from ..models import Release
from ..models.release import ReleaseQuerySet
from ..registers import current_compiled
from .built import XML, Built, Missing
from .changes import earliest, next_change
from .feeds import xml
from .structured import Bare, retracted
from .visit import Visit, absolute

AT_ONCE = 5000  # addresses in one file; the protocol allows 50,000
NEWS_AGE = timedelta(hours=48)
MOST_NEWS = 1000


def sitemap(visit: Visit) -> Built:
    """Build `/sitemap.xml`."""
    live = Release.objects.live(visit.at)
    if live[: AT_ONCE + 1].count() <= AT_ONCE:
        return urls(visit, live, Q())
    months = live.order_by().annotate(month=TruncMonth("published_date")).values_list("month", flat=True)
    context = {"maps": [absolute(month_path(month)) for month in months.distinct().order_by("month")]}
    return Built(200, xml("articles/sitemap_index.xml", context), XML, next_change(visit.at, Q()))


def month_path(month: date) -> str:
    """Return the address of a month's sitemap; it is never stored."""
    return f"/sitemap-{month:%Y-%m}.xml"


def sitemap_of_month(visit: Visit, year: int, month: int) -> Built:
    """Build the sitemap of one month; raise Missing for one without articles."""
    try:
        shown = Q(published_date__range=month_days(year, month))
    except ValueError as error:
        raise Missing from error
    live = Release.objects.live(visit.at).filter(shown)
    if not live.exists():
        raise Missing
    return urls(visit, live, shown)


def urls(visit: Visit, live: ReleaseQuerySet, shown: Q) -> Built:
    """Build a sitemap of these releases."""
    since = visit.at - NEWS_AGE
    fresh = live.filter(published_at__gt=since)
    recent = list(fresh.for_reading()[:MOST_NEWS])
    registers = current_compiled().registers if recent else None
    news = {release.pk: news_of(release, visit, registers) for release in recent if registers}
    rows = live.select_related("edition").only(
        "language", "published_date", "published_at", "edition__slug", "edition__modified_at"
    )
    context = {
        "fronts": [absolute("/en/"), absolute("/ru/")] if shown == Q() else [],
        "entries": [
            {
                "address": absolute(release_path(release)),
                "changed_at": release.edition.modified_at or release.published_at,
                "news": news.get(release.pk),
            }
            for release in rows.order_by("-published_at", "-article_id")
        ],
    }
    oldest = fresh.aggregate(moment=Min("published_at"))["moment"]
    change = earliest(next_change(visit.at, shown), oldest + NEWS_AGE if oldest else None)
    return Built(200, xml("articles/sitemap.xml", context), XML, change)


def news_of(release: Release, visit: Visit, registers: Registers) -> dict[str, Any]:
    edition = release.edition
    title = Bare(edition, registers, visit.today).text("headline", edition.headline)
    return {
        "outlet": visit.site.name(edition.language),
        "language": edition.language,
        "published_at": release.published_at,
        "title": retracted(edition, title),
    }
