"""Every question that the reader's statements answer, with what the plain rules say: asked at several moments of a
newsroom drawn at random, of each kind of list, of each address, of each article."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from articles.models import (
    KINDS,
    Address,
    BreakingLine,
    Category,
    Count,
    FrontPlace,
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
    facts,
    frame,
    front,
    lines,
    maps,
    photo_ends,
    sitemap,
    standing,
    turns,
)
from articles.shown.sql import to_data, to_day, to_moment, to_moment_or_none
from articles.shown.where import Where, where

from . import plain
from .draws import ASKED, DAY, HOUR, NOW
from .plain import Plain

MONTHS = (
    (date(2026, 3, 1), date(2026, 3, 31)),
    (date(2026, 2, 1), date(2026, 2, 28)),
    (date(2026, 1, 1), date(2026, 1, 31)),
)
YEARS = (date(2026, 1, 1), date(2026, 12, 31)), (date(2025, 1, 1), date(2025, 12, 31))
DAYS = (NOW.date(), NOW.date()), (NOW.date() - DAY, NOW.date() - DAY)
# Of articles with one kind of history.
OWN = ("region:to-be-followed", "topic:to-come", "region:to-come-later", "topic:far-ahead")
RUBRICS = (
    "category:law",
    "category:sea",
    "category:none",
    "region:north",
    "region:south",
    "topic:ice",
    "topic:fog",
    "topic:none",
    *OWN,
)
FEW = 4
EACH = 22  # of the articles that are drawn first, one with each history
MANY = 40  # more than the newest, so that of all kinds some stand in places
AT_ONCE = 7  # pages beneath which one statement looks


class Question(NamedTuple):
    """`statement`: its name, as in the comment at its head."""

    statement: str
    words: str
    ask: Callable[[], Any]
    expected: Any


def shapes() -> Iterator[tuple[Any, ...]]:
    """Yield the lists that pages are made of: language, first and last day, rubric."""
    yield "", None, None, ""
    for period in MONTHS:
        yield "", *period, ""
    for language in ("en", "ru"):
        for rubric in ("", *RUBRICS):
            yield language, None, None, rubric
            for period in MONTHS:
                yield language, *period, rubric
        for period in (*DAYS, *YEARS):
            yield language, *period, ""


def of_lists(known: Plain) -> Iterator[Question]:
    for shape in shapes():
        shown, held = where(*shape), [one for one in known.live if plain.chosen(*shape)(one)]
        walked = where(*shape, is_rare=False)
        for skipped in (0, 2):
            yield Question(
                "lines", f"newest {shape} {skipped}, walked", asked_lines(lines.newest, walked, known.at, skipped, FEW),
                [plain.line(one) for one in plain.newest(held)[skipped : skipped + FEW]],
            )  # fmt: skip
        if not shape[1]:
            yield from of_months(known, walked, held)
        places = [(skipped, FEW) for skipped in sorted({0, 3, max(0, len(held) - 2)})]
        for skipped, number in (*places, (0, len(held) + FEW)):
            cut, words = slice(skipped, skipped + number), f"{shape} {skipped} {number}"
            yield Question(
                "lines", f"newest {words}", asked_lines(lines.newest, shown, known.at, skipped, number),
                [plain.line(one) for one in plain.newest(held)[cut]],
            )  # fmt: skip
            yield Question(
                "lines", f"earliest {words}", asked_lines(lines.earliest, shown, known.at, skipped, number),
                [plain.line(one) for one in held[cut]],
            )  # fmt: skip


def of_months(known: Plain, shown: Where, held: list[Release]) -> Iterator[Question]:
    """Ask for what stands behind the first day of each month, where moments and days are in one order."""
    for month, _last in MONTHS:
        before = sum(one.published_date < month for one in held)
        for place in (0, 2):
            cut = slice(before + place, before + place + FEW)
            yield Question(
                "lines", f"from {month} {place} {shown}", asked_month(shown, known.at, month, place),
                [plain.line(one) for one in held[cut]],
            )  # fmt: skip


def asked_month(shown: Where, at: datetime, month: date, place: int) -> Callable[[], Any]:
    return lambda: [comparable(row) for row in lines.from_month(shown, at, FEW, month, place)]


def asked_lines(read: Callable[..., Any], shown: Where, at: datetime, skipped: int, number: int) -> Callable[[], Any]:
    return lambda: [comparable(row) for row in read(shown, at, number, skipped)]


def comparable(row: lines.LineRow) -> tuple[Any, ...]:
    """Return a line without what one driver gives otherwise than another."""
    made = row._replace(
        published_at=to_moment(row.published_at),
        published_date=to_day(row.published_date),
        **{name: to_data(getattr(row, name)) for name in ("marks", "dated_marks", "corrections", "photo")},
    )
    return tuple(made)


def fact(at: datetime, words: str, branch: facts.Branch, of: Callable[[facts.Facts], Any], expected: Any) -> Question:
    return Question("facts", words, lambda: of(facts.read(at, branch)), expected)


def of_facts(known: Plain) -> Iterator[Question]:
    for shape in shapes():
        shown, held = where(*shape), plain.chosen(*shape)
        number = sum(map(held, known.live))
        yield fact(known.at, f"total {shape}", facts.total(shown), lambda found: found.total, number)
        for most in (FEW, 999):
            branch = facts.total(shown, most)
            yield fact(known.at, f"total {shape} {most}", branch, lambda found: found.total, min(number, most))
        moment = known.next_change(held)
        yield fact(known.at, f"change {shape}", facts.change(shown), lambda found: found.next_change_at, moment)
    first = min((one.published_date for one in known.live), default=None)
    yield fact(known.at, "beginning", facts.beginning(), lambda found: found.beginning, first)
    for number, before in ((9, None), (2, None), (9, NOW.date() - DAY), (1, NOW.date())):
        expected = plain.heads(known.at, number, before)
        yield fact(known.at, f"heads {number} {before}", facts.heads(number, before), head_rows, expected)
    ahead = plain.head_ahead(known.at)
    yield fact(known.at, "heads ahead", facts.heads_ahead(), lambda found: found.next_change_at, ahead)


def head_rows(found: facts.Facts) -> list[tuple[Any, ...]]:
    rows = [(row.number, to_day(row.day), to_moment(row.moment), row.text) for row in found.rows["head"]]
    return sorted(rows, key=lambda row: row[1], reverse=True)


def of_counts(known: Plain) -> Iterator[Question]:
    for language in ("en", "ru"):
        for rubric in ("", *RUBRICS):
            held = [one for one in known.live if plain.chosen(language, rubric=rubric)(one)]
            branch = facts.monthly_counts(language, rubric)
            yield fact(known.at, f"months {language} {rubric}", branch, lambda found: found.months, plain.months(held))
        for period in (*MONTHS, *DAYS, *YEARS):
            held = [one for one in known.live if plain.chosen(language, *period)(one)]
            branch = facts.counts(language, *period)
            yield fact(known.at, f"days {language} {period}", branch, lambda found: found.days, plain.days(held))
    months = {f"{one.published_date:%Y-%m}" for one in known.known}
    yield fact(known.at, "months shown", facts.months_shown(), shown_months, months)


def shown_months(found: facts.Facts) -> set[str]:
    return {row.text for row in found.rows["month"]}


def of_rubrics(known: Plain) -> Iterator[Question]:
    for kind in KINDS:
        for slug in ("law", "north", "ice", "none"):
            expected = plain.rubric(kind, slug)
            yield fact(known.at, f"named {kind} {slug}", facts.named(kind, slug), named_rows, expected)
    for kind in ("region", "topic"):
        for language in ("en", "ru"):
            expected = plain.rubrics_known(known, kind, language)
            yield fact(known.at, f"borne {kind} {language}", facts.borne(kind, language), rows_of(kind), expected)


def of_languages(known: Plain) -> Iterator[Question]:
    for rubric in RUBRICS:
        expected = {one.language for one in known.live if plain.chosen(rubric=rubric)(one)}
        yield fact(known.at, f"spoken {rubric}", facts.spoken(rubric), lambda found: found.spoken, expected)


def of_sizes(known: Plain) -> Iterator[Question]:
    """By the counts alone."""
    for language in ("en", "ru"):
        counts = Count.objects.filter(language=language, rubric__in=["", *RUBRICS[:3]])
        held = dict.fromkeys(("", *RUBRICS[:3]), 0)
        for key, number in counts.values_list("rubric", "number"):
            held[key] += number
        branch = facts.sizes(language, ["", *RUBRICS[:3]])
        yield fact(known.at, f"sizes {language}", branch, lambda found: found.sizes, held)


def of_maps(known: Plain) -> Iterator[Question]:
    of = {(one.language, *key.split(":")) for one in known.known for key in plain.keys(one) if key}
    yield fact(known.at, "lists", maps.rubrics_shown(), lambda found: set(maps.lists_of(found)), of)
    months = {(one.language, f"{one.published_date:%Y-%m}") for one in known.known}
    yield fact(known.at, "months of", maps.months_of_languages(), lambda found: set(maps.months_of(found)), months)


def named_rows(found: facts.Facts) -> list[tuple[Any, ...]]:
    return [(row.number, row.text, row.name_en, row.name_ru) for row in found.rows["rubric"]]


def rows_of(kind: str) -> Callable[[facts.Facts], list[tuple[Any, ...]]]:
    return lambda found: sorted((row.number, row.text, row.name_en, row.name_ru) for row in found.rows[kind])


def of_turns(known: Plain) -> Iterator[Question]:
    day = NOW.date()
    others = ((NOW.date() - 20 * DAY, NOW.date() - 20 * DAY), (NOW.date() + 9 * DAY, NOW.date() + 9 * DAY))
    for language in ("en", "ru"):
        for rubric in ("", "category:law", "region:north", "topic:to-come"):
            for period in (*MONTHS[1:], YEARS[0], DAYS[1], *others):
                shape, month = (language, *period, rubric), MONTHS[period[0].day % 2]
                branch, expected = turns.turns(*shape), plain.turned(known, shape)
                yield fact(known.at, f"turns {shape}", branch, turns.turned, expected)
                for days in (None, month):
                    moment = plain.turn(known, shape, days)
                    branch = turns.change(*shape, days)
                    yield fact(known.at, f"turn {shape} {days}", branch, lambda found: found.next_change_at, moment)
        for month in (*MONTHS, (day, day)):
            seen = {one.published_date for one in known.live if plain.chosen(language, *month)(one)}
            yield fact(known.at, f"held {language} {month}", turns.held(language, *month), turns.held_days, seen)


def of_front(known: Plain) -> Iterator[Question]:
    categories = list(Category.objects.values_list("pk", flat=True))
    numbers = {front.ALL: FEW, front.UNPLACED: MANY, **dict.fromkeys(categories, MANY)}
    rows = list(FrontPlace.objects.all())
    for language in ("en", "ru"):
        here = [one for one in plain.newest(known.live) if one.language == language]
        placed = {row.place: repr(plain.line(one)) for row in rows for one in here if plain.stands(row, one, known.at)}
        free = [one for one in here if not any(plain.stands(row, one, known.at) for row in rows)]
        led = [one.article_id for one in here[::5]]
        for instead, left in ((None, free), (led, [one for one in here if one.article_id not in led]), ([], here)):
            parts = {part: [one for one in left if one.category_id == part] for part in categories}
            parts |= {front.ALL: here, front.UNPLACED: left}
            expected = {part: set(map(repr, map(plain.line, some[: numbers[part]]))) for part, some in parts.items()}
            stands = placed if instead is None else {}
            asked = asked_front(language, known.at, numbers, instead)
            words = f"{language} {'stored' if instead is None else f'with {len(instead)}'}"
            yield Question("front", words, asked, ({part: some for part, some in expected.items() if some}, stands))


def asked_front(language: str, at: datetime, numbers: dict[int, int], instead: list[int] | None) -> Callable[[], Any]:
    def ask() -> Any:
        found = front.front_rows(language, at, numbers, instead)
        parts = {part: set(map(repr, map(comparable, some))) for part, some in found.parts.items()}
        return parts, {place: repr(comparable(row)) for place, row in found.placed.items()}

    return ask


def of_front_facts(known: Plain) -> Iterator[Question]:
    """Ask of lines that hang on an article with each history, and on none, with and without an end."""
    articles = [None, *sorted({one.article_id for one in known.releases})[:EACH]]
    for language in ("en", "ru"):
        for article in articles:
            for until in (None, NOW + HOUR) if article in articles[:2] else (None,):
                expected = plain.breaking(known, language, article, until), plain.front_ends(known, language, until)
                asked = asked_line(known.at, language, article, until)
                yield Question("facts", f"breaking {language} {article} {until}", asked, expected)


def asked_line(at: datetime, language: str, article: int | None, until: datetime | None) -> Callable[[], Any]:
    def ask() -> Any:
        BreakingLine.objects.filter(language=language).update(article=article, until=until)
        BreakingLine.objects.exclude(language=language).update(until=NOW + HOUR / 2)
        found = facts.read(at, front.breaking(language), front.ends_ahead(language))
        return lines_said(found), found.next_change_at

    return ask


def lines_said(found: facts.Facts) -> list[tuple[str, str]]:
    return [(row.text, row.name_en) for row in found.rows["breaking"]]


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
        befores = [None, (NOW + 99 * DAY, 1), *((row[-2], row[-4]) for row in whole)]
        for before in befores:
            expected = plain.corrections(known, language, FEW, before)
            yield Question("corrections", f"{language} {before}", asked_log(language, known.at, before), expected)


def asked_log(language: str, at: datetime, before: tuple[datetime, int] | None) -> Callable[[], Any]:
    return lambda: [
        (*comparable(line), row.pk, row.kind, to_moment(row.made_at), UUID(str(row.guid)))
        for line, row in corrections.public(language, at, FEW, before)
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
ASKING = {
    "lines": [of_lists],
    "facts": [of_facts, of_counts, of_rubrics, of_languages, of_maps, of_sizes, of_turns, of_front_facts],
    "front": [of_front],
    "sitemap": [of_sitemap],
    "standing": [of_standing],
    "history": [of_history],
    "beneath": [of_beneath],
    "corrections": [of_corrections],
    "frame": [of_frame],
    "photo_ends": [of_photo_ends],
}


def every_question(names: Iterable[str] = ASKING) -> Iterator[Question]:
    """Yield the questions of all moments about the newsroom as it stands; `names`: of statements."""
    for at in ASKED:
        known = Plain(at)
        for name in names:
            for questions in ASKING[name]:
                yield from questions(known)
