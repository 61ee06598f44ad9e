"""The chain: one line for each begin or end of a release; a line's hash covers the hash before it."""

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.db import connection

from ...models import PublicationRecord, RegisterVersion, Release
from ...shown.sql import adapted

GENESIS = "0" * 64
LOCK = 7206115
# What a line's hash covers, in this order.
COLUMNS = (
    "number",
    "act",
    "article_id",
    "release_id",
    "effective_at",
    "form_sha256",
    "register_digest",
    "staff_code",
    "written_at",
    "previous_hash",
)
TYPES = ("bigint", "text", "bigint", "bigint", "timestamptz", "text", "text", "text", "timestamptz", "text", "text")
INTO = f"INSERT INTO articles_publicationrecord ({', '.join(COLUMNS)}, hash)"
ROW = f"{INTO} VALUES ({', '.join(['%s'] * len(TYPES))})"
# A thousand rows as eleven arrays: psycopg takes its time over each placeholder.
ROWS = f"{INTO} SELECT * FROM unnest({', '.join(f'%s::{name}[]' for name in TYPES)})"  # noqa: S608


class RecordLine(NamedTuple):
    """One begin, end or erasure to be written down."""

    act: str
    release: Release
    effective_at: datetime
    register_digest: str


def append(act: str, release: Release, *, effective_at: datetime, written_at: datetime, staff_code: str = "") -> None:
    """Write one line at the end of the chain, in the caller's transaction."""
    digests = RegisterVersion.objects.values_list("digest", flat=True)  # without the compiled bytes
    line = RecordLine(act, release, effective_at, digests.get(pk=release.edition.register_version_id))
    append_many([line], written_at=written_at, staff_code=staff_code)


def append_many(lines: Sequence[RecordLine], *, written_at: datetime, staff_code: str = "") -> None:
    """Write lines at the end of the chain under one lock, in the caller's transaction."""
    if not lines:
        return
    lock_chain()
    last = PublicationRecord.objects.order_by("-number").values_list("number", "hash").first()
    number, previous = last or (0, GENESIS)
    rows = []
    for line in lines:
        number += 1
        release = line.release
        content = (
            number,
            line.act,
            release.article_id,
            release.pk,
            line.effective_at,
            release.form_id,
            line.register_digest,
            staff_code,
            written_at,
            previous,
        )
        previous = content_hash(*content)
        rows.append([adapted(value) for value in (*content, previous)])
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(ROWS, [list(column) for column in zip(*rows, strict=True)])
        else:
            cursor.executemany(ROW, rows)


def lock_chain() -> None:
    """Let nobody else write to the record until the caller's transaction ends; SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def line_hash(line: PublicationRecord) -> str:
    """Return the SHA-256 of a line's content and of the hash before it."""
    return content_hash(*(getattr(line, name) for name in COLUMNS))


def content_hash(*content: Any) -> str:
    """Return the SHA-256 of the values of a line's COLUMNS; moments are written in UTC."""
    values = [stamp(value) if isinstance(value, datetime) else value for value in content]
    return hashlib.sha256(json.dumps(values, separators=(",", ":")).encode()).hexdigest()


def stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
