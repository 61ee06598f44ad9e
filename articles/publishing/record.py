"""The publication record: each begin and end of a release, chained by hash, so that a change can be shown.

A line's hash covers the hash before it; `verify` recomputes the chain and holds it against the releases and forms.
"""

import hashlib
import json
import zlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from django.db import connection

from ..models import PublicationRecord, ReadingForm, Release

GENESIS = "0" * 64
LOCK = 7206115


class Line(NamedTuple):
    """One begin or end to be written down."""

    act: str
    release: Release
    effective_at: datetime
    register_digest: str


def append(act: str, release: Release, *, effective_at: datetime, written_at: datetime, staff_code: str = "") -> None:
    """Write one line at the end of the chain, in the caller's transaction."""
    line = Line(act, release, effective_at, release.edition.register_version.digest)
    append_many([line], written_at=written_at, staff_code=staff_code)


def append_many(lines: Sequence[Line], *, written_at: datetime, staff_code: str = "") -> None:
    """Write lines at the end of the chain under one lock, in the caller's transaction."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    last = PublicationRecord.objects.order_by("-number").first()
    number, previous = (last.number, last.hash) if last else (0, GENESIS)
    rows = []
    for line in lines:
        number += 1
        row = PublicationRecord(
            number=number,
            act=line.act,
            article_id=line.release.article_id,
            release=line.release,
            effective_at=line.effective_at,
            form_sha256=line.release.form_id,
            register_digest=line.register_digest,
            staff_code=staff_code,
            written_at=written_at,
            previous_hash=previous,
        )
        row.hash = previous = line_hash(row)
        rows.append(row)
    PublicationRecord.objects.bulk_create(rows)


def line_hash(line: PublicationRecord) -> str:
    """Return the SHA-256 of a line's content and of the hash before it."""
    content = [
        line.number,
        line.act,
        line.article_id,
        line.release_id,
        stamp(line.effective_at),
        line.form_sha256,
        line.register_digest,
        line.staff_code,
        stamp(line.written_at),
        line.previous_hash,
    ]
    return hashlib.sha256(json.dumps(content, separators=(",", ":")).encode()).hexdigest()


def stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def verify(head: str | None = None) -> list[str]:
    """Return what is wrong with the record, a sentence each; nothing when it is whole.

    `head`: a hash printed earlier, which must still be in the chain.
    """
    return [*chain_problems(head), *release_problems(), *form_problems()]


def chain_problems(head: str | None) -> Iterator[str]:
    """Find changed, missing and reordered lines."""
    previous, expected, seen_head = GENESIS, 1, head is None
    for line in PublicationRecord.objects.order_by("number").iterator(chunk_size=2000):
        if line.number != expected:
            yield f"Line {expected} is missing: line {line.number} follows."
        if line.previous_hash != previous:
            yield f"Line {line.number} does not follow the line before it."
        if line.hash != line_hash(line):
            yield f"Line {line.number} was changed."
        previous, expected = line.hash, line.number + 1
        seen_head = seen_head or line.hash == head
    if not seen_head:
        yield f"The head {head} is not in the record: it was shortened or rewritten."


def release_problems() -> Iterator[str]:
    """Find releases whose begin or end has no line, or a line of another reading form."""
    lines: dict[int, list[PublicationRecord]] = {}
    for line in PublicationRecord.objects.order_by("number").iterator(chunk_size=2000):
        lines.setdefault(line.release_id, []).append(line)
    for release in Release.objects.order_by("pk").iterator(chunk_size=2000):
        own = lines.get(release.pk, [])
        if not own or own[0].act != "begin" or own[0].effective_at != release.live_at:
            yield f"Release {release.pk} has no line for its begin."
            continue
        if any(line.form_sha256 != release.form_id for line in own):
            yield f"Release {release.pk} shows another reading form than was recorded."
        ended_at = own[-1].effective_at if own[-1].act == "end" else None
        if ended_at != release.ended_at:
            yield f"Release {release.pk} ends at another time than was recorded."


def form_problems() -> Iterator[str]:
    """Find reading forms whose bytes are not those of their hash."""
    for form in ReadingForm.objects.order_by("pk").iterator(chunk_size=200):
        try:
            body = zlib.decompress(bytes(form.body))
        except zlib.error:
            yield f"Reading form {form.sha256} cannot be read."
            continue
        if hashlib.sha256(body).hexdigest() != form.sha256:
            yield f"Reading form {form.sha256} was changed."
