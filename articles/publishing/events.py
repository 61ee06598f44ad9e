"""The newsroom's own log: who did what when."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User

from ..models import Article, Event, StaffId
from ..models.fields import all_printable
from .roles import staff_id


def log(kind: str, *, by: User | StaffId | None, at: datetime, article: Article | None = None, **detail: Any) -> Event:
    """Write an event; `detail` holds JSON values. `by`: the person, or the pseudonym where the act knows it already."""
    staff = staff_id(by) if isinstance(by, User) else by
    return Event.objects.create(kind=kind, at=at, staff=staff, article=article, detail=all_printable(detail))
