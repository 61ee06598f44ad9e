"""The head of each day: the hash of the record's last line when the day was over, kept, and printed for readers.

Whoever has written down a head can show later that the record before it was rewritten or shortened.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.db.models.functions import TruncDate

from ... import pagemap
from ...models import DayHead, PublicationRecord, Site
from ...models.work import AHEAD
from .chain import lock_chain
from .files import finish_erasures, unremoved


def close_day(at: datetime) -> dict[str, Any]:
    """Do what the record needs when a day is over; return what was done, for the run that closes the day."""
    removed = finish_erasures()
    heads = [str(head) for head in keep_heads(at)]
    return {"record_heads": heads, "erased_files": removed, "unremoved_files": unremoved()}


@transaction.atomic
def keep_heads(at: datetime) -> list[DayHead]:
    """Keep the heads of the days with lines that are over at `at` in the newsroom's zone and have none yet.

    A head never moves: lines written over midnight, or by a clock that was put back, belong to the next one. What a
    clock that was ahead has kept holds none of the days up that it has not reached. The pages that print heads become
    dirty.
    """
    lock_chain()
    site = Site.current()
    zone = site.zone
    today = at.astimezone(zone).date()
    last = DayHead.objects.filter(kept_at__lte=at + AHEAD).first()
    taken = set(DayHead.objects.filter(kept_at__gt=at + AHEAD).values_list("date", flat=True))

    def has_none(day: date) -> bool:
        return (last is None or day > last.date) and day not in taken

    lines = PublicationRecord.objects.filter(written_at__lt=datetime.combine(today, time(), zone)).order_by()
    if last:
        lines = lines.filter(number__gt=last.number)
    days = lines.annotate(day=TruncDate("written_at", tzinfo=zone)).values_list("day").annotate(last=Max("number"))
    newest, numbers = 0, {}
    for day, number in days.order_by("day"):
        newest = max(newest, number)
        if has_none(day):
            numbers[day] = newest
    yesterday = today - timedelta(days=1)
    if newest and not numbers and has_none(yesterday):
        numbers[yesterday] = newest
    hashes = dict(PublicationRecord.objects.filter(number__in=numbers.values()).values_list("number", "hash"))
    heads = [
        DayHead(date=day, number=number, hash=hashes[number], kept_at=at) for day, number in sorted(numbers.items())
    ]
    DayHead.objects.bulk_create(heads)
    if heads:
        pagemap.touch([path for language in site.used for path in pagemap.pages_with_heads(language)], at)
    return heads
