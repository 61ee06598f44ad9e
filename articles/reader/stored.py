"""Answers a request: with the stored page while it is true, else with one built now.

A page that waits to be stored is built once in each process for each generation of its row, as a bake would build it,
and again after a while: many readers of a front page cost no more than one, also while no worker lives.
"""

from datetime import datetime, timedelta
from hashlib import sha256
from threading import Lock

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from .. import pagestore
from ..models import CODES
from ..pagemap import front_path
from ..photos.places import ENDINGS, TYPES
from .asking import query_of
from .built import HTML, RSS, XML, Built
from .frame import Frame, read_frame
from .pages import build, language_of

REMEMBERED = 100  # pages, some 20 kB each
LONGEST = timedelta(seconds=10)  # what touches no page by itself, such as a region's new name, is seen after that
_built: dict[str, tuple[object, datetime, Built]] = {}  # path → the state that it shows, when it was built, the page
_room = Lock()  # another thread must not change which pages there are while the oldest is looked for


def answer(request: HttpRequest, at: datetime) -> HttpResponseBase:
    """Return the page at the request's path, which is an address of the site."""
    path = request.path
    frame = read_frame(path)
    return respond(request, kept(path, frame, at) or fresh(path, at, frame))


def fresh(path: str, at: datetime, frame: Frame) -> Built:
    """Return the page as it is now: what was built of it, while nothing has touched the page or the site's frame since
    and its time to change has not come; for a short while."""
    if not settings.SERVE_STORED_PAGES or frame.stored is None:
        return build(path, at, frame=frame)
    state = (frame.stored.touched, frame.site, frame.categories, frame.version)
    known, since, built = _built.get(path, (None, at, None))
    is_new = known == state and since <= at < since + LONGEST  # a clock may jump back
    if built is not None and is_new and not (built.next_change_at and built.next_change_at <= at):
        return built
    built = build(path, at, frame=frame)
    if built.status == 200 and built.kept:
        with _room:
            _built.pop(path, None)
            while len(_built) >= REMEMBERED:
                del _built[next(iter(_built))]
            _built[path] = (state, at, built)
    return built


def kept(path: str, frame: Frame, at: datetime) -> Built | None:
    """Return the stored page, if there is one, nothing has touched it, and its time to change has not come.

    None for one in a language that the outlet has given up, until a worker drops it.
    """
    row, language = frame.stored, language_of(path, "")
    if language and language not in frame.site.used:
        return None
    if not settings.SERVE_STORED_PAGES or row is None or row.dirty_since is not None or not row.file_hash:
        return None
    if row.next_change_at and row.next_change_at <= at:
        return None
    body = pagestore.get(path)
    if body is None or pagestore.digest(body) != row.file_hash:
        return None
    return Built(200, body, row.content_type, row.next_change_at, language=language)


def respond(request: HttpRequest, built: Built, *, cache: str = "no-cache") -> HttpResponseBase:
    """Return the response for a built page; 304 where the reader has the same bytes already."""
    if built.location and built.status == 301:
        return HttpResponsePermanentRedirect(built.location)
    if built.location:
        return HttpResponseRedirect(built.location, headers={"Cache-Control": "no-cache"})
    response = HttpResponse(built.body, status=built.status, content_type=built.content_type)
    response["Cache-Control"] = cache
    if built.language:
        response["Content-Language"] = built.language
    if built.status != 200 or "no-store" in cache:
        return response
    etag = f'"{sha256(built.body).hexdigest()[:32]}"'
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response


# By the names of the files, as a web server in front goes by them.
KINDS_OF_FILES = (
    ("/feed.xml", RSS),
    (".xml", XML),
    ("/", HTML),
    *((f".{ENDINGS[kind]}", of) for kind, of in TYPES.items()),
)


def as_it_lies(request: HttpRequest) -> HttpResponseBase | None:
    """Return what lies in the store at the address, or lead to a front page there; None where there is nothing.

    For a moment in which no database says whether it is still true; a web server in front never asks. What is
    withdrawn lies there no more.
    """
    path = request.path
    if request.method not in ("GET", "HEAD") or query_of(request) or not settings.SERVE_STORED_PAGES:
        return None
    if path == "/":
        fronts = [front_path(code) for code in CODES if pagestore.get(front_path(code)) is not None]
        return HttpResponseRedirect(fronts[0], headers={"Cache-Control": "no-store"}) if fronts else None
    content_type = next((kind for end, kind in KINDS_OF_FILES if path.endswith(end)), "")
    body = pagestore.get(path) if content_type and pagestore.ADDRESS.fullmatch(path) else None
    return (
        respond(request, Built(200, body, content_type, language=language_of(path, ""))) if body is not None else None
    )
