"""Pages for what is not there: never was, or was withdrawn."""

from datetime import datetime

from django.utils.translation import gettext as _

from .built import Built
from .visit import Head, Visit, fronts, page, titled


def not_found(visit: Visit) -> Built:
    """Build the 404 page."""
    head = Head(title=titled(_("Page not found"), visit), indexed=False, alternates=fronts(visit))
    return page(visit, "articles/not_found.html", head, {}, status=404)


def gone(visit: Visit, withdrawn_at: datetime) -> Built:
    """Build the tombstone of a withdrawn article: that it was withdrawn and when, nothing of what it said."""
    head = Head(title=titled(_("Article withdrawn"), visit), indexed=False, alternates=fronts(visit))
    return page(visit, "articles/gone.html", head, {"withdrawn_at": withdrawn_at}, status=410)
