"""What allauth's pages need to stand in the frame of the desk."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _

from . import second_factor
from .adapter import verified_address

OURS = ("account_", "mfa_", "usersessions_")


def desk_frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: return, for the pages of accounts alone, what the admin gives each of its own."""
    match = request.resolver_match
    if match is None or not (match.url_name or "").startswith(OURS):
        return {}
    frame = admin.site.each_context(request) | {"title": _("Your account")}
    if request.user.is_authenticated:
        frame |= {
            "second_factor_missing": second_factor.is_missing(request),
            "address_is_confirmed": bool(verified_address(request.user)),
        }
    return frame
