"""Which photos readers may see: those that a live release shows, until their rights end."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q, QuerySet

from articles.models import Edition, EditionFigure, Photo, Release
from articles.models.edition import PhotoWeb
from articles.models.release import ReleaseQuerySet


def editions_showing(web_names: Collection[str]) -> QuerySet[Edition, int]:
    """Return the keys of the editions that show one of these photos, on top or in the text; names as in `Photo.web`, or
    ones that it had."""
    on_top = Edition.objects.alias(shown=PhotoWeb("photo")).filter(shown__in=web_names).values_list("pk", flat=True)
    in_text = EditionFigure.objects.filter(web__in=web_names).values_list("edition", flat=True)
    return on_top.union(in_text)


def releases_showing(web_names: Collection[str], at: datetime) -> ReleaseQuerySet:
    """Return the releases that are live at `at` and name one of these photos, also when their rights have ended."""
    return Release.objects.live(at).filter(edition__in=editions_showing(web_names))


def is_photo_shown(web_name: str, at: datetime) -> bool:
    """True if a release that is live at `at` shows the photo; `web_name` as in `Photo.web`, or one that it had."""
    return releases_showing([web_name], at).exists() and not has_ended(web_name, at)


def has_ended(web_name: str, at: datetime) -> bool:
    """True if the rights to the photo have ended by `at`."""
    end = photo_end(web_name)
    return end is not None and end <= at


def photo_end(web_name: str) -> datetime | None:
    """Return when the rights to the photo of this web size end, of one that it had before it was turned, too."""
    ends = Photo.objects.exclude(rights_until=None).filter(Q(web=web_name) | Q(former_files__web=web_name))
    return ends.values_list("rights_until", flat=True).first()
