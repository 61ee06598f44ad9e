"""Editors type and read times in the newsroom's zone, whatever zone the machine stands in, and in years
that a newsroom can mean. And they write in the languages that it publishes in."""

from collections.abc import Callable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Site
from ..models.languages import desk_of

View = Callable[[HttpRequest], HttpResponse]

# From the first printed newspapers on; the calendar of Python ends in 9999, and a day more or less must always exist.
YEARS = (1600, 2199)


def refuse_odd_year(moment: datetime) -> None:
    """Refuse a year that can only be a slip of the fingers (validator of a form's field)."""
    first, last = YEARS
    if not first <= moment.year <= last:
        raise ValidationError(_("Write a year between %(first)d and %(last)d.") % {"first": first, "last": last})


def newsroom_zone(get_response: View) -> View:
    """Activate the newsroom's zone and languages for every request to the admin (middleware)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(reverse("admin:index")):
            return get_response(request)
        site = Site.current()
        with timezone.override(site.zone), desk_of(site.used):
            return get_response(request)

    return middleware
