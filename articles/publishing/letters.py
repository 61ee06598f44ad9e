"""Mails to the people of a role, as rows of the outbox in the transaction of the act they tell of."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.urls import reverse

from ..models import Outbox, StaffId


def people(role: str) -> list[User]:
    """Return the active users of a role who have an address."""
    return list(User.objects.filter(is_active=True, groups__name=role).exclude(email="").order_by("pk"))


def person(staff: StaffId | None) -> list[User]:
    """Return the user behind a pseudonym, if there still is one with an address."""
    user = staff.user if staff is not None else None
    return [user] if user is not None and user.is_active and user.email else []


def write(to: Iterable[User], subject: str, lines: Iterable[str], at: datetime) -> int:
    """Write down one mail for each address; return how many."""
    body = "\n".join(lines)
    addresses = sorted({user.email for user in to})
    Outbox.objects.bulk_create(
        Outbox(to=address, subject=" ".join(subject.split())[:200], body=body, made_at=at) for address in addresses
    )
    return len(addresses)


def public(path: str) -> str:
    """Return the address of a path as a mail must give it."""
    return settings.SITE_URL.rstrip("/") + path


def desk_link(name: str, *args: object) -> str:
    """Return the public address of a page of the admin."""
    return public(reverse(f"admin:{name}", args=args))
