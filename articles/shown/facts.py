"""What a page has to know beside its articles, asked with one statement: counts, totals, where the archive begins, when
the page changes by itself. A page names the facts that it needs; each is a branch of the statement."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from ..models import KINDS, LANGUAGES
from .sql import ask, to_day, to_moment_or_none
from .visible import AT, begins, begun, ends, live
from .where import Where, where

# When releases begin or end by themselves, for the WITH of a statement; these are few, found by their own indexes.
AHEAD = f"""
    ahead(article_id, language, published_at, published_date, category_id, edition_id, moment) AS MATERIALIZED (
        SELECT article_id, language, published_at, published_date, category_id, edition_id, live_at
            FROM articles_release WHERE {begins("")}
        UNION ALL
        SELECT article_id, language, published_at, published_date, category_id, edition_id, ended_at
            FROM articles_release WHERE {ends("")})
"""  # noqa: S608
# What readers see and the counts do not hold yet: as few.
BEGUN = f"""
    begun AS MATERIALIZED (
        SELECT article_id, language, published_date, category_id, edition_id FROM articles_release WHERE {begun("")})
"""  # noqa: S608
# The counts' index begins with the language.
ALL = f"({', '.join(repr(code) for code, _name in LANGUAGES)})"
# Gives the columns their types: a branch may leave any of them NULL.
TYPES = (
    "SELECT '' AS tag, CAST(NULL AS bigint) AS number, CAST(NULL AS date) AS day, "
    "CAST(NULL AS timestamp with time zone) AS moment, CAST(NULL AS text) AS text, CAST(NULL AS text) AS name_en, "
    "CAST(NULL AS text) AS name_ru WHERE 1 = 0"
)


class FactRow(NamedTuple):
    """A row of the statement, as the driver gives it: `tag` names the fact; `text`: a rubric's address part, a month
    such as "2026-03", or a hash."""

    tag: str
    number: Any = None
    day: Any = None
    moment: Any = None
    text: Any = None
    name_en: Any = None
    name_ru: Any = None


class Branch(NamedTuple):
    """A SELECT of `columns`, and its values by their names; `at` is given to all."""

    select: str
    values: dict[str, Any]


def columns(tag: str, **given: str) -> str:
    """Return the columns of a branch; those that are not given are NULL.

    columns("total", number="COUNT(*)") == "'total', COUNT(*), NULL, NULL, NULL, NULL, NULL"
    """
    return ", ".join(column or "NULL" for column in FactRow(f"'{tag}'", **given))


class Facts:
    """The answers, by the functions below that asked for them."""

    def __init__(self, rows: Iterable[FactRow]) -> None:
        self.rows: dict[str, list[FactRow]] = defaultdict(list)
        for row in rows:
            self.rows[row.tag].append(row)

    @property
    def total(self) -> int:
        """The number asked for with `total`."""
        return int(self.rows["total"][0].number)

    @property
    def next_change_at(self) -> datetime | None:
        """The first of the moments asked for with `change`, and with `heads_ahead`."""
        moments = (to_moment_or_none(row.moment) for row in self.rows["change"])
        return min(filter(None, moments), default=None)

    @property
    def beginning(self) -> date | None:
        """The day asked for with `beginning`; None while the archive is empty."""
        return min((to_day(row.day) for row in self.rows["beginning"]), default=None)

    @property
    def days(self) -> Counter[date]:
        """Articles by day, asked for with `counts`; empty days are left out."""
        counts: Counter[date] = Counter()
        for row in self.rows["count"]:
            counts[to_day(row.day)] += row.number
        return +counts

    @property
    def ids(self) -> dict[str, int]:
        """The ids asked for with `ids`, by kind; what there is not is left out."""
        return {row.text: row.number for row in self.rows["id"]}

    @property
    def spoken(self) -> set[str]:
        """The languages asked for with `spoken`."""
        return {row.text for row in self.rows["spoken"] if row.number > 0}

    @property
    def months(self) -> Counter[tuple[int, int]]:
        """Articles by (year, month), asked for with `counts`; empty months are left out."""
        counts: Counter[tuple[int, int]] = Counter()
        for row in self.rows["count"]:
            day = to_day(row.day)
            counts[day.year, day.month] += row.number
        return +counts


def read(at: datetime, *branches: Branch) -> Facts:
    """Ask for facts at a moment: one query; raise ValueError where two of them want one name for two values."""
    values: dict[str, Any] = {"at": at}
    for branch in branches:
        for name, value in branch.values.items():
            if values.setdefault(name, value) != value:
                raise ValueError(f"Two facts of one statement have different values for {name}.")
    selects = " UNION ALL ".join([TYPES, *(branch.select for branch in branches)])
    statement = f"/* shown.facts */ WITH {AHEAD}, {BEGUN} {selects}"
    return Facts(FactRow._make(row) for row in ask(statement, values))


def total(shown: Where, most: int = 0) -> Branch:
    """Ask how many releases readers see; `most`: count no further."""
    found = f"SELECT 1 FROM {shown.of('articles_release r', live())} {f'LIMIT {most}' if most else ''}"  # noqa: S608
    return Branch(f"SELECT {columns('total', number='COUNT(*)')} FROM ({found}) found", shown.values)  # noqa: S608


def change(shown: Where) -> Branch:
    """Ask for the next moment at which one of the releases begins or ends."""
    return Branch(f"SELECT {columns('change', moment='MIN(r.moment)')} FROM {shown.of('ahead r')}", shown.values)  # noqa: S608


def beginning() -> Branch:
    """Ask for the archive's first day, of all languages."""
    names = {f"first_{language}": language for language, _name in LANGUAGES}
    firsts = (
        f"SELECT {columns('beginning', day='day')} FROM (SELECT r.published_date AS day FROM articles_release r "  # noqa: S608
        f"WHERE r.language = %({name})s AND {live()} ORDER BY r.published_date LIMIT 1) {name}"
        for name in names
    )
    return Branch(" UNION ALL ".join(firsts), names)


