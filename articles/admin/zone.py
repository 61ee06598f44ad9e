"""Editors type and read times in the newsroom's zone, whatever zone the machine stands in."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from ..models import Site

View = Callable[[HttpRequest], HttpResponse]


def newsroom_zone(get_response: View) -> View:
    """Activate the newsroom's zone for every request to the admin (middleware)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(reverse("admin:index")):
            return get_response(request)
        with timezone.override(Site.current().zone):
            return get_response(request)

    return middleware
