"""What a browser may do with our pages, and who may see the demo newsroom."""

import codecs
import secrets
from collections.abc import Callable
from ipaddress import ip_address

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseForbidden

from articles.embeds.hosts import FRAME_SOURCES

View = Callable[[HttpRequest], HttpResponse]

# The reader's site: our stylesheet, fonts and images, forms to ourselves, no script at all. What may be connected to is
# ourselves: a browser that checks a page asks for robots.txt under the page's policy. Frames are those of the
# sites whose posts can be kept; each page narrows them to its own (`reader.opened`), mostly to none. The same stands in
# deploy/nginx.conf, which sends it with stored pages.
READER_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    f"frame-src {FRAME_SOURCES}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# The admin: Alpine evaluates expressions, the editor's import map stands inline and carries the nonce.
ADMIN_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-eval' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; object-src 'none'; form-action 'self'; "
    "base-uri 'self'; frame-ancestors 'self'"
)


def content_policy(get_response: View) -> View:
    """Send a Content-Security-Policy with each page; a view that sets its own header keeps it.

    `request.csp_nonce` is for the inline scripts of the admin's templates.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        in_admin = request.path.startswith("/admin/")
        nonce = secrets.token_urlsafe(16) if in_admin else ""
        request.csp_nonce = nonce  # type: ignore[attr-defined]
        response = get_response(request)
        policy = ADMIN_POLICY.format(nonce=nonce) if in_admin else READER_POLICY
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("X-Frame-Options", "SAMEORIGIN" if in_admin else "DENY")
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response

    return middleware


def utf8_only(get_response: View) -> View:
    """Refuse a form in another encoding: no page of ours sends one, and some that Python knows are none of text."""

    def middleware(request: HttpRequest) -> HttpResponse:
        named = request.encoding
        if named and codecs.lookup(named).name != "utf-8":  # Django has looked it up: what is no encoding stays None
            return HttpResponseBadRequest("Forms are sent in UTF-8.", content_type="text/plain")
        return get_response(request)

    return middleware


def ask_again(get_response: View) -> View:
    """Let browsers ask again where something has moved for good: kept for ever, as they do, a redirect leads an address
    that is given back its old name to itself in a circle."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code in (301, 308):
            response.headers["Cache-Control"] = "no-cache"
        return response

    return middleware


def loopback_only(get_response: View) -> View:
    """Refuse a visitor from another machine: the passwords of the demo newsroom are public."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not _is_loopback(request.META.get("REMOTE_ADDR", "")):
            return HttpResponseForbidden("The demo newsroom answers on this machine only.", content_type="text/plain")
        return get_response(request)

    return middleware


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
