"""The front page as people have made it: which article stands in which place until when, and the breaking line.

A place that nobody fills, or whose article readers do not see there now, is filled by rule (`reader.front`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .fields import CharField
from .languages import LANGUAGES


@dataclass(frozen=True)
class PlaceKind:
    """A kind of places: so many of them on the page, or of each category. `is_ruled`: by rule one stands there when
    nobody has filled it."""

    name: str
    label: Any
    number: int
    of_category: bool = False
    is_ruled: bool = True


PLACE_KINDS = {
    kind.name: kind
    for kind in (
        PlaceKind("banner", _("banner"), 1, is_ruled=False),
        PlaceKind("lead", _("lead"), 1),
        PlaceKind("second", _("second lead"), 4),
        PlaceKind("box", _("box"), 1, of_category=True),
        PlaceKind("row", _("row of a block"), 3, of_category=True),
    )
}


class Spot(NamedTuple):
    """A place: which of its kind, from 0; `category`: the id of the one whose place it is, 0 of those of the page."""

    kind: str
    category: int
    position: int

    @property
    def key(self) -> str:
        """Its name for scripts and the log, such as "row.17.2"."""
        return f"{self.kind}.{self.category}.{self.position}"


def places(categories: Iterable[int]) -> Iterator[Spot]:
    """Yield every place of a front page with these categories (ids), in the order of the page."""
    for kind in PLACE_KINDS.values():
        if not kind.of_category:
            yield from (Spot(kind.name, 0, position) for position in range(kind.number))
    for category in categories:
        yield from places_of(category)


def places_of(category: int) -> Iterator[Spot]:
    """Yield the places of a category."""
    for kind in PLACE_KINDS.values():
        if kind.of_category:
            yield from (Spot(kind.name, category, position) for position in range(kind.number))


class FrontPage(models.Model):
    """What is said of a language's front page as a whole. `version`: how many acts have changed it; its row is the lock
    of these acts."""

    language = CharField(_("language"), max_length=2, choices=LANGUAGES, unique=True)
    version = models.PositiveIntegerField(_("version"), default=0)

    class Meta:
        verbose_name = _("front page")
        verbose_name_plural = _("front page")

    def __str__(self) -> str:
        return str(self.get_language_display())


class HoldingQuerySet(models.QuerySet[Any]):
    def holding(self, at: datetime) -> "HoldingQuerySet":
        """Those that hold at a moment; `shown.front` says the same in SQL."""
        return self.filter(Q(until=None) | Q(until__gt=at))


class FrontPlace(models.Model):
    """An article in a place of a language's front page. `position`: from 0, among the places of its kind;
    `category`: of a box or row, else None; `until`: the moment from which the rule fills the place again."""

    language = CharField(_("language"), max_length=2, choices=LANGUAGES)
    kind = CharField(_("kind"), max_length=8, choices=[(kind.name, kind.label) for kind in PLACE_KINDS.values()])
    category = models.ForeignKey("articles.Category", null=True, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField(_("position"))
    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="front_places")
    until = models.DateTimeField(_("holds until"), null=True)
    placed_by = models.ForeignKey("articles.StaffId", null=True, on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()

    objects = HoldingQuerySet.as_manager()

    class Meta:
        verbose_name = _("place on the front page")
        verbose_name_plural = _("places on the front page")
        ordering = ["language", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["language", "article"], name="front_place_article_once"),
            models.UniqueConstraint(
                fields=["language", "kind", "position"], condition=Q(category=None), name="front_place_once"
            ),
            models.UniqueConstraint(
                fields=["language", "kind", "category", "position"],
                condition=Q(category__isnull=False),
                name="front_place_of_category_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.place.key}: {self.article_id}"

    @property
    def place(self) -> Spot:
        return Spot(self.kind, self.category_id or 0, self.position)


class BreakingLine(models.Model):
    """The line above all else on a language's front page. `link`: an address of the site, or empty; `article`: the one
    that stands at the link: when readers do not see it, they do not see the line."""

    language = CharField(_("language"), max_length=2, choices=LANGUAGES, unique=True)
    text = CharField(_("text"), max_length=200)
    link = CharField(_("link"), max_length=300, blank=True)
    article = models.ForeignKey("articles.Article", null=True, on_delete=models.CASCADE, related_name="breaking_lines")
    until = models.DateTimeField(_("holds until"), null=True)
    placed_by = models.ForeignKey("articles.StaffId", null=True, on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()

    objects = HoldingQuerySet.as_manager()

    class Meta:
        verbose_name = _("breaking line")
        verbose_name_plural = _("breaking lines")

    def __str__(self) -> str:
        return self.text
