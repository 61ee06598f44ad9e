"""The columns of a row that a job works on: a lease, a next attempt, a count and the last error."""

from django.db import models


class Work(models.Model):
    """A row claimed under a lease; the next tick takes it over when the lease has run out."""

    claimed_until = models.DateTimeField(null=True, blank=True, editable=False)
    not_before = models.DateTimeField(null=True, blank=True, editable=False)
    attempts = models.PositiveIntegerField(default=0, editable=False)
    last_error = models.TextField(blank=True, default="", editable=False)

    class Meta:
        abstract = True
