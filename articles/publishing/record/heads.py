"""The head of each day: the hash of the record's last line when the day was over, kept, and printed for readers.

Whoever has written down a head can show later that the record before it was rewritten or shortened.
"""

from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.db.models.functions import TruncDate

from ... import pagemap
from ...models import DayHead, PublicationRecord, Site
from .chain import lock_chain
from .files import finish_erasures


def close_day(at: datetime) -> dict[str, Any]:
    """Do what the record needs when a day is over; return what was done, for the run that closes the day."""
    removed = finish_erasures()
    return {"record_heads": [str(head) for head in keep_heads(at)], "erased_files": removed}


@transaction.atomic
def keep_heads(at: datetime) -> list[DayHead]:
    """Keep the heads of the days with lines that are over at `at` in the newsroom's zone and have none yet.

    A head never moves: lines written over midnight, or by a clock that was put back, belong to the next one. The
    pages that print heads become dirty.
    """
    lock_chain()
    site = Site.current()
    zone = site.zone
    today = at.astimezone(zone).date()
    last = DayHead.objects.first()
    lines = PublicationRecord.objects.filter(written_at__lt=datetime.combine(today, time(), zone)).order_by()
    if last:
        lines = lines.filter(number__gt=last.number)
    days = lines.annotate(day=TruncDate("written_at", tzinfo=zone)).values_list("day").annotate(last=Max("number"))
    newest, numbers = 0, {}
    for day, number in days.order_by("day"):
        newest = max(newest, number)
        if last is None or day > last.date:
            numbers[day] = newest
    yesterday = today - timedelta(days=1)
    if newest and not numbers and last and yesterday > last.date:
        numbers[yesterday] = newest
    hashes = dict(PublicationRecord.objects.filter(number__in=numbers.values()).values_list("number", "hash"))
    heads = [
        DayHead(date=day, number=number, hash=hashes[number], kept_at=at) for day, number in sorted(numbers.items())
    ]
    DayHead.objects.bulk_create(heads)
    if heads:
        pagemap.touch([path for language in site.used for path in pagemap.pages_with_heads(language)], at)
    return heads
