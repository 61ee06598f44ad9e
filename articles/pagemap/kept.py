"""Pages that are left to the application: it answers there, but no file is stored."""

from datetime import datetime

from articles.models import Release

from .addresses import Target, read_address
from .pages import in_rubric


def is_kept(path: str, at: datetime) -> bool:
    """True if a page that the application gives at `at` is to be stored.

    Not stored are the page of an article with a release that is scheduled, or begun and not yet announced (a file
    behind a web server would outlive the time it is true for), and periods of the archive without an article
    (whether they are pages at all depends on where the archive begins).
    """
    target = read_address(path)
    if target is None:
        return False
    if target.kind == "article":
        return not _waits(target, at)
    return not target.year or _has_articles(target, at)


def _waits(target: Target, at: datetime) -> bool:
    here = Release.objects.filter(
        announced_at=None,
        article__addresses__language=target.language,
        article__addresses__date=target.date,
        article__addresses__slug=target.slug,
    )
    return (here.scheduled(at) | here.live(at)).exists()


def _has_articles(target: Target, at: datetime) -> bool:
    releases = Release.objects.live(at).filter(language=target.language, published_date__year=target.year)
    if target.month:
        releases = releases.filter(published_date__month=target.month)
    if target.day:
        releases = releases.filter(published_date__day=target.day)
    if target.rubric:
        releases = releases.filter(in_rubric(target.rubric, target.slug))
    return releases.exists()
