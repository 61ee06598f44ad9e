"""What is made of a photo's web size for readers, smaller files in newer formats and crops: a row for each web file."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .fields import CharField
from .work import BackOff, Work, WorkQuerySet

FOLDER = "renditions"  # in the media folder: they can be made again, so that no backup holds them


class RenditionQuerySet(WorkQuerySet, models.QuerySet["Rendition"]):
    def due(self, at: datetime) -> Self:
        """Free rows of which not all is made that is wanted."""
        return self.exclude(made=F("wanted")).free(at)


class Rendition(Work):
    """The renditions of a web file, `web` as in `Photo.web`, whoever shows it: they are made together.

    `wanted`: what is to be made, as one line (`photos.places.wanted`); `made`: what has been. The row is due while they
    differ. `files`: list of {place, width, height, format, name, bytes} with `place` and `format` as in
    `photos.places`, `name` below the folder of the web file; what was made last stands until the next is. `sha256`:
    of the web file that they were made of. `size`: of all files, in bytes.
    """

    BACK_OFF = BackOff(first=timedelta(minutes=1), longest=timedelta(hours=6))

    web = CharField(_("web file"), max_length=120, unique=True, editable=False)
    wanted = CharField(max_length=200, editable=False)
    made = CharField(max_length=200, blank=True, default="", editable=False)
    sha256 = CharField(max_length=64, blank=True, default="", editable=False)
    files = models.JSONField(default=list, editable=False)
    size = models.PositiveBigIntegerField(_("bytes"), default=0, editable=False)
    made_at = models.DateTimeField(_("made"), null=True, editable=False)

    objects = RenditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("renditions of a photo")
        verbose_name_plural = _("renditions of photos")
        indexes = [models.Index(fields=["id"], condition=~Q(made=F("wanted")), name="rendition_due")]

    def __str__(self) -> str:
        return self.web
