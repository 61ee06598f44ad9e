"""Who may read the figures."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

# Where one of these is, a proxy passes on what somebody else has asked: the address is the proxy's.
PASSED_ON = ("X-Forwarded-For", "X-Real-IP", "Forwarded", "X-Forwarded-Proto", "Via")


def may_read_figures(request: HttpRequest) -> bool:
    """Say whether who asks knows the token, or asks from a machine of the setting and not through a proxy."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if settings.METRICS_TOKEN and constant_time_compare(given, settings.METRICS_TOKEN):
        return True
    passed_on = any(name in request.headers for name in PASSED_ON)
    return not passed_on and request.META.get("REMOTE_ADDR", "") in settings.METRICS_FROM
