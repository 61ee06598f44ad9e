"""The parts of a page that are the same on thousands of pages, rendered once in each process.

A fragment is a function of its template and of the values given to it, and is kept under them: what has changed has
other values, so nothing has to be dropped. Templates are read once in a process anyway, unless DEBUG is on.
"""

from collections.abc import Hashable
from functools import lru_cache

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

KEPT = 512


def fragment(template: str, **values: Hashable) -> SafeString:
    """Return a rendered template; `language`, which must be among the values, is that of the page."""
    return (_rendered.__wrapped__ if settings.DEBUG else _rendered)(template, tuple(values.items()))


@lru_cache(maxsize=KEPT)
def _rendered(template: str, values: tuple[tuple[str, Hashable], ...]) -> SafeString:
    return render_to_string(template, dict(values))
