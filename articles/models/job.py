"""What jobs leave behind: runs, the tick's pulse, mails to send, relabels in progress."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from .fields import CharField, TextField
from .work import BackOff, Work, WorkQuerySet, lapsed, not_put_off


class JobRunQuerySet(WorkQuerySet, models.QuerySet["JobRun"]):
    def due(self, at: datetime) -> Self:
        """Runs to be done: planned, between two turns, left by a killed worker, or failed and to be tried again.

        One between two turns waits for nothing: `not_before` says only where it stands in the line.
        """
        more = Q(attempts__lt=JobRun.MOST_ATTEMPTS)
        waiting = Q(state="running", claimed_until=None)
        killed = Q(lapsed(at), more, state="running")
        failed = Q(not_put_off(at), more, state="failed", not_before__isnull=False)
        return self.filter(waiting | killed | failed)


class JobRun(Work):
    """One run of one job. `detail`: what it was made from and what it made, for the admin."""

    BACK_OFF = BackOff(first=timedelta(minutes=5), longest=timedelta(minutes=80))
    MOST_ATTEMPTS = 5

    STATES = (("running", _("running")), ("done", _("done")), ("failed", _("failed")))
    NAMES = {
        "close_day": _("Close the day"),
        "close_month": _("Close the month"),
        "close_year": _("Close the year"),
        "follow_dates": _("Follow the designations that begin or end"),
        "relabel": _("Relabel"),
        "bake_all": _("Store all pages"),
        "verify_pages": _("Check the stored pages"),
        "clear_out": _("Clear what is of no use any more"),
    }

    job = CharField(_("job"), max_length=40)
    key = CharField(_("for"), max_length=80, blank=True, help_text=_("What it ran for, such as the day it closed."))
    state = CharField(_("state"), max_length=8, choices=STATES, default="running")
    started_at = models.DateTimeField(_("began"))
    finished_at = models.DateTimeField(_("ended"), null=True)
    detail = models.JSONField(_("details"), default=dict)

    objects = JobRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("job run")
        verbose_name_plural = _("job runs")
        ordering = ["-started_at", "-pk"]
        indexes = [models.Index(fields=["job", "key"], name="jobrun_key")]

    def __str__(self) -> str:
        return f"{self.label} {self.key}".strip()

    @property
    def label(self) -> str:
        """Return the job's name for people."""
        return str(self.NAMES.get(self.job, self.job))

    @property
    def kept(self) -> dict[str, Any]:
        """What the steps done so far have left for the next one; empty before the first."""
        return dict(self.detail.get("kept", {}))


class Heartbeat(models.Model):
    """The pulse of a repeated job: one row for each, moved at every beat."""

    job = CharField(max_length=40, unique=True)
    beat_at = models.DateTimeField()
    detail = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.job} {localtime(self.beat_at):%H:%M:%S}"


class BatchQuerySet(WorkQuerySet, models.QuerySet["Batch"]):
    def due(self, at: datetime) -> Self:
        """Relabels that go on, neither stopped nor ended, and are free."""
        return self.filter(finished_at=None, stopped_at=None).free(at)


class Batch(Work):
    """A relabel in progress: which register version it brings, how far it has come.

    `articles`: ids of the articles to look at, in order; null: the whole archive. `position`: the last id done.
    `changed`: editions issued. `organizations`: keys that the change concerns, for the list of batches. `failed`: the
    first articles that could not be relabelled, with the error; `failed_count`: how many could not.
    """

    MOST_FAILED = 200

    KINDS = (
        ("change", _("change of the registers")),
        ("dates", _("a designation begins or ends")),
        ("full", _("the whole archive")),
        ("house", _("the outlet's own settings")),
        ("reverse", _("taken back")),
    )

    kind = CharField(_("kind"), max_length=8, choices=KINDS, default="change")
    register_version = models.ForeignKey(
        "articles.RegisterVersion", verbose_name=_("register version"), on_delete=models.PROTECT, related_name="batches"
    )
    previous_version = models.ForeignKey(
        "articles.RegisterVersion",
        verbose_name=_("register version before"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    organizations = models.JSONField(_("entries"), default=list)
    articles = models.JSONField(null=True)
    made_by = models.ForeignKey("articles.StaffId", verbose_name=_("who"), null=True, on_delete=models.PROTECT)
    made_at = models.DateTimeField(_("began"))
    stopped_at = models.DateTimeField(_("stopped"), null=True)
    finished_at = models.DateTimeField(_("ended"), null=True)
    total = models.PositiveIntegerField(_("articles"), default=0)
    position = models.BigIntegerField(default=0)
    examined = models.PositiveIntegerField(_("examined"), default=0)
    changed = models.PositiveIntegerField(_("relabelled"), default=0)
    failed = models.JSONField(_("failed"), default=list)
    failed_count = models.PositiveIntegerField(_("failed"), default=0)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("relabel")
        verbose_name_plural = _("relabels")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {localtime(self.made_at):%Y-%m-%d %H:%M}"


class OutboxQuerySet(WorkQuerySet, models.QuerySet["Outbox"]):
    def due(self, at: datetime) -> Self:
        """Mails that were neither sent nor given up, and are free."""
        return self.filter(sent_at=None, attempts__lt=Outbox.MOST_ATTEMPTS).free(at)


class Outbox(Work):
    """A mail to send; sent ones keep their row."""

    BACK_OFF = BackOff(first=timedelta(seconds=30), longest=timedelta(hours=6))
    CLAIM_COUNTS = False
    MOST_ATTEMPTS = 16  # about two days

    to = models.EmailField(_("to"))
    subject = CharField(_("subject"), max_length=400)
    body = TextField(_("text"))
    made_at = models.DateTimeField(_("made"))
    sent_at = models.DateTimeField(_("sent"), null=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.subject
