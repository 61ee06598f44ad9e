"""What readers saw at a moment, in today's frame: for staff and the command; never stored, never indexed."""

from datetime import datetime

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from ..pagemap.addresses import Target, front_path
from ..publishing.record import Shown
from .built import Built
from .pages import run
from .visit import Head, Visit, fronts, page, titled


def shown_page(shown: Shown, at: datetime, now: datetime) -> Built:
    """Build a page around the recorded form of the moment `at`; it says what is of that time and what is of now."""
    language = shown.release.language

    def build(visit: Visit) -> Built:
        context = {"form": mark_safe(shown.form.decode()), "shown_at": at, "shown": shown}
        head = Head(
            title=titled(_("As shown"), visit),
            canonical=front_path(visit.language),
            alternates=fronts(visit),
            indexed=False,
        )
        return page(visit, "articles/shown.html", head, context)

    return run(build, front_path(language), Target(""), now)
