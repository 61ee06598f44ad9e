"""What a page has to know beside its articles, asked with one statement: counts, totals, where the archive begins, when
the page changes by itself. A page names the facts that it needs; each is a branch of the statement."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from ..models import KINDS, LANGUAGES
from ..shown.sql import Row, ask, to_day, to_moment_or_none
from ..shown.visible import begins, begun, ends
from .where import LIVE, Where, where

# `ahead`: when releases begin or end by themselves. `begun`: what readers see and the counts do not hold yet. Both are
# few, found by their own indexes.
SHARED = """
    WITH ahead(article_id, language, published_date, category_id, edition_id, moment) AS MATERIALIZED (
        SELECT article_id, language, published_date, category_id, edition_id, live_at FROM articles_release
            WHERE {begins}
        UNION ALL
        SELECT article_id, language, published_date, category_id, edition_id, ended_at FROM articles_release
            WHERE {ends}),
    begun AS MATERIALIZED (
        SELECT article_id, language, published_date, category_id, edition_id FROM articles_release
            WHERE {begun})
"""


def shared(at: str) -> str:
    """Return SHARED; `at`: the place of the moment's value, which stands in it five times."""
    return SHARED.format(begins=begins("", at), ends=ends("", at), begun=begun("", at))


# Gives the columns their types: a branch may leave any of them NULL.
TYPES = (
    "SELECT '' AS tag, CAST(NULL AS bigint), CAST(NULL AS date), CAST(NULL AS timestamp with time zone), "
    "CAST(NULL AS text), CAST(NULL AS text), CAST(NULL AS text) WHERE 1 = 0"
)


class Branch(NamedTuple):
    """A SELECT of a tag, a number, a day, a moment and three texts, with its parameters."""

    select: str
    values: tuple[Any, ...]


class Facts:
    """The answers, by the functions below that asked for them."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            self.rows[row[0]].append(row)

    @property
    def total(self) -> int:
        """The number asked for with `total`."""
        return int(self.rows["total"][0][1])

    @property
    def next_change_at(self) -> datetime | None:
        """The moment asked for with `change`."""
        return to_moment_or_none(self.rows["change"][0][3])

    @property
    def beginning(self) -> date | None:
        """The day asked for with `beginning`; None while the archive is empty."""
        return min((to_day(row[2]) for row in self.rows["beginning"]), default=None)

    @property
    def days(self) -> Counter[date]:
        """Articles by day, asked for with `counts`; empty days are left out."""
        counts: Counter[date] = Counter()
        for row in self.rows["count"]:
            counts[to_day(row[2])] += row[1]
        return +counts

    @property
    def months(self) -> Counter[tuple[int, int]]:
        """Articles by (year, month), asked for with `counts`; empty months are left out."""
        counts: Counter[tuple[int, int]] = Counter()
        for row in self.rows["count"]:
            day = to_day(row[2])
            counts[day.year, day.month] += row[1]
        return +counts


def read(at: datetime, *branches: Branch) -> Facts:
    """Ask for facts at a moment: one query."""
    statement = f"{shared('%s')} {' UNION ALL '.join([TYPES, *(branch.select for branch in branches)])}"
    return Facts(ask(statement, [*[at] * 5, *(value for branch in branches for value in branch.values)]))


def total(shown: Where, at: datetime, most: int = 0) -> Branch:
    """Ask how many releases readers see; `most`: count no further."""
    found = f"SELECT 1 FROM {shown.of('articles_release r')} AND {LIVE} {f'LIMIT {most}' if most else ''}"  # noqa: S608
    select = f"SELECT 'total', COUNT(*), NULL, NULL, NULL, NULL, NULL FROM ({found}) found"  # noqa: S608
    return Branch(select, (*shown.values, at, at))


def change(shown: Where) -> Branch:
    """Ask for the next moment at which one of the releases begins or ends."""
    select = f"SELECT 'change', NULL, NULL, MIN(r.moment), NULL, NULL, NULL FROM {shown.of('ahead r')}"  # noqa: S608
    return Branch(select, shown.values)


def beginning(at: datetime) -> Branch:
    """Ask for the archive's first day, of all languages."""
    one = (
        "SELECT 'beginning', NULL, day, NULL, NULL, NULL, NULL FROM (SELECT r.published_date AS day "  # noqa: S608
        f"FROM articles_release r WHERE r.language = %s AND {LIVE} ORDER BY r.published_date LIMIT 1)"
    )
    return Branch(
        " UNION ALL ".join(f"{one} first_{language}" for language, _name in LANGUAGES),
        tuple(value for language, _name in LANGUAGES for value in (language, at, at)),
    )


