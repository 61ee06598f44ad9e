"""Which photos readers may see: those that a live release shows."""

from datetime import datetime

from articles.models import Release


def is_photo_shown(web_name: str, at: datetime) -> bool:
    """True if a release that is live at `at` shows the photo; `web_name` as in `Photo.web`."""
    live = Release.objects.live(at)
    on_top = live.filter(edition__photo__web=web_name)
    # Nearly always an article that still uses the photo: found by an index, before all editions are read.
    found_soon = (
        on_top.filter(article__lead_photo__web=web_name),
        live.filter(edition__figure_rows__photo__web=web_name),
    )
    return any(some.exists() for some in (*found_soon, on_top))
