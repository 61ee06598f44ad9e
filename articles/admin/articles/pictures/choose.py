"""Own photos as a list for scripts: found by words, or named by their numbers; page by page, the newest first."""

from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from articles.models import Photo
from articles.models.languages import columns, desk_used

from ...base import LONGEST_KEY, NewsroomAdmin
from ..links import begins, words_of

OFFERED = 24  # photos on a page
MOST_PAGES = 400
MOST_IDS = 100
SEARCHED = (*columns("caption"), *columns("alt"), "credit")


class ChooseAdmin(NewsroomAdmin):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_GET(self.choose_view))
        return [path("choose/", view, name="articles_photo_choose"), *super().get_urls()]

    def choose_view(self, request: HttpRequest) -> HttpResponse:
        """Answer with the photos that `q` finds, or `ids` names (numbers parted by commas), texts in `language`.

        `page` counts from 1; `next` is the number of the next page, or null.
        """
        if not self.has_view_permission(request):
            raise PermissionDenied
        used, asked = desk_used(), request.GET.get("language", "")
        language = asked if asked in used else used[0]
        named = keys_of(request.GET.get("ids", ""))
        at = timezone.now()
        rows = Photo.objects.filter(pk__in=named) if named else find(request.GET.get("q", ""), at)
        page = page_of(request.GET.get("page", ""))
        found = list(rows.order_by("-pk")[(page - 1) * OFFERED : page * OFFERED + 1]) if not named else list(rows)
        follows = page + 1 if not named and len(found) > OFFERED and page < MOST_PAGES else None
        shown = found if named else found[:OFFERED]
        return JsonResponse({"photos": [line_of(one, language) for one in shown], "next": follows})


def keys_of(sent: str) -> list[int]:
    """Return the numbers that a list parted by commas names, at most MOST_IDS; what is no number is left out."""
    parts = sent[: MOST_IDS * (LONGEST_KEY + 1)].split(",")
    return list(dict.fromkeys(int(one) for one in parts if one.isdecimal() and len(one) <= LONGEST_KEY))[:MOST_IDS]


def page_of(sent: str) -> int:
    return min(max(int(sent), 1), MOST_PAGES) if sent.isdecimal() and len(sent) < 6 else 1


def find(query: str, at: datetime) -> QuerySet[Photo]:
    """Return the photos in whose texts words begin as those of the query do; all of them for no words."""
    rows = Photo.objects.all()
    for word in words_of(query):
        rows = rows.filter(reduce(or_, (Q(**{f"{column}__regex": begins(word)}) for column in SEARCHED)))
    return rows


def line_of(photo: Photo, language: str) -> dict[str, Any]:
    """Return what a script shows of a photo: texts in the language; width and height in pixels."""
    return {
        "id": photo.pk,
        "thumb": reverse("media", args=[photo.web]),
        "alt": photo.alt(language),
        "caption": photo.caption(language),
        "credit": photo.credit,
        "width": photo.width,
        "height": photo.height,
    }
