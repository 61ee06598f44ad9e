"""What is typed and not saved: kept as it comes, ended with the save that takes it in, never shown to anybody else.

Each keeping is one statement on one row of the person's own: it waits for nobody who publishes, and nobody for it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from ..models import Article, Presence, Slot
from ..models.fields import all_printable
from ..models.slot import SlotQuerySet
from .errors import Refused

MOST = 20  # open slots of one person for one article, or for articles not saved yet
FORGOTTEN = timedelta(days=60)  # for so long a client may come back with what was ended
SEEN = timedelta(seconds=30)  # for so long a ping tells that somebody is there


class Taken(NamedTuple):
    """A slot that another client goes on with, as it stood then."""

    client: str
    sequence: int


@dataclass(frozen=True)
class Typed:
    """What a client has to keep. `article`: None before the first save; `base`: the version that it began from."""

    client: str
    sequence: int
    article: Article | None
    base: int | None
    fields: dict[str, Any]
    takes: Taken | None = None


def keep_typed(typed: Typed, *, by: User, at: datetime) -> Slot:
    """Keep what a client has sent, unless something newer of it is kept; return its slot as it stands then.

    What a client types after its text was saved builds on that version. Raises Refused when too many slots are open.
    """
    mine = Slot.objects.filter(user=by, client=typed.client)
    kept = {"fields": all_printable(typed.fields), "base": typed.base}
    values = kept | {"sequence": typed.sequence, "saved_at": at, "ended_at": None}
    with transaction.atomic():
        if not mine.filter(sequence__lt=typed.sequence).update(**values) and not mine.exists():
            begin(typed, values, by)
        take_over(typed.takes, by, at)
    return mine.get()


def begin(typed: Typed, values: dict[str, Any], by: User) -> None:
    """Make the client's slot, in the caller's transaction."""
    place = Slot.objects.filter(user=by, article=typed.article)
    place.filter(ended_at__lt=values["saved_at"] - FORGOTTEN).delete()
    if place.open().count() >= MOST:
        raise Refused(
            "",
            _("%(most)d unfinished texts of yours are kept here already: go on with one, or throw some away.")
            % {"most": MOST},
        )
    Slot.objects.get_or_create(user=by, client=typed.client, defaults=values | {"article": typed.article})


def take_over(takes: Taken | None, by: User, at: datetime) -> None:
    """End the slot that another client has gone on with, unless its own client has typed on."""
    if takes is not None:
        end(Slot.objects.filter(user=by, client=takes.client, sequence__lte=takes.sequence), at)


def end(slots: SlotQuerySet, at: datetime) -> int:
    """Empty these slots; their numbers stay, so that what comes late is known."""
    return slots.filter(ended_at=None).update(fields={}, ended_at=at)


def end_with_save(sent: Taken, takes: Taken | None, *, article: Article, by: User, at: datetime) -> None:
    """End the slot of a form that is saved, in the transaction of the save.

    `sent`: its client, with the number under which the form was sent; what was typed later than that stays.
    """
    mine = Slot.objects.filter(user=by, client=sent.client)
    became = {"article": article, "became": article.version}
    try:
        with transaction.atomic():
            Slot.objects.create(user=by, client=sent.client, sequence=sent.sequence, saved_at=at, ended_at=at, **became)
    except IntegrityError:
        end(mine.filter(sequence__lte=sent.sequence), at)
        mine.update(sequence=Greatest(F("sequence"), sent.sequence), **became)
    take_over(takes, by, at)


def throw_away(client: str, *, by: User, at: datetime) -> bool:
    """Empty a slot of the person's own; say whether there was one."""
    return bool(end(Slot.objects.filter(user=by, client=client), at))


def base_of(client: str, seen: int | None, *, by: User) -> int | None:
    """Return the version on which a client's text builds: the one it opened, or the one as which it was saved since."""
    became = Slot.objects.filter(user=by, client=client).values_list("became", flat=True).first() if client else None
    return seen if became is None or (seen is not None and seen > became) else became


def saved_as(client: str, *, by: User) -> Article | None:
    """Return the article that a client's text has become, if it was saved."""
    slot = Slot.objects.filter(user=by, client=client).exclude(became=None).select_related("article").first()
    return slot.article if slot else None


def end_slots_of_user(user: User) -> None:
    """Take away what somebody has typed whose account is closed, or whose link to their pseudonym is cut."""
    Slot.objects.filter(user=user).delete()
    Presence.objects.filter(user=user).delete()


def are_own(article: Article, base: int | None, *, by: User) -> bool:
    """Say whether all that was saved after a version was saved by the person, in another window of theirs."""
    since = article.versions.filter(number__gt=base or 0).values_list("saved_by__user", flat=True)
    return set(since) == {by.pk}


def ping(article: Article, field: str, *, by: User, at: datetime) -> None:
    """Say that somebody has the article's form open, with the caret in a field."""
    told = {"field": field[:60], "at": at}
    if not Presence.objects.filter(user=by, article=article).update(**told):
        Presence.objects.update_or_create(user=by, article=article, defaults=told)


def leave(article: Article, *, by: User) -> None:
    """Say that they have closed it."""
    Presence.objects.filter(user=by, article=article).delete()


def others_at(article: Article, *, by: User, at: datetime) -> list[Presence]:
    """Return who else has the form open at `at`."""
    return list(present([article.pk], at).filter(article=article).exclude(user=by))


def present(articles: list[int], at: datetime) -> Any:
    """Return the pings that hold at `at`; a clock that was ahead and is put right leaves none that holds for ever."""
    rows = Presence.objects.filter(article__in=articles, at__gt=at - SEEN, at__lte=at + SEEN, user__is_active=True)
    return rows.select_related("user").order_by("user__username")
