"""What the desk does under a freeze: refuses what is sent, keeps what was typed, says on each page what stands still.

The row is asked for with each form that is sent and each page of the desk: every process knows at once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject

from ..models import Freeze
from ..models.freeze import open_freezes
from ..publishing.frozen import Frozen, said
from .articles.again import FORMS, SCRIPTS, is_sent_by_hand, sent_again
from .articles.keeping import HELD
from .base import name_of
from .storing import READING

# What is sent and stores nothing of the newsroom, or lifts a freeze.
OPEN = frozenset(
    {
        "admin:login",
        "admin:logout",
        "set_language",
        "admin:articles_article_login",
        "admin:articles_article_live_marks",
        "admin:articles_article_live_marks_new",
        "admin:articles_article_live_preview",
        "admin:articles_article_typography",
        "admin:articles_freeze_begin",
        "admin:articles_freeze_lift",
    }
)
# Doors of logging in, by which nobody changes an account.
DOORS = (
    "account_login",
    "account_logout",
    "account_reauthenticate",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_login_webauthn",
    "mfa_reauthenticate_webauthn",
)
# What pages print as it stands: a change is public at once, so it waits for the end of a freeze of publishing.
PRINTED_LIVE = ("site", "category", "region", "topic", "author", "photo", "keptpost", "correction")
CHANGES = ("add", "change", "delete", "changelist")
PUBLIC_AT_ONCE = frozenset(f"admin:articles_{model}_{view}" for model in PRINTED_LIVE for view in CHANGES)

View = Callable[[HttpRequest], HttpResponse]


@dataclass(frozen=True)
class Band:
    """A freeze as each page tells of it. `agreed`: names of those who want to lift it."""

    scope: str
    said: str
    agreed: list[str]


def bands() -> list[Band]:
    """Return what holds now, the wider first."""
    return [Band(one.scope, said(one), names_of_votes(one)) for one in open_freezes()]


def names_of_votes(freeze: Freeze) -> list[str]:
    return [name_of(vote.staff) for vote in freeze.votes.select_related("staff__user")]


class FrozenDesk:
    """Middleware: stands behind those that know who asks and log in again."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.freezes = SimpleLazyObject(bands)  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Refuse what is sent where it stands still."""
        match = request.resolver_match
        if request.method in READING or match is None or match.view_name in OPEN or match.view_name in DOORS:
            return None
        if match.url_name in FORMS and HELD in request.POST:
            return None
        try:
            frozen = open_freezes()
        except DatabaseError:  # the view says so in its own words; what it does asks again
            return None
        for freeze in frozen:
            if freeze.scope == "everything" or match.view_name in PUBLIC_AT_ONCE:
                return refused(request, said(freeze))
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Say so where an act was refused by a use case, and its view has no words for it."""
        return refused(request, str(error)) if isinstance(error, Frozen) else None


def refused(request: HttpRequest, says: str) -> HttpResponse:
    """Return the answer: for the script that keeps what is typed, for a form, which holds all of it, for all others."""
    name = request.resolver_match.url_name if request.resolver_match else ""
    if name in SCRIPTS:
        return JsonResponse({"error": "frozen", "says": says, "token": get_token(request)}, status=503)
    if is_sent_by_hand(request):
        return sent_again(request, status=503, complaint=says)
    return render(request, "frozen.html", {"says": says}, status=503)