def monthly_counts(language: str, rubric: str = "") -> Branch:
    """Ask for the number of articles of each month; `rubric`: such as "topic:courts", empty for all."""
    columns_of_months = columns("count", number="SUM(number)", day="MIN(date)")
    return _counts(columns_of_months, "GROUP BY SUBSTR(CAST(date AS text), 1, 7)", language, rubric=rubric)


def counts(language: str, first: date, last: date) -> Branch:
    """Ask for the number of articles of each day from `first` to `last`."""
    return _counts(columns("count", number="number", day="date"), "", language, first, last)


def _counts(
    selected: str, grouped: str, language: str, first: date | None = None, last: date | None = None, rubric: str = ""
) -> Branch:
    """Ask for the counts' rows, corrected by the few releases that have begun, or ended by that, and are not counted
    yet."""
    days = " AND ".join(["", *(f"date {sign} %({name})s" for sign, name, day in _limits(first, last) if day)])
    shown = where(language, first, last, rubric)
    begun_since = shown.of("begun r")
    ended_by_that = shown.of(
        "begun b CROSS JOIN articles_release r", "r.article_id = b.article_id", "r.counted", f"r.ended_at <= {AT}"
    )
    select = (
        f"SELECT {selected} FROM articles_count "  # noqa: S608
        f"WHERE language = %(language)s AND rubric = %(rubric)s{days} {grouped} "
        f"UNION ALL SELECT {columns('count', number='1', day='r.published_date')} FROM {begun_since} "
        f"UNION ALL SELECT {columns('count', number='-1', day='r.published_date')} FROM {ended_by_that}"
    )
    return Branch(select, {"rubric": rubric, **shown.values})


def _limits(first: date | None, last: date | None) -> tuple[tuple[str, str, date | None], ...]:
    return (">=", "first", first), ("<=", "last", last)


def months_shown() -> Branch:
    """Ask for the months in which readers see articles: rows with `text`."""
    counted = (
        "SELECT SUBSTR(CAST(date AS text), 1, 7) AS month FROM articles_count "  # noqa: S608
        f"WHERE language IN {ALL} AND rubric = '' AND number > 0"
    )
    begun_since = "SELECT SUBSTR(CAST(published_date AS text), 1, 7) FROM begun"
    return Branch(f"SELECT {columns('month', text='month')} FROM ({counted} UNION {begun_since}) months", {})  # noqa: S608


