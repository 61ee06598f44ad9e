"""What a watchman asks: /healthz (alive), /readyz (does its work), /metrics (in figures)."""

from datetime import datetime
from typing import Any

from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone, translation

from ..models import Heartbeat
from ..models.work import AHEAD
from ..reader.read_only import read_only
from .access import may_read_figures
from .checks import blocking
from .checks.jobs import LATE


@read_only
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 while the database answers. A job whose pulse is late is named, but readers are still served."""
    try:
        found = list(Heartbeat.objects.filter(job__in=LATE).order_by("job"))
    except (DatabaseError, InterfaceError):
        return answered({"database": "down"}, 503)
    at = timezone.now()
    return answered({"database": "up", "jobs": {beat.job: pulse_of(beat, at) for beat in found}})


def pulse_of(beat: Heartbeat, at: datetime) -> dict[str, object]:
    """Return when a job beat last, if that is too long ago, and if it lies in the future: a clock is wrong."""
    return {
        "beat_at": beat.beat_at.isoformat(timespec="seconds"),
        "late": at - beat.beat_at > LATE[beat.job],
        "ahead": beat.beat_at - at > AHEAD,
    }


@read_only
def readyz(request: HttpRequest) -> JsonResponse:
    """Answer 200 while the house can do its work, else 503 with what keeps it from it, in English words."""
    with translation.override("en"):
        found = blocking(timezone.now())
        troubles = [{"trouble": one.kind.key, "says": one.says} for one in found]
    return answered({"ready": not troubles, "troubles": troubles}, 503 if troubles else 200)


@read_only
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer with the figures, in the format of Prometheus, to those who may read them."""
    if not may_read_figures(request):
        return HttpResponse(
            "Not for you.\n", status=403, content_type="text/plain", headers={"Cache-Control": "no-store"}
        )
    from .metrics import CONTENT_TYPE, figures  # the library, only where figures are asked for

    return HttpResponse(figures(timezone.now()), content_type=CONTENT_TYPE, headers={"Cache-Control": "no-store"})


def answered(told: dict[str, Any], status: int = 200) -> JsonResponse:
    response = JsonResponse(told, status=status, headers={"Cache-Control": "no-store"})
    # Who asks each minute is answered; the log hears of a trouble once, from the alarm.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response
