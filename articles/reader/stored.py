"""Answers a request: with the stored page while it is true, else with one built now."""

from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from .. import pagestore
from ..models import Page
from ..pagemap.addresses import read_address
from .built import Built
from .pages import build, language_of


def answer(request: HttpRequest, at: datetime, fallback: str) -> HttpResponseBase:
    """Return the page at the request's path."""
    return respond(request, kept(request.path, at) or build(request.path, at, fallback))


def kept(path: str, at: datetime) -> Built | None:
    """Return the stored page, if there is one, nothing has touched it, and its time to change has not come."""
    if not settings.SERVE_STORED_PAGES or read_address(path) is None:
        return None  # what is no address may hold what no database takes
    row = Page.objects.filter(path=path, dirty_since=None).exclude(file_hash="").first()
    if row is None or (row.next_change_at and row.next_change_at <= at):
        return None
    body = pagestore.get(path)
    if body is None or sha256(body).hexdigest() != row.file_hash:
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
