"""What is asked of single pages: those that stand at an address, what stands beneath them, corrections, the frame."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from itertools import product
from typing import Any
from uuid import UUID

from articles.models import (
    Address,
    Category,
    Page,
    Photo,
    PhotoFile,
    RegisterVersion,
    Release,
    Site,
)
from articles.shown import (
    beneath,
    corrections,
    frame,
    photo_ends,
    sitemap,
    standing,
)
from articles.shown.sql import to_data, to_day, to_moment, to_moment_or_none
from articles.shown.where import Where, where

from . import plain
from .asking import AT_ONCE, FEW, MONTHS, Question, comparable
from .draws import DAY, HOUR, NOW
from .plain import Plain


def of_sitemap(known: Plain) -> Iterator[Question]:
    since = known.at - 20 * HOUR
    for shape in (("", None, None), *(("", *period) for period in MONTHS)):
        held = plain.newest(one for one in known.live if plain.chosen(*shape)(one))
        yield Question(
            "sitemap", str(shape), asked_sitemap(where(*shape), known.at, since),
            [(one.language, one.published_date, one.published_at, one.edition.slug, one.edition.modified_at,
              one.edition.headline if one.published_at > since else None, one.edition.marks, one.edition.dated_marks,
              one.edition.corrections) for one in held],
        )  # fmt: skip


def asked_sitemap(shown: Where, at: datetime, since: datetime) -> Callable[[], Any]:
    return lambda: [
        (row.language, to_day(row.published_date), to_moment(row.published_at), row.slug,
         to_moment_or_none(row.modified_at), row.headline, to_data(row.marks), to_data(row.dated_marks),
         to_data(row.corrections))
        for row in sitemap.listed(shown, at, since)
    ]  # fmt: skip


def of_standing(known: Plain) -> Iterator[Question]:
    every = list(Address.objects.select_related("article").order_by("pk"))
    asked = [("en", NOW.date(), "never"), *((one.language, one.date, one.slug) for one in every)]
    expected = [plain.story(known, one.article, number=n + 1, current=one.current) for n, one in enumerate(every)]
    yield Question("standing", "all", asked_standing(asked, known.at), expected)
    for one, row in zip(asked[1:], expected, strict=True):
        yield Question("standing", str(one), asked_standing([one], known.at), [(0, *row[1:])])


def of_history(known: Plain) -> Iterator[Question]:
    for article in sorted({one.article_id for one in known.releases}):
        yield Question("history", str(article), asked_history(article, known.at), plain.history(known, article))


def asked_standing(asked: list[tuple[str, date, str]], at: datetime) -> Callable[[], Any]:
    def ask() -> list[tuple[Any, ...]]:
        rows = sorted(standing.read(asked, at), key=lambda row: row.number)
        return [
            tuple(
                row._replace(
                    current=bool(row.current),
                    listed_at=to_moment_or_none(row.listed_at),
                    listed_on=row.listed_on and to_day(row.listed_on),
                    published_at=to_moment_or_none(row.published_at),
                    modified_at=to_moment_or_none(row.modified_at),
                    form=None if row.form is None else bytes(row.form),
                    waits=bool(row.waits),
                    gone=sorted(map(int, row.gone.split(","))) if row.gone else [],
                    **{name: to_data(getattr(row, name)) for name in JSON},
                )
            )
            for row in rows
        ]

    return ask


JSON = ("photo", "bylines", "origin", "corrections", "marks", "ledger")


def asked_history(article: int, at: datetime) -> Callable[[], Any]:
    return lambda: {
        (row.language, to_day(row.published_date), row.slug, row.ending, to_moment_or_none(row.ended_at))
        for row in standing.history(article, at)
    }


def of_beneath(known: Plain) -> Iterator[Question]:
    """Each release may be asked about as if it were what stands there: an act may come between two statements."""
    expected = {one: plain.beneath(known, one) for one in known.releases}
    by_id = {one.pk: plain.line(one) for one in known.releases}
    for start in range(0, len(known.releases), AT_ONCE):
        some = known.releases[start : start + AT_ONCE]
        for size in (-1, 0, beneath.MANY):
            yield Question(
                "beneath",
                f"{start} {size}",
                asked_beneath(some, known.at, size, by_id),
                [expected[one] | sized(known, one, size) for one in some],
            )
    for one in known.releases:
        yield Question(
            "beneath", str(one), asked_beneath([one], known.at, -1, by_id), [expected[one] | sized(known, one, -1)]
        )


def sized(known: Plain, one: Release, given: int) -> dict[str, int]:
    """Return the size of a page's topic as the statement tells it: counted, but no further than `MANY`, or given."""
    topic = plain.first_topic(one)
    return {"size": min(known.sizes[topic], beneath.MANY) if given < 0 else given}


