"""Photos: to readers those of live releases; all others to staff, or with the token of a preview."""

from datetime import datetime

from django.db.models import Q
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from ..models import Photo
from ..pagemap import is_photo_shown
from ..photos.files import web_file
from ..publishing.previews import open_link, photo_of
from .pages import build
from .read_only import read_only
from .stored import respond

PUBLIC = "public, max-age=600"
PRIVATE = "private, no-store"


@read_only
def media(request: HttpRequest, name: str) -> HttpResponseBase:
    """Send the web size of a photo; all that may not be seen is not there."""
    at = timezone.now()
    photo = Photo.objects.filter(Q(web=name) | Q(former_files__web=name)).first()
    if photo is not None and is_photo_shown(name, at):
        return send(request, name, PUBLIC)
    if photo is not None and (is_staff(request) or shows(request.GET.get("preview", ""), photo, at)):
        return send(request, name, PRIVATE)
    return respond(request, build(request.path, at))


def is_staff(request: HttpRequest) -> bool:
    user = getattr(request, "user", None)
    return bool(user and user.is_active and user.has_perm("articles.view_photo"))


def shows(token: str, photo: Photo, at: datetime) -> bool:
    """True while the token opens a preview that shows this photo, and its rights have not ended."""
    link = open_link(token, at) if token and not photo.has_ended(at) else None
    return link is not None and photo_of(link) == photo.pk


def send(request: HttpRequest, name: str, cache: str) -> HttpResponseBase:
    """Send the file, or 304 where the reader has it: a photo's file never changes under its name."""
    etag = f'"{name.partition(".")[0]}"'
    if request.headers.get("If-None-Match") == etag:
        response: HttpResponseBase = HttpResponse(status=304)
    else:
        try:
            response = FileResponse(web_file(name).open("rb"), content_type="image/jpeg")
        except FileNotFoundError:
            return HttpResponse(status=404)
    response["ETag"], response["Cache-Control"] = etag, cache
    return response
