"""The bare view that serve_bench measures beside ours, and its addresses: the same bytes, from contexts in memory."""

from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import path, re_path
from django.utils import timezone, translation

ZONE = ZoneInfo("Europe/Moscow")  # that of the archive
Made = list[tuple[str, dict[str, Any]]]
held: dict[str, Made] = {}  # address → the templates that made its page, with their contexts; base.html is the last


def bare(request: HttpRequest) -> HttpResponse:
    """Answer with the bytes of a page, rendered from what is held in memory."""
    from articles.reader.fragments import rendered

    with translation.override("en"), timezone.override(ZONE):
        *parts, (template, context) = held[request.path]
        made = [rendered(*part) for part in parts]
        whole = {**context, "main": made[0], "card": made[1] if len(made) > 1 else ""}
        return HttpResponse(rendered(template, whole))


urlpatterns = [path("admin/", admin.site.urls), re_path(r"", bare)]