def asked_beneath(some: list[Release], at: datetime, size: int, lines_of: dict[int, Any]) -> Callable[[], Any]:
    def ask() -> list[dict[str, Any]]:
        found = beneath.read([page_of(one, size) for one in some], at, counted=size < 0)
        assert {pk: comparable(row) for pk, row in found.lines.items()} == {
            pk: lines_of[pk] for pks in found.releases.values() for pk in pks
        }
        return [answers_of(found, number) for number in range(len(some))]

    return ask


def page_of(one: Release, size: int) -> beneath.PageValues:
    moment = one.published_at
    return beneath.PageValues(
        language=one.language,
        moment=moment,
        own=one.article_id,
        day=one.published_date,
        from_day=one.published_date - DAY,
        from_moment=moment - beneath.DAY,
        to_moment=moment + beneath.DAY,
        topic=plain.first_topic(one),
        size=size,
        root=plain.root_of(one.article),
        edition=one.edition_id,
    )


def answers_of(found: beneath.Found, number: int) -> dict[str, Any]:
    def ids(*tags: str) -> list[int]:
        return sorted(pk for tag in tags for pk in found.releases.get((number, tag), ()))

    def filed(tag: str) -> list[tuple[Any, ...]]:
        rows = found.answers.get((number, tag), ())
        return sorted((row.number, row.rubric, row.slug, row.name_en, row.name_ru) for row in rows)

    [change], [size] = found.answers[number, "change"], found.answers[number, "size"]
    return {
        "size": size.number,
        **{tag: ids(tag) for tag in ("news", "earlier", "later", "translation")},
        "related": ids("related", "rare"),
        "follow-up": ids("follow-up", "rare follow-up"),
        "change": to_moment_or_none(change.moment),
        "region": filed("region"),
        "topic": filed("topic"),
    }


def of_corrections(known: Plain) -> Iterator[Question]:
    for language in ("en", "ru"):
        whole = plain.corrections(known, language, 99, None)
        places = [None, (NOW + 99 * DAY, 1), (NOW - 9999 * DAY, 1), *((row[-2], row[-4]) for row in whole)]
        for place, is_newer in product(places, (False, True)):
            expected = plain.corrections(known, language, FEW, place, is_newer=is_newer)
            asked = asked_log(language, known.at, place, is_newer=is_newer)
            yield Question("corrections", f"{language} {place} {is_newer}", asked, expected)


def asked_log(language: str, at: datetime, place: tuple[datetime, int] | None, *, is_newer: bool) -> Callable[[], Any]:
    return lambda: [
        (*comparable(line), row.pk, row.kind, to_moment(row.made_at), UUID(str(row.guid)))
        for line, row in corrections.public(language, at, FEW, place, is_newer=is_newer)
    ]


def of_frame(_known: Plain) -> Iterator[Question]:
    site, pages = Site.objects.filter(pk=1).first(), {one.path: one for one in Page.objects.all()}
    applied = RegisterVersion.objects.exclude(applied_at=None).order_by("applied_at", "number").last()
    rubrics = [(one.pk, one.slug, one.name_en, one.name_ru) for one in Category.objects.all()]
    for path in (*pages, "/en/never/"):
        page = pages.get(path)
        head = (
            *([getattr(site, name) for name in SITE] if site else [None] * len(SITE)),
            site.publisher.key if site and site.publisher else None,
            *((applied.pk, applied.digest) if applied else (None, None)),
            *([getattr(page, name) for name in PAGE] if page else [None] * len(PAGE)),
        )
        head = (*head, Photo.objects.exclude(rights_until=None).exists())
        expected = [(*head, *rubric) for rubric in rubrics or [(None,) * 4]]
        yield Question("frame", path, asked_frame(path), expected)


SITE = ("name_en", "name_ru", "tagline_en", "tagline_ru", "time_zone", "glyphs", "mentions", "languages")
PAGE = ("pk", "generation", "file_hash", "dirty_since", "next_change_at", "content_type")


def asked_frame(path: str) -> Callable[[], Any]:
    return lambda: [
        tuple(
            row._replace(
                dirty_since=to_moment_or_none(row.dirty_since),
                next_change_at=to_moment_or_none(row.next_change_at),
                photos_end=bool(row.photos_end),
            )
        )
        for row in frame.around(path)
    ]


def of_photo_ends(_known: Plain) -> Iterator[Question]:
    files = {one.web: one for one in Photo.objects.all()}
    files |= {one.web: one.photo for one in PhotoFile.objects.select_related("photo")}
    for names in (sorted(files) or ["none.jpg"], ["none.jpg"], *([one] for one in sorted(files))):
        known = {(web, files[web].rights_until) for web in names if web in files and files[web].rights_until}
        yield Question("photo_ends", str(names), asked_ends(names), known)


def asked_ends(names: list[str]) -> Callable[[], Any]:
    return lambda: {(row.web, to_moment(row.rights_until)) for row in photo_ends.read(names)}


# Which of these ask which statements.
