"""Browsers that an account has logged in with: another one is told to its owner by mail.

A device is the browser's name and the network it came from, kept for 30 days as a keyed digest of both.
"""

from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..models import KnownDevice, Site
from ..publishing import mails
from . import address

KEPT = timedelta(days=30)


def digest(request: HttpRequest, username: str) -> str:
    """Return the digest of the device that a request comes from, of no use for another account."""
    where = address.shortened(address.client_address(request))
    text = "\n".join((username.casefold(), address.device_name(request), where))
    return salted_hmac("known device", text, algorithm="sha256").hexdigest()


def is_known(request: HttpRequest, username: str) -> bool:
    """Say whether the account has logged in from here within 30 days."""
    return KnownDevice.objects.filter(user__username=username, digest=digest(request, username)).exists()


def note(request: HttpRequest, user: User, at: datetime) -> None:
    """Keep the device of a login; write to the owner if the account does not know it."""
    own = digest(request, user.get_username())
    _device, is_new = KnownDevice.objects.update_or_create(user=user, digest=own, defaults={"seen_at": at})
    if is_new and user.email:
        mails.write([user], lambda: letter(request, user, at), at)


def letter(request: HttpRequest, user: User, at: datetime) -> tuple[str, list[str]]:
    """Return subject and lines of the mail about a login from a device that the account does not know."""
    local = timezone.localtime(at, Site.current().zone)
    return _("A login from a new device"), [
        _("Somebody has logged in as %(name)s from a device that this account has not used in the last 30 days.")
        % {"name": user.get_username()},
        "",
        _("When: %(at)s") % {"at": date_format(local, "DATETIME_FORMAT")},
        _("Browser: %(device)s") % {"device": address.device_name(request) or "–"},
        _("Network: %(network)s") % {"network": address.network(address.client_address(request))},
        "",
        _("If that was you, nothing is to be done. If not: end all sessions and change your password at once."),
        mails.public(reverse("usersessions_list")),
    ]
