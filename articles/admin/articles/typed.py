"""What the form's script talks to: keep what is typed, say who else is here, log in without leaving the page.

Every answer is JSON and bears a fresh token, since a login changes it. The browser says for whom its page was made;
what one person has typed is never kept under another.
"""

import json
from datetime import datetime
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from articles.accounts.login import admit, attempt
from articles.models import Article, Byline, Erasure, Presence
from articles.models.busy import waiting_at_most
from articles.publishing import Refused, slots

from ..base import LONGEST_KEY, NewsroomAdmin, body_of, editor_of, name_of_user
from .offers import offers_of

LONGEST_WAIT = 2000  # milliseconds for others who write; the script comes again
LONGEST_CLIENT = 40  # characters
SENT = ("username", "password", "code", "credential")  # what a login in place sends


class NotSo(Exception):
    """What was sent is not kept. `code`: for the script; `status`: of the answer; `says`: for the editor."""

    def __init__(self, code: str, status: int, says: str = "") -> None:
        super().__init__(code)
        self.code, self.status, self.says = code, status, says


class TypedAdmin(NewsroomAdmin):
    """Stands before the admin of articles."""

    def get_urls(self) -> list[URLPattern]:
        guarded = [never_cache, csrf_protect]
        views = {
            "keep": require_POST(self.keep_view),
            "login": require_POST(sensitive_post_parameters()(self.login_view)),
            "offers": require_GET(self.offers_view),
            "throw": require_POST(self.throw_view),
        }
        for guard in guarded:
            views = {name: guard(view) for name, view in views.items()}
        return [
            path("typed/keep/", views["keep"], name="articles_article_keep"),
            path("typed/login/", views["login"], name="articles_article_login"),
            path("typed/offers/", views["offers"], name="articles_article_offers"),
            path("typed/throw/", self.admin_site.admin_view(views["throw"]), name="articles_article_throw"),
            *super().get_urls(),
        ]

    def keep_view(self, request: HttpRequest) -> JsonResponse:
        """Keep what is typed, take the ping, say who else is here; or why not, with a status that says it too."""
        try:
            return answered(request, self.kept(request))
        except NotSo as no:
            return answered(request, {"error": no.code, "says": no.says}, no.status)
        except Refused as refused:
            return answered(request, {"error": "full", "says": str(refused)}, 409)
        except DatabaseError:
            return answered(request, {"error": "away"}, 503)

    def kept(self, request: HttpRequest) -> dict[str, Any]:
        """Do what the script asks for, and return what it is told."""
        self.check_login(request)
        sent = read(request)
        self.check_person(request, sent)
        article = self.article_of(request, sent.get("article"))
        at, by = timezone.now(), editor_of(request)
        told: dict[str, Any] = {"ok": True, "now": date_format(timezone.localtime(at), "H:i")}
        with waiting_at_most(LONGEST_WAIT):
            if article is not None and sent.get("leaves"):
                slots.leave(article, by=by)
            elif article is not None:
                slots.ping(article, str(sent.get("field") or ""), by=by, at=at)
            if sent.get("fields") is not None:
                slot = slots.keep_typed(typed_of(sent, article), by=by, at=at)
                told |= {"sequence": slot.sequence, "kept": slot.ended_at is None}
        if article is not None:
            base = sent.get("base") if is_whole(sent.get("base"), 2**31) else None
            own = base is not None and base < article.version and slots.are_own(article, base, by=by)
            told |= {"version": article.version, "own": own, "present": self.who_else(request, article, at)}
        return told

    def check_login(self, request: HttpRequest) -> None:
        if not self.admin_site.has_permission(request):
            raise NotSo("login", 401)

    def check_person(self, request: HttpRequest, sent: dict[str, Any]) -> None:
        """Raise NotSo when nobody is logged in, or somebody else than the page was made for."""
        self.check_login(request)
        if sent.get("user") != request.user.pk:
            raise NotSo("other", 409, _("Somebody else is logged in now in this browser. Nothing is sent as theirs."))

    def article_of(self, request: HttpRequest, key: Any) -> Article | None:
        """Return the article, None before its first save. Raise NotSo where it is gone, or the person may not edit."""
        if key is None:
            if not self.has_add_permission(request):
                raise NotSo("forbidden", 403, _("Your role does not allow this."))
            return None
        text = str(key)
        found = text.isdecimal() and len(text) <= LONGEST_KEY
        article = Article.objects.filter(pk=int(text)).first() if found else None
        if article is None or Erasure.objects.filter(article=article).exists():
            raise NotSo("gone", 410, _("This article is gone: what is typed for it is not kept."))
        if not self.has_change_permission(request, article):
            raise NotSo("forbidden", 403, _("You may no longer change this article: copy what you have typed."))
        return article

    def who_else(self, request: HttpRequest, article: Article, at: datetime) -> list[str]:
        """Say who else has the article open at `at`, and where they are in it."""
        return [self.where(one) for one in slots.others_at(article, by=editor_of(request), at=at)]

    def where(self, one: Presence) -> str:
        """Say who is there, and where."""
        name = name_of_user(one.user)
        label = label_of(self, one.field)
        if not label:
            return _("%(name)s has this article open.") % {"name": name}
        return _("%(name)s has this article open, at “%(field)s”.") % {"name": name, "field": label}

    @method_decorator(sensitive_post_parameters())
    def login_view(self, request: HttpRequest) -> JsonResponse:
        """Log in the person the page was made for, and nobody else; ask for the second factor where there is one."""
        answer = attempt(request, {name: request.POST.get(name, "") for name in SENT})
        if answer.second:
            kinds = {"second": True, "says": answer.says, "options": answer.options}
            return answered(request, {"error": "second", **kinds}, 400 if answer.says else 200)
        if answer.user is None:
            return answered(request, {"error": "wrong", "says": answer.says}, 400)
        if str(answer.user.pk) != request.POST.get("user"):
            says = _("This text belongs to another account: log in with that one. Nothing was sent.")
            return answered(request, {"error": "other", "says": says}, 409)
        admit(request, answer)
        return answered(request, {"ok": True})

    def offers_view(self, request: HttpRequest) -> HttpResponse:
        """Show what the person has typed and not saved, as the form shows it."""
        try:
            self.check_person(request, {"user": request.user.pk})
            article = self.article_of(request, request.GET.get("article") or None)
        except NotSo as no:
            return answered(request, {"error": no.code, "says": no.says}, no.status)
        offers = offers_of(self, request, article)
        html = render_to_string("admin/articles/article/_offers.html", {"offers": offers, "article": article}, request)
        return answered(request, {"ok": True, "html": html})

    def throw_view(self, request: HttpRequest) -> HttpResponse:
        """Throw away what was typed, as its owner asks."""
        slots.throw_away(request.POST.get("client", "")[:LONGEST_CLIENT], by=editor_of(request), at=timezone.now())
        key = request.POST.get("article", "")
        if key.isdecimal() and len(key) <= LONGEST_KEY:
            return redirect("admin:articles_article_change", int(key))
        return redirect("admin:articles_article_add")


