"""What is answered while others write to the database for longer than a request waits: not a failure, a full house."""

import logging
from collections.abc import Callable
from traceback import walk_tb

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language

from articles.models.busy import is_busy

View = Callable[[HttpRequest], HttpResponse]
RETRY_AFTER = 30  # seconds
logger = logging.getLogger(__name__)


def busy_database(get_response: View) -> View:
    """Answer 503 where a view ends because the database was busy, with a page that says that nothing was saved
    (middleware)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    middleware.process_exception = answer  # type: ignore[attr-defined]
    return middleware


def answer(request: HttpRequest, error: Exception) -> HttpResponse | None:
    """Return the page; None for another error, and for one that came after what was sent had been saved."""
    if not is_busy(error) or is_after_commit(error):
        return None
    logger.warning("The database was busy: %s %s", request.method, request.path)
    first = get_language() or settings.LANGUAGE_CODE
    languages = sorted(dict(settings.LANGUAGES), key=lambda code: code != first)
    headers = {"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store"}
    return HttpResponse(render_to_string("503.html", {"languages": languages}), status=503, headers=headers)


def is_after_commit(error: Exception) -> bool:
    """Say whether it was raised by what was put off until its transaction had ended well."""
    return any(frame.f_code.co_name == "run_and_clear_commit_hooks" for frame, _line in walk_tb(error.__traceback__))
