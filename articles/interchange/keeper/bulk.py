"""All open questions of one kind answered at once: as many as the person saw, or none."""

from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from ...models import ListFile
from ...publishing import Refused
from ...publishing.events import log
from ...publishing.roles import require, staff_id
from .answers import ANSWERS, changed_since, hold
from .compare import keep_counts


@transaction.atomic
def answer_open(
    file: ListFile, change: str, given: str, *, by: User, at: datetime, seen: int, ends_on: date | None = None
) -> int:
    """Give one answer to every open question of a kind of change; return how many there were.

    `seen`: how many the person saw; another number now is refused. `ends_on`: as for one row. Raises Refused.
    """
    require(by, "change_register")
    hold(file)
    if given not in ANSWERS.get(change, ()) or not given:
        raise Refused("answer", _("This is no answer to this line."))
    rows = file.rows.filter(change=change, asked=True, answer="")
    if rows.count() != seen:
        raise Refused("", changed_since())
    number: int = rows.update(
        answer=given,
        ends_on=ends_on if given == "end" else None,
        answered_at=at,
        answered_by=staff_id(by),
    )
    file = ListFile.objects.get(pk=file.pk)
    keep_counts(file)
    log("list answered", by=by, at=at, file=file.pk, change=change, answer=given, lines=number)
    return number
