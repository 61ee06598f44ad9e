"""Mails to the people of a role, as rows of the outbox in the transaction of the act they tell of."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import translation

from ..models import Outbox, Site, StaffId

Letter = Callable[[], tuple[str, Iterable[str]]]  # subject and lines, in the language that is active
LONGEST_SUBJECT = 400
BETWEEN = "\n\n* * *\n\n"


def people(role: str) -> list[User]:
    """Return the active users of a role who have an address."""
    return list(User.objects.filter(is_active=True, groups__name=role).exclude(email="").order_by("pk"))


def person(staff: StaffId | None) -> list[User]:
    """Return the user behind a pseudonym, if there still is one with an address."""
    user = staff.user if staff is not None else None
    return [user] if user is not None and user.is_active and user.email else []


def write(to: Iterable[User], letter: Letter, at: datetime) -> int:
    """Write down one mail for each address, in every language of the outlet; return how many."""
    subject, body = in_each_language(letter)
    addresses = sorted({user.email for user in to})
    Outbox.objects.bulk_create(Outbox(to=address, subject=subject, body=body, made_at=at) for address in addresses)
    return len(addresses)


def in_each_language(letter: Letter) -> tuple[str, str]:
    """Return subject and body of a mail that says the same in each language that the outlet publishes in.

    Which of them its reader knows is not known, and a job has no language of its own.
    """
    subjects, bodies = [], []
    for language in Site.current().used:
        with translation.override(language):
            subject, lines = letter()
            subjects.append(" ".join(str(subject).split()))
            bodies.append("\n".join(str(line) for line in lines))
    return " / ".join(dict.fromkeys(subjects))[:LONGEST_SUBJECT], BETWEEN.join(dict.fromkeys(bodies))


def public(path: str) -> str:
    """Return the address of a path as a mail must give it."""
    return settings.SITE_URL.rstrip("/") + path


def desk_link(name: str, *args: object) -> str:
    """Return the public address of a page of the admin."""
    return public(reverse(f"admin:{name}", args=args))
