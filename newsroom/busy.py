"""What is answered while the database cannot take or give anything: others write to it, its disk is full, it is
read-only, or it is away. Not a failure of the page: it says that nothing was saved, and why.

Readers get what is stored, as they do from a web server in front.
"""

import logging
import sys
from collections.abc import Callable
from traceback import walk_tb
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views import defaults

from articles.admin.articles.again import is_from_here, is_sent_by_hand, typed_in
from articles.models.busy import is_busy
from articles.outage import outage_of
from articles.reader.stored import as_it_lies

View = Callable[[HttpRequest], HttpResponse]
RETRY_AFTER = 30  # seconds
logger = logging.getLogger(__name__)


def busy_database(get_response: View) -> View:
    """Answer 503 where a view ends because the database was busy or is away, with a page that says that nothing was
    saved (middleware)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    middleware.process_exception = answer  # type: ignore[attr-defined]
    return middleware


def server_error(request: HttpRequest) -> HttpResponseBase:
    """Answer for what failed outside the views, such as the session (`handler500`)."""
    error = sys.exc_info()[1]
    response = answer(request, error) if isinstance(error, Exception) else None
    return response or defaults.server_error(request)


def answer(request: HttpRequest, error: Exception) -> HttpResponseBase | None:
    """Return the page; None for another error, and for one that came after what was sent had been saved."""
    why = "busy" if is_busy(error) else outage_of(error)
    if not why or is_after_commit(error):
        return None
    stored = as_it_lies(request) if why == "away" else None
    if stored is not None:
        return stored
    if why == "busy":
        logger.warning("The database was busy: %s %s", request.method, request.path)
    else:
        logger.error("Nothing can be saved (%s): requests are refused", why, exc_info=error)
    return page(why, request)


def page(why: str, request: HttpRequest) -> HttpResponse:
    """Return the page in each language, the reader's first. `why`: "busy", "full", "read_only" or "away".

    It holds what a form of the desk has sent, as a browser may not hold it any more; nothing that another site sends.
    """
    first = get_language() or settings.LANGUAGE_CODE
    languages = sorted(dict(settings.LANGUAGES), key=lambda code: code != first)
    headers = {"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store"}
    context: dict[str, Any] = {"languages": languages, "why": why}
    if is_sent_by_hand(request) and is_from_here(request):
        context |= {"typed": typed_in(request), "address": request.path, "csrf_token": get_token(request)}
    text = render_to_string("503.html", context)
    response = HttpResponse(text, status=503, headers=headers)
    response._has_been_logged = True  # type: ignore[attr-defined]  # Django would tell of each such answer once more
    return response


def is_after_commit(error: Exception) -> bool:
    """Say whether it was raised by what was put off until its transaction had ended well."""
    return any(frame.f_code.co_name == "run_and_clear_commit_hooks" for frame, _line in walk_tb(error.__traceback__))
