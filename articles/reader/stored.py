"""Answers a request: with the stored page while it is true, else with one built now."""

from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from .. import pagestore
from .built import Built
from .frame import Stored, read_frame
from .pages import build, language_of


def answer(request: HttpRequest, at: datetime) -> HttpResponseBase:
    """Return the page at the request's path, which is an address of the site."""
    path = request.path
    frame = read_frame(path)
    return respond(request, kept(path, frame.stored, at) or build(path, at, frame=frame))


def kept(path: str, row: Stored | None, at: datetime) -> Built | None:
    """Return the stored page, if there is one, nothing has touched it, and its time to change has not come."""
    if not settings.SERVE_STORED_PAGES or row is None or row.dirty_since is not None or not row.file_hash:
        return None
    if row.next_change_at and row.next_change_at <= at:
        return None
    body = pagestore.get(path)
    if body is None or pagestore.digest(body) != row.file_hash:
        return None
    return Built(200, body, row.content_type, row.next_change_at, language=language_of(path, ""))


def respond(request: HttpRequest, built: Built, *, cache: str = "no-cache") -> HttpResponseBase:
    """Return the response for a built page; 304 where the reader has the same bytes already."""
    if built.location:
        return HttpResponsePermanentRedirect(built.location)
    response = HttpResponse(built.body, status=built.status, content_type=built.content_type)
    response["Cache-Control"] = cache
    if built.language:
        response["Content-Language"] = built.language
    if built.status != 200 or "no-store" in cache:
        return response
    etag = f'"{sha256(built.body).hexdigest()[:32]}"'
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response
