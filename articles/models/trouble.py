"""Troubles of the house: one row from the moment that one is seen until it is over, so that each is told once."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from .fields import CharField
from .work import BackOff, Work, WorkQuerySet


class TroubleQuerySet(WorkQuerySet, models.QuerySet["Trouble"]):
    def open(self) -> Self:
        """Those that last, the oldest first."""
        return self.filter(ended_at=None).order_by("began_at", "pk")

    def due(self, at: datetime) -> Self:
        """Those whose begin, or end, the webhook has not heard of; not what was over long before one was set."""
        untold = Q(begin_told_at=None) | Q(ended_at__isnull=False, end_told_at=None)
        recent = Q(ended_at=None) | Q(ended_at__gt=at - Trouble.TOLD_FOR)
        return self.filter(untold, recent, attempts__lt=Trouble.MOST_ATTEMPTS).free(at)


class Trouble(Work):
    """`kind`: as in `watching.kinds`; `figures`: the numbers and names of its sentence. The lease and what follows it
    are those of the webhook. `seen_at`: when it was there last."""

    BACK_OFF = BackOff(first=timedelta(seconds=30), longest=timedelta(hours=1))
    CLAIM_COUNTS = False
    MOST_ATTEMPTS = 24
    TOLD_FOR = timedelta(days=2)

    kind = CharField(_("trouble"), max_length=40)
    figures = models.JSONField(default=dict)
    began_at = models.DateTimeField(_("began"))
    seen_at = models.DateTimeField(_("last seen"))
    ended_at = models.DateTimeField(_("ended"), null=True)
    begin_told_at = models.DateTimeField(null=True, editable=False)
    end_told_at = models.DateTimeField(null=True, editable=False)

    objects = TroubleQuerySet.as_manager()

    class Meta:
        verbose_name = _("trouble")
        verbose_name_plural = _("troubles")
        ordering = ["-began_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind"], condition=Q(ended_at=None), name="trouble_once"),
        ]

    def __str__(self) -> str:
        return f"{localtime(self.began_at):%Y-%m-%d %H:%M}"
