"""One time line of an article: saved versions, editions with their releases and corrections, acts, lines of the record.

Each kind is read with one query for a page, however long the history is; the newest come first. A cursor names the last
row of a page, so that a page stays what it is while others are added before it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.db.models import Model, Q, QuerySet
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from articles.models import Article, ArticleVersion, Correction, Edition, Event, PublicationRecord, StaffId

from ...base import LONGEST_KEY, name_of
from ...record.event import KINDS, in_words
from .sides import moment

PAGE = 50
# Told by the versions and editions themselves.
TOLD = ("save", "restore", *(reason for reason, _label in Edition.REASONS))
# What everybody who sees the article may know; the rest, and the words written to each act, is the newsroom's log.
OPEN = ("state", "cancel", "withdrawal", "held", "erasure", "gate overridden")
RANKS = {ArticleVersion: 0, Edition: 1, Event: 2, PublicationRecord: 3}
MOMENTS = {ArticleVersion: "saved_at", Edition: "issued_at", Event: "at", PublicationRecord: "written_at"}


class HistoryCursor(NamedTuple):
    """Where a page ends: the last row's moment, the rank of its kind, its id."""

    at: datetime
    rank: int
    pk: int

    def __str__(self) -> str:
        return f"{self.at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}_{self.rank}_{self.pk}"


@dataclass(frozen=True)
class HistoryRow:
    """`kind`: version, edition, event or record. `key`: of the side that can be compared, "" for none. `number`: of a
    version, or of the record's line. `is_live`: readers see it now."""

    kind: str
    cursor: HistoryCursor
    what: str
    who: str
    details: tuple[str, ...] = ()
    key: str = ""
    number: int = 0
    pk: int = 0
    is_live: bool = False

    @property
    def at(self) -> datetime:
        return self.cursor.at


@dataclass(frozen=True)
class TimeLine:
    """`older`: the cursor of the next page, "" on the last one."""

    rows: tuple[HistoryRow, ...]
    older: str


def cursor_of(text: str) -> HistoryCursor | None:
    """Read a cursor; None for what is none, which is the first page."""
    parts = text.split("_")
    if len(parts) != 3 or not all(part.isdecimal() and len(part) <= LONGEST_KEY for part in parts[1:]):
        return None
    try:
        at = parse_datetime(parts[0])
    except ValueError:
        return None
    return HistoryCursor(at, int(parts[1]), int(parts[2])) if at is not None and at.tzinfo is not None else None


def time_line(
    article: Article, user: User, now: datetime, before: HistoryCursor | None, *, is_erased: bool
) -> TimeLine:
    """Return a page of what the user may know of the article's history, what comes before the cursor."""
    found: list[tuple[HistoryCursor, Model]] = []
    for rows in sources(article, user):
        found += first_of(rows, before)
    found.sort(key=lambda one: one[0], reverse=True)
    shown = found[:PAGE]
    older = str(shown[-1][0]) if len(found) > PAGE else ""
    return TimeLine(tuple(rows_of(article, shown, user, now, is_erased=is_erased)), older)


def sources(article: Article, user: User) -> Iterator[QuerySet[Any]]:
    """Yield the rows of each kind that the user may see, without the texts."""
    yield article.versions.defer("fields").select_related("saved_by__user")
    printed = article.editions.select_related("release", "issued_by__user")
    yield printed.only("article_id", "number", "reason", "issued_at", "issued_by__code", "issued_by__user", "release")
    events = article.events.exclude(kind__in=TOLD).select_related("staff__user")
    yield events if user.has_perm("articles.view_event") else events.filter(kind__in=OPEN)
    if user.has_perm("articles.view_publicationrecord"):
        yield article.records.select_related("release__edition").defer("release__edition__body")


def first_of(rows: QuerySet[Any], before: HistoryCursor | None) -> Iterator[tuple[HistoryCursor, Model]]:
    """Yield the newest rows before the cursor, one more than a page holds."""
    rank, at = RANKS[rows.model], MOMENTS[rows.model]
    if before is not None:
        earlier, same = Q(**{f"{at}__lt": before.at}), Q(**{at: before.at})
        if rank < before.rank:
            earlier |= same
        elif rank == before.rank:
            earlier |= same & Q(pk__lt=before.pk)
        rows = rows.filter(earlier)
    for row in rows.order_by(f"-{at}", "-pk")[: PAGE + 1]:
        yield HistoryCursor(getattr(row, at), rank, row.pk), row


