"""Photos, and what is made of them: to readers those of live releases; all others to staff, or with the token of a
preview. What is made of a photo is answered for as the photo is."""

from datetime import datetime
from pathlib import Path

from django.db.models import Q
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from ..models import Photo
from ..pagemap import is_photo_shown
from ..photos.files import rendition_file, web_file
from ..photos.places import ENDINGS, TYPES
from ..publishing.previews import open_link, photos_of
from .pages import build
from .read_only import read_only
from .stored import respond

PUBLIC = "public, max-age=600"
# Its name tells its content. A cache that many readers share asks again: what is withdrawn is soon gone there, too.
UNCHANGING = "public, max-age=31536000, s-maxage=600, immutable"
PRIVATE = "private, no-store"
BY_ENDING = {ending: TYPES[kind] for kind, ending in ENDINGS.items()}


@read_only
def media(request: HttpRequest, name: str) -> HttpResponseBase:
    """Send the web size of a photo; all that may not be seen is not there."""
    return answered(request, name, web_file(name), PUBLIC)


@read_only
def rendition(request: HttpRequest, folder: str, name: str) -> HttpResponseBase:
    """Send what was made of a photo. One that was made anew lies there until the night: pages may still name it."""
    web = f"{folder}.jpg"
    return answered(request, web, rendition_file(web, name), UNCHANGING)


def answered(request: HttpRequest, web: str, file: Path, cache: str) -> HttpResponseBase:
    """Send a file of a photo, as it may be seen; `cache`: to readers."""
    at = timezone.now()
    photo = Photo.objects.filter(Q(web=web) | Q(former_files__web=web)).first()
    if photo is not None and is_photo_shown(web, at):
        return send(request, web, file, cache)
    if photo is not None and (is_staff(request) or shows(request.GET.get("preview", ""), photo, at)):
        return send(request, web, file, PRIVATE)
    return respond(request, build(request.path, at))


def is_staff(request: HttpRequest) -> bool:
    user = getattr(request, "user", None)
    return bool(user and user.is_active and user.has_perm("articles.view_photo"))


def shows(token: str, photo: Photo, at: datetime) -> bool:
    """True while the token opens a preview that shows this photo, and its rights have not ended."""
    link = open_link(token, at) if token and not photo.has_ended(at) else None
    return link is not None and photo.pk in photos_of(link)


def send(request: HttpRequest, web: str, file: Path, cache: str) -> HttpResponseBase:
    """Send the file, or 304 where the reader has it: a photo's file never changes under its name."""
    etag = f'"{web.partition(".")[0] if file.name == web else file.stem}"'
    if request.headers.get("If-None-Match") == etag:
        response: HttpResponseBase = HttpResponse(status=304)
    else:
        try:
            response = FileResponse(file.open("rb"), content_type=BY_ENDING.get(file.suffix[1:], "image/jpeg"))
        except FileNotFoundError:
            return HttpResponse(status=404)
    response["ETag"], response["Cache-Control"] = etag, cache
    return response
