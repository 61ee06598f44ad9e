"""Which pages a relabel touches: those that show what changed of the article, and no others."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from ... import pagemap
from ...editions import days_of
from ...models import Edition, Release
from ...models.printed import row_of
from ...pagemap.addresses import article_path
from ..pages import drop_pages
from .compare import Scopes, load_filing


def touch_changed(changed: Sequence[tuple[Release, Edition]], scopes: Scopes, at: datetime) -> None:
    """Mark the pages dirty that show what changed: each the release as it was, and its new edition.

    The article's own stored page is dropped when the transaction commits, so that no reader gets it once the
    new marks are in force.
    """
    own: list[str] = []
    shown: list[Release] = []
    for release, edition in changed:
        own.append(article_path(release.language, release.published_date, edition.slug))
        marks = shown_elsewhere(edition)
        before = release.edition
        is_other = shown_elsewhere(before) != marks or other_days(before, edition)
        if is_other or (marks and scopes(release).concerns(marks)):
            shown.append(release)
    paths = pagemap.pages_with_text(release for release, _edition in changed)
    pagemap.touch(paths | pagemap.pages_showing(shown, at), at)
    drop_pages(own)


def touch_dated(releases: Sequence[Release], at: datetime) -> None:
    """Mark the pages dirty that show live releases whose marks depend on the day: one has come that may change them."""
    turning = [one for one in releases if one.edition.dated_marks and one.live_at <= at]
    load_filing(turning)
    pagemap.touch(pagemap.pages_showing(turning, at), at)


def shown_elsewhere(edition: Edition) -> list[dict[str, Any]]:
    """Return the marks of an edition that other pages show, on any day: of its teaser and of its corrections."""
    dated = (mark | {"since": period["since"]} for period in edition.dated_marks for mark in period["marks"])
    return [mark for mark in (*edition.marks, *dated) if is_elsewhere(mark["field"])]


def other_days(before: Edition, after: Edition) -> bool:
    """Say whether other marks begin to hold on other days than before."""
    return list(days_of(before.dated_marks)) != list(days_of(after.dated_marks))


def is_elsewhere(field: str) -> bool:
    row = row_of(field)
    return row is not None and row.is_elsewhere