def named(kind: str, slug: str) -> Branch:
    """Ask for a rubric by its address part: a row with its id as `number`, `text`, `name_en` and `name_ru`."""
    found = columns("rubric", number="id", text="slug", name_en="name_en", name_ru="name_ru")
    return Branch(f"SELECT {found} FROM {KINDS[kind].table} WHERE slug = %(slug)s", {"slug": slug})  # noqa: S608


def about(slug: str) -> Branch:
    """Ask for what is written of a topic as a whole, by its address part: a row with the text as `name_en` and
    `name_ru`."""
    found = columns("about", name_en="about_en", name_ru="about_ru")
    return Branch(f"SELECT {found} FROM {KINDS['topic'].table} WHERE slug = %(slug)s", {"slug": slug})  # noqa: S608


def borne(kind: str, language: str) -> Branch:
    """Ask for the regions or topics that readers see articles of: one made for a story under embargo is not known yet.
    Rows with the kind as `tag`, the position as `number`, `text`, `name_en` and `name_ru`."""
    found = columns(kind, number="k.position", text="k.slug", name_en="k.name_en", name_ru="k.name_ru")
    select = (
        f"SELECT {found} FROM {KINDS[kind].table} k "  # noqa: S608
        f"WHERE EXISTS (SELECT 1 FROM articles_count c WHERE c.language = %(language)s "
        f"AND c.rubric = '{kind}:' || k.slug AND c.number > 0) OR EXISTS (SELECT 1 FROM begun b "
        f"JOIN {KINDS[kind].through} f ON f.edition_id = b.edition_id "
        f"WHERE f.{kind}_id = k.id AND b.language = %(language)s)"
    )
    return Branch(select, {"language": language})


def ids(slugs: Mapping[str, str]) -> Branch:
    """Ask for the ids of rubrics, given by their address parts, one of a kind at most: rows with the kind as `text` and
    the id as `number`."""
    select = " UNION ALL ".join(
        f"SELECT {columns('id', number='id', text=repr(kind))} FROM {KINDS[kind].table} WHERE slug = %(chosen_{kind})s"  # noqa: S608
        for kind in slugs
    )
    return Branch(select, {f"chosen_{kind}": slug for kind, slug in slugs.items()})


def spoken(rubric: str) -> Branch:
    """Ask in which languages readers see articles of a rubric such as "topic:courts": rows with the language as `text`
    and their `number`."""
    shown = where(rubric=rubric)
    ended_by_that = shown.of(
        "begun b CROSS JOIN articles_release r", "r.article_id = b.article_id", "r.counted", f"r.ended_at <= {AT}"
    )
    counted = f"SELECT language, number FROM articles_count WHERE language IN {ALL} AND rubric = %(rubric)s"  # noqa: S608
    select = (
        f"SELECT {columns('spoken', number='SUM(s.number)', text='s.language')} FROM ({counted} "  # noqa: S608
        f"UNION ALL SELECT r.language, 1 FROM {shown.of('begun r')} "
        f"UNION ALL SELECT r.language, -1 FROM {ended_by_that}) s GROUP BY s.language"
    )
    return Branch(select, {"rubric": rubric, **shown.values})


def heads(number: int, before: date | None = None) -> Branch:
    """Ask for the record's newest heads of days, or those before a day: rows with the line's `number`, `day`, the
    `moment` at which it was kept, and the hash as `text`."""
    found = columns("head", number="number", day="date", moment="kept_at", text="hash")
    select = (
        f"SELECT * FROM (SELECT {found} FROM articles_dayhead "  # noqa: S608
        f"WHERE kept_at <= {AT} {'AND date < %(before)s' if before else ''} ORDER BY date DESC LIMIT {number}) heads"
    )
    return Branch(select, {"before": before} if before else {})


def heads_ahead() -> Branch:
    """Ask for the next moment at which a head is shown that was kept at a moment still to come, by a clock that was
    ahead: with it the page changes as with a release that begins."""
    moment = columns("change", moment="MIN(kept_at)")
    return Branch(f"SELECT {moment} FROM articles_dayhead WHERE kept_at > {AT}", {})  # noqa: S608
