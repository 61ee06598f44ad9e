"""Which photos readers may see: those that a live release shows, until their rights end."""

from datetime import datetime

from django.db.models import Q

from articles.models import Photo, Release


def is_photo_shown(web_name: str, at: datetime) -> bool:
    """True if a release that is live at `at` shows the photo; `web_name` as in `Photo.web`, or one that it had."""
    live = Release.objects.live(at).filter(edition__photo__web=web_name)
    # Nearly always an article that still uses the photo: found by an index, before all editions are read.
    shown = live.filter(article__lead_photo__web=web_name).exists() or live.exists()
    return shown and not has_ended(web_name, at)


def has_ended(web_name: str, at: datetime) -> bool:
    """True if the rights to the photo have ended by `at`."""
    end = photo_end(web_name)
    return end is not None and end <= at


def photo_end(web_name: str) -> datetime | None:
    """Return when the rights to the photo of this web size end, of one that it had before it was turned, too."""
    ends = Photo.objects.exclude(rights_until=None).filter(Q(web=web_name) | Q(former_files__web=web_name))
    return ends.values_list("rights_until", flat=True).first()
