"""What readers see in a language, as far as lists depend on it: for who asks for every page, or those of a period."""

from datetime import date, datetime
from functools import cached_property

from django.db.models import Count

from articles.models import KINDS, Release
from articles.models.release import ReleaseQuerySet


class Live:
    """What is live at `at` in a language, of all days or from `first` to `last`; each thing is asked for once, however
    many kinds of pages want it."""

    def __init__(self, language: str, at: datetime, first: date = date.min, last: date = date.max) -> None:
        self.language = language
        self.at = at
        self.first = first
        self.last = last

    @property
    def everything(self) -> ReleaseQuerySet:
        """The releases of all days, in no order."""
        return Release.objects.live(self.at).filter(language=self.language).order_by()

    @property
    def releases(self) -> ReleaseQuerySet:
        """The releases of the days asked for, in no order."""
        if (self.first, self.last) == (date.min, date.max):
            return self.everything
        return self.everything.filter(published_date__range=(self.first, self.last))

    @cached_property
    def days(self) -> dict[date, int]:
        """How many articles each day has, in their order; days without are left out."""
        days = self.releases.values_list("published_date").order_by("published_date")
        return dict(days.annotate(total=Count("id")))

    @cached_property
    def rubrics(self) -> list[tuple[str, str]]:
        """Every rubric, with articles or without: kind and address part."""
        slugs = {name: kind.model.objects.values_list("slug", flat=True) for name, kind in KINDS.items()}
        return [(name, slug) for name in slugs for slug in slugs[name]]
