"""The newsroom's own log: who did what when, and to whose account."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User

from ..models import Article, Event, StaffId
from ..models.fields import all_printable
from .roles import staff_id

# What is read by those who audit only (`articles.audit_event`): accounts, logins, settings, what was taken out.
AUDITED = frozenset(
    {
        "login",
        "login refused",
        "logout",
        "account made",
        "account changed",
        "account change asked",
        "account changed by two",
        "account change dropped",
        "password link sent",
        "password set",
        "settings added",
        "settings changed",
        "settings deleted",
        "export",
        "staff erased",
    }
)


def log(
    kind: str,
    *,
    by: User | StaffId | None,
    at: datetime,
    article: Article | None = None,
    about: User | StaffId | None = None,
    **detail: Any,
) -> Event:
    """Write an event; `detail` holds JSON values. `by`: the person, or the pseudonym where the act knows it already.

    `about`: whose account it concerns, which the event names by the pseudonym alone.
    """
    return Event.objects.create(
        kind=kind, at=at, staff=pseudonym(by), about=pseudonym(about), article=article, detail=all_printable(detail)
    )


def pseudonym(person: User | StaffId | None) -> StaffId | None:
    return staff_id(person) if isinstance(person, User) else person
