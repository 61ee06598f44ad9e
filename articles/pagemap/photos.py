"""Which photos readers may see: those that a live release shows."""

from collections.abc import Collection
from datetime import datetime

from articles.models import Release
from articles.models.edition import PhotoWeb
from articles.models.release import ReleaseQuerySet


def releases_showing(web_names: Collection[str], at: datetime) -> ReleaseQuerySet:
    """Return the releases that are live at `at` and show one of these photos; names as in `Photo.web`."""
    return Release.objects.live(at).alias(shown=PhotoWeb("edition__photo")).filter(shown__in=web_names)


def is_photo_shown(web_name: str, at: datetime) -> bool:
    """True if a release that is live at `at` shows the photo; `web_name` as in `Photo.web`."""
    return releases_showing([web_name], at).exists()
