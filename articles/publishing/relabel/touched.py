"""Which pages a relabel touches: those that show what changed of the article, and no others."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from ... import pagemap
from ...models import Edition, Release
from ...pagemap.addresses import article_path, feed_path
from ...pagemap.pages import rubrics_of
from ..pages import drop_pages
from .compare import Scope

SHOWN_ELSEWHERE = ("headline", "summary", "correction_")


def touch_changed(changed: Sequence[tuple[Edition, Release]], scope: Scope, at: datetime) -> None:
    """Mark the pages dirty that show the changed editions (the old edition, the new release).

    The article's own stored page is dropped when the transaction commits, so that no reader gets it once the
    new marks are in force.
    """
    paths: set[str] = set()
    own: list[str] = []
    for old, release in changed:
        path = article_path(release.language, release.published_date, release.edition.slug)
        own.append(path)
        paths.add(path)
        marks = shown_elsewhere(release.edition)
        if shown_elsewhere(old) != marks or (marks and scope.concerns(marks)):
            paths |= pagemap.pages_of(release, at)
        else:
            paths.add(feed_path(release.language))
            paths.update(feed_path(release.language, kind, slug) for kind, slug in rubrics_of(release))
    pagemap.touch(paths, at)
    drop_pages(own)


def shown_elsewhere(edition: Edition) -> list[dict[str, Any]]:
    """Return the marks of an edition that other pages show: of its teaser and of its corrections."""
    return [mark for mark in edition.marks if mark["field"].startswith(SHOWN_ELSEWHERE)]
