"""The heads of the publication record's days, on the page of corrections and in its feed, for all to keep."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..models import DayHead
from ..pagemap.addresses import corrections_path
from .built import Missing
from .visit import Visit, absolute

ON_PAGE = 31
IN_FEED = 14
DAY = "j E Y"


def public_heads(visit: Visit) -> QuerySet[DayHead]:
    """Return the heads kept so far, newest first; that of a day is kept when the day is over, and never moves."""
    return DayHead.objects.filter(kept_at__lte=visit.at).order_by("-date")


def printed_heads(visit: Visit, before: str = "") -> dict[str, Any]:
    """Return what the page prints: the newest heads, or those of the days before the day `before`.

    Raises Missing for what is no day.
    """
    heads = public_heads(visit)
    if before:
        try:
            heads = heads.filter(date__lt=date.fromisoformat(before))
        except ValueError as error:
            raise Missing from error
    found = list(heads[: ON_PAGE + 1])
    shown = found[:ON_PAGE]
    older = f"{corrections_path(visit.language)}?heads={shown[-1].date}#record" if len(found) > ON_PAGE else ""
    return {"heads": shown, "older_heads": older}


def head_items(visit: Visit) -> list[dict[str, object]]:
    """Return the feed's items for the newest heads."""
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
        for head in public_heads(visit)[:IN_FEED]
    ]
