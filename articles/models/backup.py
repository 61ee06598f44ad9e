"""A backup: when it was taken, how much is in it, whether it is whole."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from .fields import CharField, TextField
from .work import AHEAD


class BackupQuerySet(models.QuerySet["Backup"]):
    def whole(self) -> Self:
        """Those that were written to their end, read back, and taken away where a command is to do that."""
        return self.filter(ended_at__isnull=False, verified=True).exclude(sent=False)

    def by(self, at: datetime) -> Self:
        """Those that began by `at`, and not at a moment to come, by a clock that was ahead."""
        return self.filter(begun_at__lte=at + AHEAD)


class Backup(models.Model):
    """`name`: the archive's file. `size`: its bytes; `added`: those of media that were not in the folder before.
    `rows`: in all tables of the snapshot; `detail`: tables with theirs, the number of media files, the head of the
    record. `verified`: what was written was read back and is what should be. `sent`: what the command after it
    answered; null without one. `error`: why it is not whole, a sentence."""

    begun_at = models.DateTimeField(_("began"))
    ended_at = models.DateTimeField(_("ended"), null=True)
    name = CharField(_("file"), max_length=200, blank=True)
    size = models.PositiveBigIntegerField(_("bytes"), default=0)
    added = models.PositiveBigIntegerField(_("bytes of new media"), default=0)
    rows = models.PositiveBigIntegerField(_("rows"), default=0)
    verified = models.BooleanField(_("read back"), default=False)
    sent = models.BooleanField(_("taken away"), null=True)
    error = TextField(_("error"), blank=True)
    detail = models.JSONField(_("details"), default=dict)

    objects = BackupQuerySet.as_manager()

    class Meta:
        verbose_name = _("backup")
        verbose_name_plural = _("backups")
        ordering = ["-begun_at", "-pk"]
        indexes = [models.Index(fields=["begun_at"], name="backup_begun")]

    def __str__(self) -> str:
        return self.name or f"{localtime(self.begun_at):%Y-%m-%d %H:%M}"

    @property
    def is_whole(self) -> bool:
        """True for one that can be relied on."""
        return self.ended_at is not None and self.verified and self.sent is not False

    def end(self, at: datetime, **values: Any) -> None:
        """Write down how it ended."""
        for name, value in ({"ended_at": at} | values).items():
            setattr(self, name, value)
        self.save()
