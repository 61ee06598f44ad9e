"""The columns of a row that a job works on: a lease, a next attempt, a count and the last error.

A clock that was ahead and is put right leaves moments that no clock could have written: they hold nobody up.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
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


class Work(models.Model):
    """A row claimed under a lease; the next tick takes it over when the lease has run out."""

    claimed_until = models.DateTimeField(_("claimed until"), null=True, blank=True, editable=False)
    not_before = models.DateTimeField(_("not before"), null=True, blank=True, editable=False)
    attempts = models.PositiveIntegerField(_("attempts"), default=0, editable=False)
    last_error = TextField(_("last error"), blank=True, default="", editable=False)

    class Meta:
        abstract = True
