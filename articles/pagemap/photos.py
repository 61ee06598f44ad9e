"""Which photos readers may see: those that a live release shows."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from articles.models import Edition, EditionFigure, Release
from articles.models.edition import PhotoWeb
from articles.models.release import ReleaseQuerySet


def editions_showing(web_names: Collection[str]) -> QuerySet[Edition, int]:
    """Return the keys of the editions that show one of these photos, on top or in the text; names as in `Photo.web`."""
    on_top = Edition.objects.alias(shown=PhotoWeb("photo")).filter(shown__in=web_names).values_list("pk", flat=True)
    in_text = EditionFigure.objects.filter(web__in=web_names).values_list("edition", flat=True)
    return on_top.union(in_text)


def releases_showing(web_names: Collection[str], at: datetime) -> ReleaseQuerySet:
    """Return the releases that are live at `at` and show one of these photos."""
    return Release.objects.live(at).filter(edition__in=editions_showing(web_names))


def is_photo_shown(web_name: str, at: datetime) -> bool:
    """True if a release that is live at `at` shows the photo; `web_name` as in `Photo.web`."""
    return releases_showing([web_name], at).exists()
