"""A form of an article that comes too late, after the session has ended or another login: nothing of it is lost.

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
from django.urls import Resolver404, resolve
from django.views.csrf import csrf_failure as refusal

from articles.accounts.login import admit, attempt

FORMS = ("articles_article_add", "articles_article_change")
SCRIPTS = tuple(f"articles_article_{name}" for name in ("keep", "login", "throw", "live_preview"))
NOTES = ("articles_article_notes", "articles_article_note")  # by a script, or by a form without one
SECRET = ("csrfmiddlewaretoken", "_username", "_password", "_code")

View = Callable[[HttpRequest], HttpResponse]


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form with a stale token: the script gets a new one, an article's form the page that sends it again."""
    name = name_of_view(request)
    if is_from_here(request) and (name in SCRIPTS or (name in NOTES and wants_json(request))):
        return JsonResponse({"error": "token", "token": get_token(request)}, status=403)
    if is_from_here(request) and name in FORMS and request.method == "POST":
        return sent_again(request, status=403)
    return refusal(request, reason=reason)


class ExpiredForms:
    """Middleware: logs in where an article's form was sent with name and password, asks for them where it was sent
    without a session."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        match = request.resolver_match
        if request.method != "POST" or match is None or match.url_name not in FORMS:
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
    """Return the page with what was typed. `status`: 401 nobody is logged in, 403 stale token, 409 another person.
    `second`: the account has a second factor, whose code is asked for, too."""
    owner = request.POST.get("typed_user", "")
    found = User.objects.filter(pk=int(owner)).first() if owner.isdecimal() and len(owner) < 18 else None
    context = {
        "complaint": complaint,
        "second": second,
        "other": status == 409,
        "login": not admin.site.has_permission(request) or status == 409,
        "owner": found.get_username() if found else "",
        "typed": [(name, value) for name, values in request.POST.lists() for value in values if name not in SECRET],
        "files": bool(request.FILES),
        "address": request.path,
    }
    return render(request, "admin/articles/article/again.html", context, status=status)


def name_of_view(request: HttpRequest) -> str | None:
    try:
        return resolve(request.path_info).url_name
    except Resolver404:
        return None


def wants_json(request: HttpRequest) -> bool:
    """Say whether a script has sent it, which asks for nothing else."""
    return request.headers.get("Accept") == "application/json"


def is_from_here(request: HttpRequest) -> bool:
    """Say whether the browser names one of our own pages as the sender."""
    return urlsplit(request.META.get("HTTP_ORIGIN", "")).netloc == request.get_host()
