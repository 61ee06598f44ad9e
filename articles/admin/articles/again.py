"""A form of the desk that comes too late, after the session has ended or another login: nothing of it is lost.

The page that answers holds all that was typed, as fields of a form: it asks for the password, and sends it again. It is
shown only to what our own pages have sent, as the browser says: what another site sends is never handed back.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib import admin
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.csrf import csrf_failure as refusal

from articles.accounts import asking
from articles.accounts.login import admit, attempt

FORMS = ("articles_article_add", "articles_article_change")
SCRIPTS = tuple(f"articles_article_{name}" for name in ("keep", "login", "throw", "live_preview"))
NOTES = ("articles_article_notes", "articles_article_note")  # by a script, or by a form without one
DOORS = ("admin:login", "admin:logout")
BY_HAND = ("application/x-www-form-urlencoded", "multipart/form-data")
SECRET = ("csrfmiddlewaretoken", "_username", "_password", "_code", asking.FIELD)
WHY = {401: "login", 403: "token", 409: "other", 503: "frozen"}

View = Callable[[HttpRequest], HttpResponse]


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form with a stale token: the script gets a new one, a form of the desk the page that sends it again."""
    name = request.resolver_match.url_name if request.resolver_match else None
    if is_from_here(request) and (name in SCRIPTS or (name in NOTES and wants_json(request))):
        return JsonResponse({"error": "token", "token": get_token(request)}, status=403)
    if is_from_here(request) and is_sent_by_hand(request):
        return sent_again(request, status=403)
    return refusal(request, reason=reason)


def is_sent_by_hand(request: HttpRequest) -> bool:
    """Say whether a form of the desk was sent by its button; a script has answers of its own."""
    match = request.resolver_match
    return (
        request.method == "POST"
        and match is not None
        and match.view_name.startswith("admin:")
        and match.view_name not in DOORS
        and match.url_name not in SCRIPTS
        and request.content_type in BY_HAND
        and not wants_json(request)
        and "HX-Request" not in request.headers
    )


class ExpiredForms:
    """Middleware: logs in where a form was sent with name and password, asks for them where it was sent without a
    session."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not is_sent_by_hand(request):
            return None
        if "_password" not in request.POST:
            return None if admin.site.has_permission(request) else sent_again(request, status=401)
        answer = attempt(request, {name: request.POST.get(f"_{name}", "") for name in ("username", "password", "code")})
        if answer.user is None:
            return sent_again(request, status=401, complaint=answer.says, second=answer.second)
        if request.POST.get("typed_user") not in (None, "", str(answer.user.pk)):
            return sent_again(request, status=409)
        admit(request, answer)
        return None


def sent_again(request: HttpRequest, *, status: int, complaint: str = "", second: bool = False) -> HttpResponse:
    """Return the page with what was typed. `status`: 401 nobody is logged in, 403 stale token, 409 another person, 503
    nothing is stored now, as `complaint` says. `second`: the account has a second factor, whose code is asked for."""
    owner = request.POST.get("typed_user", "")
    found = User.objects.filter(pk=int(owner)).first() if owner.isdecimal() and len(owner) < 18 else None
    context = {
        "complaint": complaint,
        "second": second,
        "why": WHY[status],
        "login": status in (401, 409) or not admin.site.has_permission(request),
        "owner": found.get_username() if found else "",
        "typed": typed_in(request),
        "files": bool(request.FILES),
        "address": request.path,
    }
    answer = render(request, "admin/articles/article/again.html", context, status=status)
    add_never_cache_headers(answer)
    return answer


def typed_in(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what a form has sent, but secrets, as fields of one that sends it again."""
    return [(name, str(value)) for name, values in request.POST.lists() for value in values if not is_secret(name)]


def is_secret(name: str) -> bool:
    """Say whether a field holds what no page hands back."""
    return name in SECRET or "password" in name


def wants_json(request: HttpRequest) -> bool:
    """Say whether a script has sent it, which asks for nothing else."""
    return request.headers.get("Accept") == "application/json"


def is_from_here(request: HttpRequest) -> bool:
    """Say whether the browser names one of our own pages as the sender."""
    return urlsplit(request.META.get("HTTP_ORIGIN", "")).netloc == request.get_host()
