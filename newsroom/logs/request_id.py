"""The number of a request: it stands in each line of the log that the request left, and in its answer."""

import logging
import re
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

HEADER = "X-Request-ID"
WELL_FORMED = re.compile(r"[A-Za-z0-9_-]{8,64}")
_current: ContextVar[str] = ContextVar("request_id", default="")


def request_ids(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Take the number that a proxy has given the request, or give it one; answer with it (middleware)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        asked = request.headers.get(HEADER, "")
        number = asked if WELL_FORMED.fullmatch(asked) else uuid.uuid4().hex
        request.request_id = number  # type: ignore[attr-defined]
        # It stays until the next one: Django tells of a refusal when all middleware has been left.
        _current.set(number)
        response = get_response(request)
        response[HEADER] = number
        return response

    return middleware


def id_of(record: logging.LogRecord) -> str:
    """Return the number of the request that a record tells of, or that is being answered; "" outside any."""
    return str(getattr(getattr(record, "request", None), "request_id", "") or _current.get())
