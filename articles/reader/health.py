"""The pulse of the site for a load balancer or a watchman: /healthz."""

from datetime import datetime, timedelta

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from ..models import Heartbeat
from ..models.work import AHEAD
from .read_only import read_only

# The jobs that beat, and how long after the last beat one is late. Other rows are notes between processes, no pulse.
LATE = {"tick": timedelta(seconds=30), "close_periods": timedelta(minutes=3), "alarm": timedelta(minutes=3)}


@read_only
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 while the database answers. A job whose pulse is late is named, but readers are still served."""
    try:
        found = list(Heartbeat.objects.filter(job__in=LATE).order_by("job"))
    except DatabaseError:
        response = JsonResponse({"database": "down"}, status=503)
    else:
        at = timezone.now()
        response = JsonResponse({"database": "up", "jobs": {beat.job: pulse(beat, at) for beat in found}})
    response["Cache-Control"] = "no-store"
    return response


def pulse(beat: Heartbeat, at: datetime) -> dict[str, object]:
    """Return when a job beat last, if that is too long ago, and if it lies in the future: a clock is wrong."""
    return {
        "beat_at": beat.beat_at.isoformat(timespec="seconds"),
        "late": at - beat.beat_at > LATE[beat.job],
        "ahead": beat.beat_at - at > AHEAD,
    }
