"""The heads of the publication record's days, on the page of corrections and in its feed, for all to keep."""

from datetime import date, datetime
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..pagemap.addresses import corrections_path
from ..shown.facts import Facts
from ..shown.sql import to_day, to_moment
from .built import Missing
from .visit import Visit, absolute

ON_PAGE = 31
IN_FEED = 14
DAY = "j E Y"


class PrintedHead(NamedTuple):
    """The record's last line of a day: the columns of `models.DayHead`."""

    date: date
    number: int
    hash: str
    kept_at: datetime


def heads_of(known: Facts) -> list[PrintedHead]:
    """Return the heads asked for with `facts.heads`, newest first; that of a day is kept when the day is over, and
    never moves."""
    found = [PrintedHead(to_day(row.day), row.number, row.text, to_moment(row.moment)) for row in known.rows["head"]]
    return sorted(found, reverse=True)


def before_day(text: str) -> date | None:
    """Return the day before which heads are asked for, None for the newest; raise Missing for what is no day."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Missing from error


def older_heads(visit: Visit, found: list[PrintedHead]) -> str:
    """Return where the heads go on behind those of a page; empty when they do not."""
    if len(found) <= ON_PAGE:
        return ""
    return f"{corrections_path(visit.language)}?heads={found[ON_PAGE - 1].date}#record"


def head_items(visit: Visit, heads: list[PrintedHead]) -> list[dict[str, object]]:
    """Return the feed's items for heads."""
    return [
        {
            "title": _("Publication record, %(day)s: %(hash)s")
            % {"day": date_format(head.date, DAY), "hash": head.hash},
            "link": f"{absolute(corrections_path(visit.language))}#record-{head.date}",
            "guid": f"{absolute('/')}#record-{head.date}",
            "html": render_to_string("articles/_feed_head.html", {"head": head}),
            "published_at": head.kept_at,
            "updated_at": head.kept_at,
        }
        for head in heads
    ]
