"""Stored pages and the archive's counts."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .fields import CharField
from .languages import LANGUAGES
from .work import BackOff, Work, WorkQuerySet


class Bytewise(models.Func):
    """Text in the order of its code points, which is Python's, whatever the locale of the database is: rows that are
    locked in two orders make two transactions wait for one another."""

    template = "%(expressions)s"

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template='%(expressions)s COLLATE "C"', **context)


class PageQuerySet(WorkQuerySet, models.QuerySet["Page"]):
    def dirty(self, at: datetime) -> Self:
        """Pages to be stored anew: touched since, or whose time to change has come."""
        return self.filter(Q(dirty_since__isnull=False) | Q(next_change_at__lte=at))

    def in_order(self) -> "PageQuerySet":
        """By their addresses, as `touch` locks them: for whoever locks several."""
        return self.order_by(Bytewise("path"))

    def due(self, at: datetime) -> Self:
        """Dirty pages that are free."""
        return self.dirty(at).free(at)


class Page(Work):
    """`path`: the address, such as /en/2024/03/25/slug/. `dirty_since`: when it was touched last,
    while it waits to be stored. `generation`: raised by each touch; a bake puts a file
    only while the row still has the generation that it rendered. `file_hash`: SHA-256 of the stored file,
    empty while none is stored. `compressed_at`: when the stored file was last given its compressed copy, or
    found to need none; empty while it waits for that."""

    BACK_OFF = BackOff(first=timedelta(seconds=2), longest=timedelta(minutes=5))
    CLAIM_COUNTS = False  # `attempts` tells a page that has failed from one that only waits

    path = CharField(_("address"), max_length=300, unique=True)
    kind = CharField(_("kind"), max_length=20)
    article = models.ForeignKey(
        "articles.Article", verbose_name=_("article"), null=True, on_delete=models.CASCADE, related_name="pages"
    )
    generation = models.PositiveBigIntegerField(_("generation"), default=1)
    dirty_since = models.DateTimeField(_("waits since"), null=True)
    next_change_at = models.DateTimeField(_("next change"), null=True)
    file_hash = CharField(_("SHA-256 of the file"), max_length=64, blank=True, default="")
    content_type = CharField(_("content type"), max_length=60, blank=True, default="")
    stored_at = models.DateTimeField(_("stored at"), null=True)
    compressed_at = models.DateTimeField(_("compressed at"), null=True)

    objects = PageQuerySet.as_manager()

    class Meta:
        verbose_name = _("stored page")
        verbose_name_plural = _("stored pages")
        indexes = [
            models.Index(fields=["dirty_since", "id"], condition=Q(dirty_since__isnull=False), name="page_dirty"),
            models.Index(fields=["next_change_at"], condition=Q(next_change_at__isnull=False), name="page_next_change"),
            models.Index(
                fields=["stored_at"],
                condition=Q(stored_at__isnull=False, compressed_at__isnull=True),
                name="page_uncompressed",
            ),
        ]

    def __str__(self) -> str:
        return self.path


class Count(models.Model):
    """Announced releases of a day in a language: in all (`rubric` empty), or of one rubric (`category:slug`,
    `region:slug`, `topic:slug`)."""

    date = models.DateField()
    language = CharField(max_length=2, choices=LANGUAGES)
    rubric = CharField(max_length=80, blank=True, default="")
    number = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["language", "rubric", "date"], name="count_once")]
        # Sums over a rubric's days read this index alone.
        indexes = [models.Index(fields=["language", "rubric", "date", "number"], name="count_sums")]

    def __str__(self) -> str:
        return f"{self.date} {self.language} {self.rubric}: {self.number}"