def rows_of(
    article: Article, found: Sequence[tuple[HistoryCursor, Any]], user: User, now: datetime, *, is_erased: bool
) -> Iterator[HistoryRow]:
    """Yield the rows as they are shown, with what else has to be read for all of them."""
    rows = [row for _cursor, row in found]
    restored = restored_from(article, [row for row in rows if isinstance(row, ArticleVersion)])
    boxes = corrections_of(row for row in rows if isinstance(row, Edition))
    people = names_of(row.staff_code for row in rows if isinstance(row, PublicationRecord))
    for cursor, row in found:
        if isinstance(row, ArticleVersion):
            yield version_row(cursor, row, restored.get(row.number))
        elif isinstance(row, Edition):
            yield edition_row(cursor, row, boxes.get(row.pk, []), now, is_erased=is_erased)
        elif isinstance(row, Event):
            yield event_row(cursor, row, user)
        else:
            yield record_row(cursor, row, people)


def version_row(cursor: HistoryCursor, version: ArticleVersion, restored: int | None) -> HistoryRow:
    number = version.number
    what = _("Saved as version %(number)s") % {"number": number}
    if restored is not None:
        what = _("Version %(old)s brought back as version %(number)s") % {"old": restored, "number": number}
    return HistoryRow("version", cursor, what, name_of(version.saved_by), key=f"v{number}", number=number)


def edition_row(
    cursor: HistoryCursor, edition: Edition, boxes: list[Correction], now: datetime, *, is_erased: bool
) -> HistoryRow:
    what = _("Edition %(number)s: %(reason)s") % {"number": edition.number, "reason": edition.get_reason_display()}
    release = getattr(edition, "release", None)
    details = [period(release, now)] if release is not None else []
    details += [f"{box.get_kind_display()}: {box.text}" for box in boxes if box.text]
    is_live = release is not None and release.live_at <= now and (release.ended_at is None or release.ended_at > now)
    key = "" if is_erased else f"e{edition.number}"
    return HistoryRow("edition", cursor, what, name_of(edition.issued_by), tuple(details), key, is_live=is_live)


def period(release: Any, now: datetime) -> str:
    """Say from when to when readers see a release, and how it ended."""
    begin, end = moment(release.live_at), moment(release.ended_at)
    if release.ending == "cancelled":
        return _("was to go live %(begin)s; called off or replaced before") % {"begin": begin}
    if release.ended_at is None:
        text = _("public from %(begin)s on") if release.live_at <= now else _("goes live %(begin)s")
        return text % {"begin": begin}
    text = _("public %(begin)s – %(end)s") % {"begin": begin, "end": end}
    return f"{text}; {_('then withdrawn')}" if release.ending == "withdrawn" else text


def event_row(cursor: HistoryCursor, event: Event, user: User) -> HistoryRow:
    detail = event.detail if user.has_perm("articles.view_event") or event.kind == "state" else {}
    told = tuple(in_words(key, value) for key, value in detail.items() if value not in ("", None))
    return HistoryRow("event", cursor, str(KINDS.get(event.kind, event.kind)).capitalize(), name_of(event.staff), told)


def record_row(cursor: HistoryCursor, line: PublicationRecord, people: dict[str, str]) -> HistoryRow:
    what = _("Line %(number)s of the record: edition %(edition)s, %(act)s") % {
        "number": line.number,
        "edition": line.release.edition.number,
        "act": line.get_act_display(),
    }
    told = (_("holds from %(at)s") % {"at": moment(line.effective_at)}, f"SHA-256 {line.form_sha256[:12]}…")
    who = people.get(line.staff_code, line.staff_code) or name_of(None)
    return HistoryRow("record", cursor, what, who, told, number=line.number, pk=line.pk)


def restored_from(article: Article, versions: Sequence[ArticleVersion]) -> dict[int, int]:
    """Return for the numbers of versions that were brought back the numbers of those that they were."""
    if not versions:
        return {}
    moments = [version.saved_at for version in versions]
    events = article.events.filter(kind="restore", at__gte=min(moments), at__lte=max(moments))
    details = [event.detail for event in events.only("detail", "article_id")]
    return {one["version"]: one["restored"] for one in details if "version" in one and "restored" in one}


def corrections_of(editions: Iterable[Edition]) -> dict[int, list[Correction]]:
    found: dict[int, list[Correction]] = {}
    for box in Correction.objects.filter(edition__in=list(editions)).order_by("made_at", "pk"):
        found.setdefault(box.edition_id or 0, []).append(box)
    return found


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """Return the names of people by the pseudonyms that the record holds."""
    people = StaffId.objects.filter(code__in=set(codes) - {""}).select_related("user")
    return {one.code: name_of(one) for one in people}
