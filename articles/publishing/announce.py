"""Announce releases that have begun: move the archive's counts and mark the pages that show them.

Readers see a release at its time without this; a crash delays a count or a stored list, never an article. Many that are
due at once are announced in ranges, each claimed by one worker, while the others store its pages; of those that fail
together each half is tried by itself, until the one that fails is found.
"""

import logging
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models import prefetch_related_objects

from .. import pagemap, search
from ..models import Release
from ..models.release import ReleaseQuerySet
from .counts import change_of, move_counts
from .pages import drop_pages, own_pages
from .stopping import is_stopping

LONGEST = 10.0  # seconds for one call: the next tick goes on
RANGE = 1000  # releases claimed and looked at together, so that the lists they share are marked once
TOGETHER = {"sqlite": 25, "postgresql": 50}  # of them in one transaction: SQLite has one writer, editors save too
logger = logging.getLogger(__name__)


def announce_due(at: datetime, *, seconds: float = LONGEST) -> int:
    """Announce the releases due at `at`, for about `seconds` at most; return how many were.

    One that fails delays no other: it is tried again later, ever more rarely, and its error stands in its row.
    """
    ends, done = time.monotonic() + seconds, 0
    while time.monotonic() < ends and not is_stopping() and (pks := claim(at)):
        done += announce_range(pks, at)
    return done


def claim(at: datetime) -> list[int]:
    """Claim a range of due releases that nobody holds, the earliest first; one that has failed before by itself."""
    with transaction.atomic():
        waiting = Release.objects.due(at).lock().order_by("live_at", "id").values_list("pk", flat=True)
        pks = list(waiting.filter(last_error="")[:RANGE]) or list(waiting[:1])
        Release.objects.filter(pk__in=pks).claim(at)
    return pks


def announce_range(pks: Sequence[int], at: datetime) -> int:
    """Announce the claimed releases, a few in each transaction; return how many were.

    The pages that show them are marked first, all at once: what is live at `at`, and so what they show, does not depend
    on what is announced, only whether an article's own page is stored does. That is marked with its release.
    """
    try:
        releases = list(whole(Release.objects.filter(pk__in=pks)))
        touched = [*releases, *followed_by(releases)]
        load_rubrics(touched)
        pagemap.touch(pagemap.pages_of_all(touched, at) - own_pages(releases), at)
    except Exception as error:
        return by_halves(pks, error, at, lambda some: announce_range(some, at))
    known, number = {release.pk for release in touched}, TOGETHER[connection.vendor]
    return sum(announce_some(releases[start : start + number], known, at) for start in range(0, len(releases), number))


def by_halves(pks: Sequence[int], error: Exception, at: datetime, again: Callable[[Sequence[int]], int]) -> int:
    """Try `again` with each half of those that fail together; note the error of one that fails alone."""
    if len(pks) == 1:
        logger.error("Release %s cannot be announced", pks[0], exc_info=error)
        Release.objects.filter(pk=pks[0]).failed(f"{type(error).__name__}: {error}", at)
        return 0
    logger.warning("Of %s due releases one fails; each half is announced by itself", len(pks), exc_info=error)
    half = len(pks) // 2
    return again(pks[:half]) + again(pks[half:])


def announce_some(releases: Sequence[Release], known: set[int], at: datetime) -> int:
    """Announce releases in one transaction; return how many were. `known`: those whose pages are marked."""
    pks = [release.pk for release in releases]
    try:
        with transaction.atomic():
            locked = Release.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=pks, announced_at=None)
            rows = locked.order_by("pk").values_list("pk", "ended_at", "ending")
            ends = {pk: (ended_at, ending) for pk, ended_at, ending in rows}
            due = [release for release in releases if release.pk in ends]
            for release in due:
                release.ended_at, release.ending = ends[release.pk]
            unforeseen = [release for release in announce(due, at) if release.pk not in known]
            pagemap.touch({*own_pages(due), *pagemap.pages_of_all(unforeseen, at)}, at)
            drop_pages(own_pages([*due, *unforeseen]))
    except Exception as error:
        return by_halves(
            pks, error, at, lambda some: announce_some([one for one in releases if one.pk in some], known, at)
        )
    return len(due)