def answered(request: HttpRequest, told: dict[str, Any], status: int = 200) -> JsonResponse:
    return JsonResponse(told | {"token": get_token(request)}, status=status)


def read(request: HttpRequest) -> dict[str, Any]:
    """Return what the script has sent. Raise NotSo for what is no such thing."""
    try:
        sent = json.loads(body_of(request))
    except RequestDataTooBig:
        raise NotSo("long", 413, _("The text is too long to be kept: divide it into several articles.")) from None
    except (ValueError, RecursionError):
        raise NotSo("broken", 400) from None
    if not isinstance(sent, dict):
        raise NotSo("broken", 400)
    return sent


def typed_of(sent: dict[str, Any], article: Article | None) -> slots.Typed:
    """Return what the client has to keep. Raise NotSo where it does not say so."""
    client, sequence, base, fields = (sent.get(name) for name in ("client", "sequence", "base", "fields"))
    whole = isinstance(client, str) and 0 < len(client) <= LONGEST_CLIENT and is_whole(sequence)
    if not whole or not are_fields(fields) or not (base is None or is_whole(base, 2**31)):
        raise NotSo("broken", 400)
    return slots.Typed(client, sequence, article, base, fields, taken(sent.get("takes")))  # type: ignore[arg-type]


def is_whole(value: Any, most: int = 2**53) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < most


def are_fields(fields: Any) -> bool:
    """Say whether these are a form's values: by name, each a text or a list of texts."""
    return isinstance(fields, dict) and all(
        isinstance(value, str) or (isinstance(value, list) and all(isinstance(one, str) for one in value))
        for value in fields.values()
    )


def taken(text: Any) -> slots.Taken | None:
    """Read a client and its number, "client:7"; None where nothing is taken over."""
    client, _colon, number = str(text or "").rpartition(":")
    if client and len(client) <= LONGEST_CLIENT and number.isdecimal() and len(number) <= LONGEST_KEY:
        return slots.Taken(client, int(number))
    return None


def label_of(admin: Any, name: str) -> str:
    """Return the label of a form's field from its name in the request, "" for none."""
    name = name.removesuffix("_0").removesuffix("_1")
    if name in admin.form.declared_fields:
        return str(admin.form.declared_fields[name].label or "")
    if name in admin.form.base_fields:
        return capfirst(str(getattr(Article._meta.get_field(name), "verbose_name", "")))
    return str(capfirst(str(Byline._meta.verbose_name_plural))) if name.startswith("bylines-") else ""
