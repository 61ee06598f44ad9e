"""New photos for the text that is written: the editor's dialog sends them one by one, and what was pasted or dropped.

Each becomes a photo of its own, as on the page of photos; what it is to say in this article alone is typed beside it.
"""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.models import Photo
from articles.models.fields import printable
from articles.models.languages import desk_used
from articles.photos import upload

from ...base import NewsroomAdmin
from ..pictures.choose import line_of

LONGEST_CREDIT = 200


class FigureUploadAdmin(NewsroomAdmin):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.figure_upload_view))
        return [path("figure-upload/", view, name="articles_article_figure_upload"), *super().get_urls()]

    def figure_upload_view(self, request: HttpRequest) -> HttpResponse:
        """Store the picture `file` with its `credit`; answer with the photo as the list to choose from has it, texts in
        `language`, or with what is wrong with the file."""
        writes = self.has_add_permission(request) or self.has_change_permission(request)
        if not (writes and request.user.has_perm("articles.add_photo")):
            raise PermissionDenied
        used, asked = desk_used(), request.POST.get("language", "")
        try:
            photo = taken_in(request)
        except upload.PhotoError as error:
            return JsonResponse({"problem": str(error)}, status=422)
        return JsonResponse({"photo": line_of(photo, asked if asked in used else used[0])})


def taken_in(request: HttpRequest) -> Photo:
    """Store the picture of a request. Raises PhotoError."""
    file = request.FILES.get("file")
    if file is None:
        raise upload.PhotoError(_("No file was sent."))
    credit = printable(request.POST.get("credit", "")).strip()[:LONGEST_CREDIT]
    return upload.store(upload.prepare(file, credit=credit))
