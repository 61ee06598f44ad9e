"""The pulse of the site for a load balancer or a watchman: /healthz."""

from datetime import datetime, timedelta

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from ..models import Heartbeat
from .read_only import read_only

TICK_LATE = timedelta(seconds=30)  # it beats each second
LATE = timedelta(minutes=3)  # the other jobs beat each minute


@read_only
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 while the database answers. A job whose pulse is late is named, but readers are still served."""
    try:
        found = list(Heartbeat.objects.order_by("job"))
    except DatabaseError:
        response = JsonResponse({"database": "down"}, status=503)
    else:
        at = timezone.now()
        response = JsonResponse({"database": "up", "jobs": {beat.job: pulse(beat, at) for beat in found}})
    response["Cache-Control"] = "no-store"
    return response


def pulse(beat: Heartbeat, at: datetime) -> dict[str, object]:
    """Return when a job beat last, and whether that is too long ago."""
    late = TICK_LATE if beat.job == "tick" else LATE
    return {"beat_at": beat.beat_at.isoformat(timespec="seconds"), "late": at - beat.beat_at > late}
