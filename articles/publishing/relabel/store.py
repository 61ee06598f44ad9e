"""Issue the editions of a relabel, many in one transaction: the same rows as `releasing` makes, in bulk.

`published_at` and "updated" stay; a live release ends now and its successor begins, a scheduled one is replaced whole.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.db import connection
from django.db.models import F, Max

from ...editions import Prepared, edition_row, form_row, mention_rows, store_forms
from ...editions.uses import note_issued
from ...models import Correction, Edition, Mention, Release, StaffId
from .. import record
from .compare import Compared, Scopes
from .touched import touch_changed

Change = tuple[Release, Prepared]


def store_changes(compared: Sequence[Compared], scopes: Scopes, at: datetime, staff: StaffId | None) -> int:
    """Store the new editions and releases of those that changed; return how many. In the caller's transaction."""
    changes = [(one.release, one.prepared) for one in compared if one.prepared is not None]
    if not changes:
        return 0
    forms = [form_row(prepared.form.html) for _release, prepared in changes]
    store_forms(forms)
    editions = store_editions(changes, at, staff)
    pairs = [(release, edition) for (release, _prepared), edition in zip(changes, editions, strict=True)]
    end_old([release for release, _prepared in changes], at)
    hand_on_corrections(pairs, at)
    begun = [
        successor(release, edition, form.sha256, at)
        for (release, _prepared), edition, form in zip(changes, editions, forms, strict=True)
    ]
    Release.objects.bulk_create(begun)
    record.append_many(list(record_lines(changes, begun, at)), written_at=at, staff_code=staff.code if staff else "")
    touch_changed(pairs, scopes, at)
    return len(changes)


def store_editions(changes: Sequence[Change], at: datetime, staff: StaffId | None) -> list[Edition]:
    """Store the editions with their rubrics and mentions."""
    articles = {release.article_id for release, _prepared in changes}
    rows = Edition.objects.filter(article_id__in=articles).values_list("article_id").annotate(last=Max("number"))
    numbers: dict[int, int] = dict(rows)
    editions = []
    for release, prepared in changes:
        numbers[release.article_id] += 1
        number, authors = numbers[release.article_id], release.edition.author_ids
        editions.append(edition_row(release.article_id, number, prepared, at=at, staff=staff, author_ids=authors))
    Edition.objects.bulk_create(editions)
    issued = [(edition, prepared) for edition, (_release, prepared) in zip(editions, changes, strict=True)]
    file_alike(
        (release.edition_id, edition.pk) for (release, _prepared), edition in zip(changes, editions, strict=True)
    )
    Mention.objects.bulk_create(mention_rows(issued))
    note_issued(editions)
    return editions


def file_alike(editions: Iterable[tuple[int, int]]) -> None:
    """File editions under the regions and topics of those they follow: pairs of ids, old and new."""
    pairs = [pk for pair in editions for pk in pair]
    followed = ", ".join(["(%s, %s)"] * (len(pairs) // 2))
    with connection.cursor() as cursor:
        for table, column in (("articles_edition_regions", "region_id"), ("articles_edition_topics", "topic_id")):
            cursor.execute(
                f"WITH pairs (old, new) AS (VALUES {followed}) INSERT INTO {table} (edition_id, {column}) "  # noqa: S608
                f"SELECT pairs.new, filed.{column} FROM pairs JOIN {table} filed ON filed.edition_id = pairs.old",
                pairs,
            )


def is_live(release: Release, at: datetime) -> bool:
    return release.live_at <= at


def end_of(release: Release, at: datetime) -> datetime:
    """Return when the release ends that is replaced at `at`: a live one now, a scheduled one before it begins."""
    return at if is_live(release, at) else release.live_at


def end_old(releases: Sequence[Release], at: datetime) -> None:
    """End the releases that are replaced, the live and the scheduled ones with a statement each."""
    live = [release.pk for release in releases if is_live(release, at)]
    waiting = [release.pk for release in releases if not is_live(release, at)]
    if live:
        Release.objects.filter(pk__in=live).update(ended_at=at, ending="superseded", counted=False)
    if waiting:
        Release.objects.filter(pk__in=waiting).update(ended_at=F("live_at"), ending="cancelled", counted=False)


def hand_on_corrections(pairs: Iterable[tuple[Release, Edition]], at: datetime) -> None:
    """Tie the corrections of scheduled editions that are replaced to those that follow: readers see only those."""
    for release, edition in pairs:
        if release.edition.corrections and not is_live(release, at):
            Correction.objects.filter(edition=release.edition_id).update(edition=edition)


def successor(release: Release, edition: Edition, form_sha256: str, at: datetime) -> Release:
    """Return the release that follows: it ends when the old one would have, and takes its place in the counts."""
    return Release(
        article_id=release.article_id,
        edition=edition,
        form_id=form_sha256,
        language=release.language,
        category_id=release.category_id,
        published_at=release.published_at,
        published_date=release.published_date,
        issued_at=at,
        live_at=max(release.live_at, at),
        ended_at=release.ended_at,
        ending=release.ending,
        embargo_until=release.embargo_until,
        announced_at=at if release.announced_at else None,
        counted=release.counted,
        indexed_as=release.indexed_as,
    )


def record_lines(changes: Sequence[Change], begun: Sequence[Release], at: datetime) -> Iterator[record.RecordLine]:
    """Yield what the record says: the end of the old release, the begin of the new one, and its end if it is known."""
    for (release, _prepared), new in zip(changes, begun, strict=True):
        old_digest = release.edition.register_version.digest
        yield record.RecordLine("end", release, end_of(release, at), old_digest)
        yield record.RecordLine("begin", new, new.live_at, new.edition.register_version.digest)
        if new.ended_at is not None:
            yield record.RecordLine("end", new, new.ended_at, new.edition.register_version.digest)