def announce(releases: Sequence[Release], at: datetime) -> list[Release]:
    """Count the releases, stop counting those they follow, in the caller's transaction; return all of them.

    The caller marks their pages. One that has ended before it was announced changes nothing for those that began
    after it.
    """
    overtaken = overtaken_of(releases)
    live = [
        release
        for release in releases
        if release.pk not in overtaken and (release.ended_at is None or release.ended_at > at)
    ]
    followed = count_instead(releases, live)
    counted = {release.pk for release in live}
    # One change of each row: PostgreSQL checks the foreign keys of a row changed twice, and so waits at the commit for
    # whoever holds the article, and may be waiting for a count.
    Release.objects.filter(pk__in=counted).done(announced_at=at, counted=True)
    Release.objects.filter(pk__in={release.pk for release in releases} - counted).done(announced_at=at)
    for release in releases:
        release.announced_at, release.counted = at, release.pk in counted
    return [*releases, *followed]


def count_instead(begun: Sequence[Release], live: Sequence[Release], ended: Sequence[Release] = ()) -> list[Release]:
    """Stop counting the releases that those which have begun follow, and count those of them that are live, in the
    caller's transaction; return those that are followed. `ended`: what has been read already of what may be followed.
    """
    followed = followed_by(begun, ended)
    load_rubrics([*begun, *followed])
    move_counts(change_of(live, followed))
    search.recount((one.indexed_as for one in live), (one.indexed_as for one in followed))
    Release.objects.filter(pk__in=[release.pk for release in followed]).update(counted=False)
    return followed


def overtaken_of(releases: Sequence[Release]) -> set[int]:
    """Return the ids of those that an act has ended already, be it later than the moment that is announced: a tick
    goes on for a while, and an editor may be quicker."""
    ended = [release for release in releases if release.ended_at is not None]
    articles = {release.article_id for release in ended}
    begun = Release.objects.filter(article_id__in=articles, announced_at__isnull=False).order_by("live_at")
    last = dict(begun.values_list("article_id", "live_at")) if articles else {}
    return {
        release.pk
        for release in ended
        if release.ending == "withdrawn" or last.get(release.article_id, release.live_at) > release.live_at
    }


def followed_by(releases: Sequence[Release], read: Sequence[Release] = ()) -> list[Release]:
    """Return the counted releases of the same articles that begin no later than one of these. `read`: some that may be
    among them; whether they are counted is asked again, as a worker may have announced them since."""
    latest: dict[int, datetime] = {}
    for release in releases:
        latest[release.article_id] = max(release.live_at, latest.get(release.article_id, release.live_at))
    own = [release.pk for release in releases]
    counted = Release.objects.filter(article_id__in=latest, counted=True).exclude(pk__in=own)
    known, pks = {release.pk: release for release in read}, list(counted.values_list("pk", flat=True))
    missing = [pk for pk in pks if pk not in known]
    found = [known[pk] for pk in pks if pk in known] + list(whole(Release.objects.filter(pk__in=missing)))
    return [release for release in found if release.live_at <= latest[release.article_id]]


def whole(releases: ReleaseQuerySet) -> ReleaseQuerySet:
    """Return releases with what the page map and the counts ask of them but the rubrics, without the texts."""
    found = releases.select_related("edition", "article").defer("edition__body", "article__body")
    return found.order_by("live_at", "pk")


def load_rubrics(releases: Iterable[Release]) -> None:
    """Load the rubrics of those that have not been asked for them, of all at once.

    Joined to the few categories, SQLite would begin with them and read every release.
    """
    prefetch_related_objects(list(releases), "category", "edition__regions", "edition__topics")
