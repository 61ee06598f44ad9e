"""Every question that the reader's statements answer, with what the plain rules say: asked at several moments of a
newsroom drawn at random, of each kind of list, of each address, of each article."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from typing import Any

from articles.models import (
    KINDS,
    BreakingLine,
    Category,
    FrontPlace,
    Release,
)
from articles.search import Limits, together
from articles.shown import (
    facts,
    front,
    lines,
    maps,
    turns,
)
from articles.shown.sql import to_day, to_moment
from articles.shown.where import FiledRows, Where, where

from . import plain
from .asking import DAYS, EACH, FEW, MANY, MONTHS, RUBRICS, YEARS, Question, comparable, fact
from .draws import ASKED, DAY, HOUR, NOW
from .plain import Plain
from .questions_of_pages import of_beneath, of_corrections, of_frame, of_history, of_photo_ends, of_sitemap, of_standing


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
        if shape[0] and shape[3] and shape[1]:
            yield from of_filed(known, shape, held)
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


def of_filed(known: Plain, shape: tuple[Any, ...], held: list[Release]) -> Iterator[Question]:
    """Ask for the lists of a rubric in some days as the index files them."""
    language, first, last, rubric = shape
    times = together(**{rubric.partition(":")[0]: 1})
    shown = where(*shape, filed=FiledRows(times, *Limits(since=first, until=last).rows(language)))
    for skipped in (0, 2):
        yield Question(
            "lines", f"newest {shape} {skipped}, filed", asked_lines(lines.newest, shown, known.at, skipped, FEW),
            [plain.line(one) for one in plain.newest(held)[skipped : skipped + FEW]],
        )  # fmt: skip
        yield Question(
            "lines", f"earliest {shape} {skipped}, filed", asked_lines(lines.earliest, shown, known.at, skipped, FEW),
            [plain.line(one) for one in held[skipped : skipped + FEW]],
        )  # fmt: skip
    yield fact(known.at, f"total {shape}, filed", facts.total(shown), lambda found: found.total, len(held))


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


def of_ids(known: Plain) -> Iterator[Question]:
    for slugs in ({"region": "north"}, {"category": "law", "topic": "ice"}, {"category": "none", "region": "north"}):
        expected = {
            kind: pk
            for kind, slug in slugs.items()
            for pk in KINDS[kind].model._default_manager.filter(slug=slug).values_list("pk", flat=True)
        }
        yield fact(known.at, f"ids {slugs}", facts.ids(slugs), lambda found: found.ids, expected)


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


ASKING = {
    "lines": [of_lists],
    "facts": [of_facts, of_counts, of_rubrics, of_languages, of_maps, of_ids, of_turns, of_front_facts],
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
