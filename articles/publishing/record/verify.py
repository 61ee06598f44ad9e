"""Verify the record: every line against its hash and the line before it, every release, every edition's row, every
reading form with its photo.

Each check is one query read as a stream: memory does not grow with the archive, but for sixteen bytes of each photo,
and acts in the meantime do no harm.
"""

import hashlib
import zlib
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain, groupby, islice
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef

from ...models import Article, DayHead, Edition, PublicationRecord, ReadingForm, RegisterVersion, Release
from .chain import COLUMNS, GENESIS, content_hash
from .files import Pictures
from .rows import row_problems

MOST = 1000  # problems that are listed: a record rewritten from its first line on has as many as lines
ROWS = 2000
FORMS = 200
PARTS: tuple[tuple[str, str, Any], ...] = (
    ("article", "article_id", Article),
    ("edition", "edition_id", Edition),
    ("register version", "edition__register_version_id", RegisterVersion),
    ("reading form", "form_id", ReadingForm),
)


def verify(head: str | None = None) -> list[str]:
    """Return what is wrong with the record, a sentence each, at most MOST; nothing when it is whole.

    `head`: a hash printed earlier, which must still be in the chain.
    """
    found = chain(
        chain_problems(head), release_problems(), lost_releases(), lost_parts(), row_problems(), form_problems()
    )
    problems = list(islice(found, MOST + 1))
    return problems if len(problems) <= MOST else [*problems[:MOST], "And more: the list ends here."]


def chain_problems(head: str | None) -> Iterator[str]:
    """Find changed, missing and reordered lines, and heads of days that are no longer in the chain."""
    heads: dict[int, list[DayHead]] = defaultdict(list)  # several of a line, where a clock was ahead
    for kept in DayHead.objects.all():
        heads[kept.number].append(kept)
    wanted = head.strip().lower() if head is not None else None
    previous, expected, seen_head = GENESIS, 1, wanted is None
    lines = PublicationRecord.objects.order_by("number").values_list(*COLUMNS, "hash")
    for *content, line_hash in lines.iterator(chunk_size=ROWS):
        number, before = content[0], content[-1]
        if number != expected:
            yield missing(expected, number)
        if before != previous:
            yield f"Line {number} does not follow the line before it."
        if line_hash != content_hash(*content):
            yield f"Line {number} was changed."
        for kept in heads.pop(number, ()):
            if kept.hash != line_hash:
                yield f"The head of {kept.date} is not line {number}: the record was rewritten."
        previous, expected = line_hash, number + 1
        seen_head = seen_head or line_hash == wanted
    for kept in chain.from_iterable(heads.values()):
        yield f"The head of {kept.date}, line {kept.number}, is not in the record: it was shortened."
    if not seen_head:
        yield f"The head {head} is not in the record: it was shortened or rewritten."


def missing(expected: int, number: int) -> str:
    if number == expected + 1:
        return f"Line {expected} is missing: line {number} follows."
    return f"Lines {expected} to {number - 1} are missing: line {number} follows."


class RecordedRelease(NamedTuple):
    """A release beside one of its lines; the line's values are None for a release without any."""

    release: int
    article: int
    live_at: Any
    ended_at: Any
    form: str
    register: str
    act: str | None
    line_article: int | None
    effective_at: Any
    line_form: str | None
    line_register: str | None


def release_problems() -> Iterator[str]:
    """Find releases whose begin or end has no line, or a line of another reading form."""
    rows = Release.objects.order_by("pk", "records__number").values_list(
        "pk",
        "article_id",
        "live_at",
        "ended_at",
        "form_id",
        "edition__register_version__digest",
        "records__act",
        "records__article_id",
        "records__effective_at",
        "records__form_sha256",
        "records__register_digest",
    )
    entries = map(RecordedRelease._make, rows.iterator(chunk_size=ROWS))
    for release, own in groupby(entries, key=lambda entry: entry.release):
        yield from one_release(release, list(own))


def one_release(release: int, entries: list[RecordedRelease]) -> Iterator[str]:
    """Hold a release against its lines, given in their order."""
    first, acts = entries[0], [entry for entry in entries if entry.act != "erase"]
    if first.act != "begin" or first.effective_at != first.live_at:
        yield f"Release {release} has no line for its begin."
        return
    if any(entry.line_form != entry.form for entry in entries):
        yield f"Release {release} shows another reading form than was recorded."
    if any(entry.line_register != entry.register for entry in entries):
        yield f"Release {release} was made by another register version than was recorded."
    if any(entry.line_article != entry.article for entry in entries):
        yield f"Release {release} is of another article than was recorded."
    ended_at = acts[-1].effective_at if acts[-1].act == "end" else None
    if ended_at != first.ended_at:
        yield f"Release {release} ends at another time than was recorded."


def lost_releases() -> Iterator[str]:
    """Find lines whose release is no longer there."""
    there = Release.objects.filter(pk=OuterRef("release_id"))
    lost = PublicationRecord.objects.filter(~Exists(there)).order_by("number").values_list("number", flat=True)
    for number in lost.iterator(chunk_size=ROWS):
        yield f"The release of line {number} is missing."


def lost_parts() -> Iterator[str]:
    """Find releases whose article, edition, register version or reading form is no longer there."""
    for name, column, part in PARTS:
        there = part.objects.filter(pk=OuterRef(column))
        lost = Release.objects.filter(~Exists(there)).order_by("pk").values_list("pk", column)
        for release, key in lost.iterator(chunk_size=ROWS):
            yield f"The {name} of release {release} is missing" + (f" ({key})." if key is not None else ".")


def form_problems() -> Iterator[str]:
    """Find reading forms whose bytes are not those of their hash, and are not recorded as erased."""
    gone, empty, pictures = erased_forms(), [], Pictures()
    forms = ReadingForm.objects.order_by("pk").values_list("pk", "body")
    for sha256, stored in forms.iterator(chunk_size=FORMS):
        if not stored:
            empty.append(sha256)
            continue
        if sha256 in gone:
            yield f"Reading form {sha256} was erased, and is there again."
        yield from body_problems(sha256, bytes(stored), pictures)
    # Asked again: an article may have been erased since then.
    for sha256 in sorted(set(empty) - erased_forms()):
        yield f"Reading form {sha256} is empty, and no line says that it was erased."


def body_problems(sha256: str, stored: bytes, pictures: Pictures) -> Iterator[str]:
    try:
        body = zlib.decompress(stored)
    except zlib.error:
        yield f"Reading form {sha256} cannot be read."
        return
    if hashlib.sha256(body).hexdigest() != sha256:
        yield f"Reading form {sha256} was changed."
    else:
        yield from pictures.problems(sha256, body)


def erased_forms() -> set[str]:
    """Return the hashes of the forms that were erased: no release shows them that was not erased itself."""
    lines = PublicationRecord.objects.filter(act="erase")
    shown = Release.objects.filter(form__in=lines.values("form_sha256")).exclude(pk__in=lines.values("release"))
    return set(lines.values_list("form_sha256", flat=True)) - set(shown.values_list("form_id", flat=True))
