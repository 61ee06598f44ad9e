"""The columns of a row that a job works on: a lease, a next attempt, a count and the last error."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .fields import TextField

LEASE = timedelta(seconds=settings.LEASE_SECONDS)


class Work(models.Model):
    """A row claimed under a lease; the next tick takes it over when the lease has run out."""

    claimed_until = models.DateTimeField(_("claimed until"), null=True, blank=True, editable=False)
    not_before = models.DateTimeField(_("not before"), null=True, blank=True, editable=False)
    attempts = models.PositiveIntegerField(_("attempts"), default=0, editable=False)
    last_error = TextField(_("last error"), blank=True, default="", editable=False)

    class Meta:
        abstract = True
