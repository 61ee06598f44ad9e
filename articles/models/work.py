"""Work under a lease, for every kind of row that a job works on: free and due, claimed, renewed, done or put off.

A row is held until `claimed_until`; who is killed is followed by another when that has passed. One that fails delays no
other: it is put off, longer each time, and says why. A clock that was ahead and is put right leaves moments that no
clock could have written: they hold nobody up.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .fields import TextField

LEASE = timedelta(seconds=settings.LEASE_SECONDS)
FARTHEST = timedelta(hours=12)  # twice the longest time for which anything is put off
AHEAD = timedelta(seconds=30)  # clocks of machines that work together differ by less


def unclaimed(at: datetime) -> Q:
    """Rows that nobody holds: without a lease, or with one that has run out or ends later than any lease does."""
    return Q(claimed_until=None) | lapsed(at)


def lapsed(at: datetime) -> Q:
    """Rows whose lease has run out, or ends later than any lease does, written by a clock that was ahead."""
    return Q(claimed_until__lte=at) | Q(claimed_until__gt=at + LEASE + AHEAD)


def not_put_off(at: datetime) -> Q:
    """Rows whose next attempt is due, or lies farther ahead than any is put off."""
    return Q(not_before=None) | Q(not_before__lte=at) | Q(not_before__gt=at + FARTHEST)


@dataclass(frozen=True)
class BackOff:
    """How long a row is put off that has failed: `first`, then twice as long each time, `longest` at most."""

    first: timedelta
    longest: timedelta

    def after(self, attempts: int) -> timedelta:
        """Return for how long, after so many attempts.

        >>> [BackOff(timedelta(minutes=5), timedelta(minutes=15)).after(attempts).seconds for attempts in (1, 2, 3, 99)]
        [300, 600, 900, 900]
        """
        return min(self.first * 2 ** min(attempts - 1, 20), self.longest)


class WorkQuerySet(models.QuerySet[Any]):
    """What is said of a lease, once for all kinds. Each kind says in `due` what is to be done, and that it is free."""

    def free(self, at: datetime) -> Self:
        """Rows that nobody holds at `at` and whose next attempt is due."""
        return self.filter(unclaimed(at)).filter(not_put_off(at))

    def due(self, at: datetime) -> Self:
        """Rows that are free, and to be worked on at `at`."""
        raise NotImplementedError

    def lock(self) -> Self:
        """Lock these rows, to claim them in the caller's transaction; without those that another worker claims now."""
        return self.select_for_update(skip_locked=True, no_key=True)

    def claim_first(self, at: datetime) -> Any:
        """Claim the first of these rows that nobody else claims now; return it as it was, None if there is none."""
        with transaction.atomic():
            row = self.lock().first()
            if row is not None:
                self.filter(pk=row.pk).claim(at)
        return row

    def claim(self, at: datetime) -> int:
        """Hold these rows under a lease that begins at `at`; return how many."""
        counted = {"attempts": F("attempts") + 1} if self.model.CLAIM_COUNTS else {}
        return self.renew(at, **counted)

    def renew(self, at: datetime, **values: Any) -> int:
        """Hold them on from `at`; return how many. `values`: what else they say by now."""
        return self.update(claimed_until=at + LEASE, **values)

    def let_go(self) -> int:
        """Leave them to the next turn, which may come at once; return how many."""
        return self.update(claimed_until=None)

    def done(self, **values: Any) -> int:
        """Let them go with nothing left to do; return how many. `values`: what they say of it."""
        return self.update(claimed_until=None, not_before=None, last_error="", **values)

    def failed(self, error: str, at: datetime) -> int:
        """Let them go, put off by what their kind is put off for after so many attempts; return how many."""
        counted = {} if self.model.CLAIM_COUNTS else {"attempts": F("attempts") + 1}
        number = 0
        for pk, attempts in self.values_list("pk", "attempts"):
            not_before = at + self.model.BACK_OFF.after(attempts + len(counted))
            told = {"claimed_until": None, "not_before": not_before, "last_error": error[:2000]}
            number += self.filter(pk=pk).update(**told, **counted)
        return number


class Work(models.Model):
    """A row claimed under a lease; the next tick takes it over when the lease has run out.

    `BACK_OFF`: a kind that says nothing is tried again when its lease would have run out. `CLAIM_COUNTS`: whether a
    claim is an attempt already, or only a failure is.
    """

    BACK_OFF: ClassVar[BackOff] = BackOff(first=LEASE, longest=LEASE)
    CLAIM_COUNTS: ClassVar[bool] = True

    claimed_until = models.DateTimeField(_("claimed until"), null=True, blank=True, editable=False)
    not_before = models.DateTimeField(_("not before"), null=True, blank=True, editable=False)
    attempts = models.PositiveIntegerField(_("attempts"), default=0, editable=False)
    last_error = TextField(_("last error"), blank=True, default="", editable=False)

    class Meta:
        abstract = True
