"""Article pages that are not stored for now: a file behind a web server would outlive the time it is true for."""

from datetime import datetime

from articles.models import Address, Release


def withheld_paths(at: datetime) -> frozenset[str]:
    """Return the addresses of articles with a release that is scheduled, or begun and not yet announced."""
    waiting = Release.objects.filter(announced_at=None)
    waiting = waiting.scheduled(at) | waiting.live(at)
    articles = waiting.values("article_id")
    return frozenset(str(address) for address in Address.objects.filter(article_id__in=articles))
