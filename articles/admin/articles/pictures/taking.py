"""Several photos at once: each file is read by itself, so that a bad one stops no other, and is told at its place.

The script sends one request for each file and gets JSON; without it all come in one form, and the page says which did
not come in.
"""

import time
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods
from unfold.decorators import action

from articles.models import Photo
from articles.models.fields import printable
from articles.models.languages import desk_language, desk_used
from articles.photos import upload
from articles.publishing.photo_acts import same_pictures

from .choose import ChooseAdmin, line_of

MOST_FILES = 100
PATIENCE = 20.0  # seconds for the files of one form that was sent without the script
FIELD = "photos"  # the field of the files
LONGEST_CREDIT = 200
KEPT_AS_IT_CAME = gettext_lazy(
    "The file as it came, with its place, device and author, is kept encrypted: only who holds the newsroom's key for "
    "it can read that."
)


class TakingAdmin(ChooseAdmin):
    actions_list = ("upload_several",)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.upload_view))
        return [path("upload/", view, name="articles_photo_upload"), *super().get_urls()]

    @action(
        description=gettext_lazy("Upload several photos"),
        url_path="upload-several",
        icon="add_photo_alternate",
        permissions=["add"],
    )
    def upload_several(self, request: HttpRequest) -> HttpResponse:
        return redirect("admin:articles_photo_upload")

    def upload_view(self, request: HttpRequest) -> HttpResponse:
        """Show the page, or take in what is sent."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return self.upload_page(request)
        files = request.FILES.getlist(FIELD)
        if "application/json" in request.headers.get("Accept", ""):
            return self.one_taken(request, files)
        return self.all_taken(request, files)

    def upload_page(self, request: HttpRequest) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Upload photos"),
            "opts": self.opts,
            "is_popup": "_popup" in request.GET,
            "accepted": upload.ACCEPTED,
            "field": FIELD,
            "most_files": MOST_FILES,
            "most_bytes": upload.MAX_BYTES,
            "megabytes": upload.MAX_BYTES // 2**20,
            "sheet": sheet_address(),
            "as_it_came": KEPT_AS_IT_CAME if settings.KEEP_CAMERA_FILES else "",
        }
        return TemplateResponse(request, "admin/articles/photo/upload.html", context)

    def one_taken(self, request: HttpRequest, files: list[UploadedFile]) -> HttpResponse:
        """Answer the script: what was stored, with its `credit`, texts in `language`; or why it was not."""
        if len(files) != 1:
            return JsonResponse({"error": _("No file was chosen.")}, status=422)
        credit = printable(request.POST.get("credit", "")).strip()[:LONGEST_CREDIT]
        photo, complaint = taken(files[0], credit=credit)
        if photo is None:
            return JsonResponse({"error": complaint}, status=422)
        self.log_addition(request, photo, [{"added": {}}])
        change = reverse("admin:articles_photo_change", args=[photo.pk])
        told: dict[str, Any] = {"change": change, "same": same_of(photo), "says": told_of(photo)}
        asked = request.POST.get("language", "")
        return JsonResponse(line_of(photo, asked if asked in desk_used() else desk_language()) | told)

    def all_taken(self, request: HttpRequest, files: list[UploadedFile]) -> HttpResponse:
        """Take in the files of a form, then lead on to their texts; say of each that did not come in why."""
        made, begun = [], time.monotonic()
        for number, file in enumerate(files[:MOST_FILES]):
            if time.monotonic() - begun > PATIENCE:
                left = len(files) - number
                says = ngettext(
                    "%(number)d file was not read, as there were too many at once: send it again.",
                    "%(number)d files were not read, as there were too many at once: send them again.",
                    left,
                )
                messages.error(request, says % {"number": left})
                break
            photo, complaint = taken(file)
            if photo is None:
                messages.error(request, f"{file.name}: {complaint}")
                continue
            made.append(photo)
            self.log_addition(request, photo, [{"added": {}}])
            for told in told_of(photo):
                messages.warning(request, f"{file.name}: {told}")
        if not files:
            messages.error(request, _("No file was chosen."))
        if not made:
            return redirect("admin:articles_photo_upload")
        return redirect(sheet_address(made))


def taken(file: UploadedFile, **texts: str) -> tuple[Photo | None, str]:
    """Take one file in, with `texts` as columns of its photo; return that, or why it did not come in: of it nothing is
    stored then."""
    try:
        return upload.add_photo(file, **texts), ""
    except upload.PhotoError as error:
        return None, str(error)
    except DatabaseError as error:
        says = upload.why_not_stored(error)
        if not says:
            raise
        return None, says


def same_of(photo: Photo) -> list[dict[str, str]]:
    """Return the photos that show the same, with the addresses of their pages."""
    return [
        {"label": str(one), "url": reverse("admin:articles_photo_change", args=[one.pk])}
        for one in same_pictures(photo)[:3]
    ]


def told_of(photo: Photo) -> list[str]:
    """Say what an editor should know of a photo that came in."""
    same = same_pictures(photo)
    if not same:
        return []
    return [_("The same picture is here already: “%(photo)s”. Both are kept.") % {"photo": same[0]}]


def sheet_address(photos: list[Photo] | None = None) -> str:
    """Return the address of the page for the texts of these photos."""
    return reverse("admin:articles_photo_sheet") + "?ids=" + ",".join(str(one.pk) for one in photos or ())
