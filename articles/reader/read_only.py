"""Pages are only read: any other method is told so (405, with what is allowed), before anybody asks for a token."""

from collections.abc import Callable

from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

View = Callable[..., HttpResponseBase]


def read_only(view: View) -> View:
    """Let a view be asked with GET and HEAD alone; it changes nothing, so that a forged request does no harm."""
    safe: View = csrf_exempt(require_safe(view))
    return safe
