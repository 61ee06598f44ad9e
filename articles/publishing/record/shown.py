"""What a reader saw of an article at a moment: the recorded reading form, byte for byte, or why there is none."""

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from ...models import Article, Edition, Erasure, PublicationRecord, ReadingForm, Release

LISTED = 50


class NotShown(Exception):
    """There is nothing to show; the message says why: nothing was public, it was erased, it is not as recorded."""


@dataclass(frozen=True)
class Shown:
    """`form`: the bytes of the reading form; their SHA-256 is that of `lines`, what the record says of the release."""

    release: Release
    form: bytes
    lines: Sequence[PublicationRecord]


def moment_of(text: str, zone: ZoneInfo) -> datetime:
    """Read an ISO moment such as 2026-03-10T15:00; without an offset it is in the newsroom's zone.

    Raises ValueError, with the message to show, for what is no moment, or is two or none when clocks change.
    """
    try:
        moment = datetime.fromisoformat(text.strip())
        moment.replace(tzinfo=moment.tzinfo or zone).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ValueError(_("“%(text)s” is not a moment such as 2026-03-10T15:00.") % {"text": text}) from error
    if moment.tzinfo is not None:
        return moment
    first, second = (moment.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != moment:
        raise ValueError(_("There was no %(text)s: the clocks were put forward.") % {"text": text})
    raise ValueError(_("There were two moments %(text)s: add the offset, such as +03:00.") % {"text": text})


def shown(article: Article, at: datetime, *, now: datetime) -> Shown:
    """Return what readers saw of the article at `at`; raise NotShown when nothing was, or nothing is left."""
    if at > now:
        raise NotShown(_("This moment lies ahead: nobody has seen anything then."))
    release = article.releases.live(at).first()  # alone: without its form or edition it is a release all the same
    if release is None:
        recorded = recorded_then(article, at)
        if recorded is not None:
            raise NotShown(unlike_recorded(recorded))
        raise NotShown(_("Nothing of this article was public at that moment."))
    lines = list(release.records.order_by("number"))
    if any(line.act == "erase" for line in lines):
        raise NotShown(erased_then(release, article))
    form = recorded_bytes(release, lines)
    if not Edition.objects.filter(pk=release.edition_id).exists():
        raise NotShown(unlike_recorded(release.pk))
    return Shown(release, form, lines)


def recorded_then(article: Article, at: datetime) -> int | None:
    """Return the id of the release of which the record says that readers saw it at `at`; None without one."""
    periods: dict[int, tuple[datetime, datetime | None]] = {}
    lines = article.records.order_by("number").values_list("release_id", "act", "effective_at")
    for release, act, effective_at in lines:
        begun = periods[release][0] if release in periods else effective_at
        if act != "erase":
            periods[release] = (begun, effective_at if act == "end" else None)
    then = (pk for pk, (begun, ended) in periods.items() if begun <= at and (ended is None or ended > at))
    return next(then, None)


def unlike_recorded(release: int) -> str:
    return _("What is stored is not what was recorded for that moment (release %(number)s): verify the record.") % {
        "number": release
    }


def erased_then(release: Release, article: Article) -> str:
    erasure = Erasure.objects.filter(article=article).first()
    return _(
        "The article was public then and was erased on %(day)s: %(reason)s SHA-256 of the reading form: %(hash)s"
    ) % {
        "day": f"{erasure.made_at:%Y-%m-%d}" if erasure else "?",
        "reason": erasure.reason if erasure else "?",
        "hash": release.form_id,
    }


def recorded_bytes(release: Release, lines: Sequence[PublicationRecord]) -> bytes:
    """Return the stored form if it is the one that the record names; raise NotShown otherwise."""
    try:
        form = zlib.decompress(bytes(ReadingForm.objects.get(pk=release.form_id).body))
    except (ReadingForm.DoesNotExist, zlib.error):
        form = b""
    if not lines or {line.form_sha256 for line in lines} != {hashlib.sha256(form).hexdigest()}:
        raise NotShown(unlike_recorded(release.pk))
    return form


def public_periods(article: Article, now: datetime) -> list[Release]:
    """Return the releases that readers have seen, newest first, at most LISTED."""
    seen = article.releases.lasting().filter(live_at__lte=now)
    return list(seen.select_related("edition").defer("edition__body").order_by("-live_at")[:LISTED])
