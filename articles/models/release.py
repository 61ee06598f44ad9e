"""From when to when an edition is what readers see. Visibility is said here, once."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Case, F, Q, When
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from .fields import CharField
from .languages import LANGUAGES
from .work import BackOff, Work, WorkQuerySet

LASTING = Q(ended_at=None) | Q(ended_at__gt=F("live_at"))


class ReleaseQuerySet(WorkQuerySet, models.QuerySet["Release"]):
    """`shown.visible` says `live` to `waits` in SQL, for the statements written by hand; a test holds both together."""

    def live(self, at: datetime) -> "ReleaseQuerySet":
        """Releases that readers see at the moment `at`."""
        return self.filter(live_at__lte=at).filter(Q(ended_at=None) | Q(ended_at__gt=at))

    def was_public(self, at: datetime) -> "ReleaseQuerySet":
        """Releases that have begun by `at`, whether they have ended since or not, but for those that were cancelled."""
        return self.filter(live_at__lte=at).exclude(ending="cancelled")

    def begun(self, at: datetime) -> "ReleaseQuerySet":
        """Releases that readers see at `at` and the archive's counts do not hold yet, as no job has announced them."""
        return self.live(at).filter(announced_at=None, counted=False)

    def ahead(self, at: datetime) -> "ReleaseQuerySet":
        """Releases that will begin, or have begun and will end, by themselves after `at`; `moment` says when."""
        begins = Q(live_at__gt=at, announced_at=None) & LASTING
        ends = Q(ended_at__gt=at, live_at__lte=at)
        return self.filter(begins | ends).annotate(
            moment=Case(When(live_at__gt=at, then="live_at"), default="ended_at")
        )

    def waits(self, at: datetime) -> "ReleaseQuerySet":
        """Releases that are still to be announced, and are seen by readers at `at` or will be."""
        return self.not_ended(at).filter(announced_at=None)

    def lasting(self) -> "ReleaseQuerySet":
        """Releases whose period is not empty: neither cancelled nor ended where they begin."""
        return self.filter(LASTING)

    def scheduled(self, at: datetime) -> "ReleaseQuerySet":
        """Releases that begin after `at` and have not been cancelled."""
        return self.lasting().filter(live_at__gt=at)

    def not_ended(self, at: datetime) -> "ReleaseQuerySet":
        """Releases that readers see at `at` or will see: neither ended nor cancelled."""
        return self.lasting().filter(Q(ended_at=None) | Q(ended_at__gt=at))

    def due(self, at: datetime) -> Self:
        """Releases that have begun, were not yet announced, and are free."""
        return self.filter(LASTING, live_at__lte=at, announced_at=None).free(at)

    def for_reading(self) -> "ReleaseQuerySet":
        """With the edition's teaser columns and category, newest first; bodies are not loaded."""
        return (
            self.select_related("edition", "edition__category")
            .defer("edition__body")
            .order_by("-published_at", "-article_id")
        )


class Release(Work):
    """`language`, `category`, `published_at`, `published_date`: copied from the edition, so that lists need no join.
    `embargo_until`: copied from the article and checked here. `counted`: whether the archive's counts hold it.
    `indexed_as`: the number (`search.keys`) under which its words stand in the search index; a relabel keeps that of
    the edition it follows.
    Periods are half-open."""

    BACK_OFF = BackOff(first=timedelta(seconds=2), longest=timedelta(hours=1))

    ENDINGS = (
        ("", "not ended"),
        ("superseded", "superseded"),
        ("withdrawn", "withdrawn"),
        ("cancelled", "cancelled"),
    )

    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="releases")
    edition = models.OneToOneField("articles.Edition", on_delete=models.PROTECT, related_name="release")
    form = models.ForeignKey("articles.ReadingForm", on_delete=models.PROTECT)
    language = CharField(max_length=2, choices=LANGUAGES)
    category = models.ForeignKey("articles.Category", on_delete=models.PROTECT)
    published_at = models.DateTimeField()
    published_date = models.DateField()
    issued_at = models.DateTimeField()
    live_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ending = CharField(max_length=12, choices=ENDINGS, blank=True, default="")
    embargo_until = models.DateTimeField(null=True)
    announced_at = models.DateTimeField(null=True)
    counted = models.BooleanField(default=False, editable=False)
    indexed_as = models.BigIntegerField(editable=False)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        constraints = [
            models.UniqueConstraint(
                fields=["article"], condition=Q(ended_at=None), name="release_one_open_per_article"
            ),
            models.CheckConstraint(condition=Q(ended_at=None) | Q(ended_at__gte=F("live_at")), name="release_period"),
            models.CheckConstraint(condition=Q(live_at__gte=F("issued_at")), name="release_not_before_act"),
            models.CheckConstraint(
                condition=Q(embargo_until=None) | Q(live_at__gte=F("embargo_until")), name="release_embargo"
            ),
        ]
        indexes = [
            models.Index(fields=["language", "-published_at", "-article"], name="release_newest"),
            models.Index(fields=["language", "category", "-published_at", "-article"], name="release_category"),
            models.Index(fields=["language", "published_date"], name="release_day"),
            models.Index(fields=["live_at"], condition=Q(announced_at=None), name="release_unannounced"),
            models.Index(fields=["indexed_as"], name="release_indexed"),
            models.Index(fields=["ended_at"], condition=Q(ended_at__isnull=False), name="release_ended"),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} {localtime(self.live_at):%Y-%m-%d %H:%M}"