def monthly_counts(language: str, at: datetime, rubric: str = "") -> Branch:
    """Ask for the number of articles of each month; `rubric`: such as "topic:courts", empty for all."""
    return _counts("SUM(number), MIN(date)", "GROUP BY SUBSTR(CAST(date AS text), 1, 7)", language, at, rubric=rubric)


def counts(language: str, at: datetime, first: date, last: date) -> Branch:
    """Ask for the number of articles of each day from `first` to `last`."""
    return _counts("number, date", "", language, at, first, last)


def _counts(
    columns: str,
    grouped: str,
    language: str,
    at: datetime,
    first: date | None = None,
    last: date | None = None,
    rubric: str = "",
) -> Branch:
    """Ask for the counts' rows, corrected by the few releases that have begun, or ended by that, and are not counted
    yet."""
    days = [(sign, day) for sign, day in ((">=", first), ("<=", last)) if day]
    kept = " AND ".join(["language = %s AND rubric = %s", *(f"date {sign} %s" for sign, _day in days)])
    shown = where(language, first, last, rubric)
    ended = shown.of("begun b CROSS JOIN articles_release r")
    select = (
        f"SELECT 'count', {columns}, NULL, NULL, NULL, NULL FROM articles_count WHERE {kept} {grouped} "  # noqa: S608
        f"UNION ALL SELECT 'count', 1, r.published_date, NULL, NULL, NULL, NULL FROM {shown.of('begun r')} "
        f"UNION ALL SELECT 'count', -1, r.published_date, NULL, NULL, NULL, NULL FROM {ended} "
        "AND r.article_id = b.article_id AND r.counted AND r.ended_at <= %s"
    )
    return Branch(select, (language, rubric, *(day for _sign, day in days), *shown.values, *shown.values, at))


def months_shown() -> Branch:
    """Ask for the months in which readers see articles: rows ("month", …, "2026-03", …)."""
    counted = "SELECT SUBSTR(CAST(date AS text), 1, 7) AS month FROM articles_count WHERE rubric = '' AND number > 0"
    begun = "SELECT SUBSTR(CAST(published_date AS text), 1, 7) FROM begun"
    return Branch(f"SELECT 'month', NULL, NULL, NULL, month, NULL, NULL FROM ({counted} UNION {begun}) months", ())  # noqa: S608


def named(kind: str, slug: str) -> Branch:
    """Ask for a rubric by its address part: a row ("rubric", id, …, slug, English name, Russian name)."""
    return Branch(
        f"SELECT 'rubric', id, NULL, NULL, slug, name_en, name_ru FROM {KINDS[kind].table} WHERE slug = %s",  # noqa: S608
        (slug,),
    )


def borne(kind: str, language: str) -> Branch:
    """Ask for the regions or topics that readers see articles of: one made for a story under embargo is not known yet.
    Rows (kind, position, …, slug, English name, Russian name)."""
    select = (
        f"SELECT '{kind}', k.position, NULL, NULL, k.slug, k.name_en, k.name_ru FROM {KINDS[kind].table} k "  # noqa: S608
        f"WHERE EXISTS (SELECT 1 FROM articles_count c WHERE c.language = %s AND c.rubric = '{kind}:' || k.slug "
        f"AND c.number > 0) OR EXISTS (SELECT 1 FROM begun b JOIN {KINDS[kind].through} f "
        f"ON f.edition_id = b.edition_id WHERE f.{kind}_id = k.id AND b.language = %s)"
    )
    return Branch(select, (language, language))


def heads(at: datetime, number: int, before: date | None = None) -> Branch:
    """Ask for the record's newest heads of days, or those before a day: rows ("head", line, day, kept, hash, …)."""
    earlier = "AND date < %s" if before else ""
    select = (
        "SELECT * FROM (SELECT 'head', number, date, kept_at, hash, NULL, NULL FROM articles_dayhead "  # noqa: S608
        f"WHERE kept_at <= %s {earlier} ORDER BY date DESC LIMIT {number}) heads"
    )
    return Branch(select, (at, *([before] if before else [])))
