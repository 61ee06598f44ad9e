"""How an archive's pages lead on: the nearest days before and after a period that have articles, the days of its month
that have some, and when any of that changes by itself. Each is a fact of `facts.read`.

All by the archive's counts, corrected as in `facts`; an index of theirs finds the nearest day of a rubric that is years
away.
"""

from datetime import date
from typing import Any

from .facts import Branch, Facts, columns
from .sql import to_day
from .visible import AT
from .where import Where, where

FIRST, LAST = date.min, date.max
# What the counts do not hold yet, of a day.
MOVED = (
    "COALESCE((SELECT SUM(m.number) FROM (SELECT r.published_date AS day, 1 AS number FROM {begun} "
    "UNION ALL SELECT r.published_date, -1 FROM {ended}) m WHERE m.day = c.date), 0)"
)
NEAREST = (
    "(SELECT {which}(n.day) FROM (SELECT * FROM (SELECT c.date AS day FROM articles_count c "
    "WHERE c.language = %(language)s AND c.rubric = %(key)s AND c.date {sign} %({limit})s AND c.number + {moved} > 0 "
    "ORDER BY c.date {order} LIMIT 1) counted UNION ALL SELECT r.published_date FROM {begun}) n)"
)
SIDES = {"earlier": ("MAX", "<", "turn_first", "DESC"), "later": ("MIN", ">", "turn_last", "")}


def turns(language: str, first: date, last: date, rubric: str = "") -> Branch:
    """Ask for the nearest days before and after a period, of a language's rubric such as "topic:courts", on which
    readers see articles."""
    selects = [
        f"SELECT {columns('turn', number=str(number), day=nearest(side, language, rubric))}"
        for number, side in enumerate(SIDES)
    ]
    return Branch(" UNION ALL ".join(selects), values_of(language, first, last, rubric))


def values_of(language: str, first: date, last: date, rubric: str) -> dict[str, Any]:
    return where(language, rubric=rubric).values | {"key": rubric, "turn_first": first, "turn_last": last}


def nearest(side: str, language: str, rubric: str) -> str:
    """Return what finds the nearest day on a side of the period, NULL where there is none."""
    which, sign, limit, order = SIDES[side]
    shown = where(language, rubric=rubric)
    begun = shown.of("begun r", f"r.published_date {sign} %({limit})s")
    given = {"which": which, "sign": sign, "limit": limit, "order": order}
    return NEAREST.format(**given, moved=moved(shown), begun=begun)


def moved(shown: Where) -> str:
    """Return the number by which the count of a day `c` differs from what readers see."""
    ended = ("r.article_id = b.article_id", "r.counted", f"r.ended_at <= {AT}")
    return MOVED.format(begun=shown.of("begun r"), ended=shown.of("begun b CROSS JOIN articles_release r", *ended))


def turned(known: Facts) -> tuple[date | None, date | None]:
    """Return the nearest days before and after, asked for with `turns`."""
    found = {row.number: to_day(row.day) for row in known.rows["turn"] if row.day is not None}
    return found.get(0), found.get(1)


def change(language: str, first: date, last: date, rubric: str = "", month: tuple[date, date] | None = None) -> Branch:
    """Ask for the next moment at which another day is the nearest, or at which another day of `month` has articles.

    A day on which something stays changes nothing by itself, whatever else begins or ends on it.
    """
    shown = where(language, rubric=rubric)
    stays = shown.of(
        "articles_release r", "r.published_date = a.published_date", f"r.live_at <= {AT}", "r.ended_at IS NULL"
    )
    near = (
        f"a.published_date >= COALESCE({nearest('earlier', language, rubric)}, %(turn_begin)s) "
        f"AND a.published_date <= COALESCE({nearest('later', language, rubric)}, %(turn_end)s)"
    )
    if month:
        near = f"({near} OR a.published_date >= %(month_first)s AND a.published_date <= %(month_last)s)"
    ahead = shown.of("ahead r")
    select = (
        f"SELECT {columns('change', moment='MIN(a.moment)')} FROM (SELECT r.published_date, r.moment FROM {ahead}) a "  # noqa: S608
        f"WHERE {near} AND NOT EXISTS (SELECT 1 FROM {stays})"
    )
    values = values_of(language, first, last, rubric) | {"turn_begin": FIRST, "turn_end": LAST}
    return Branch(select, values | (dict(zip(("month_first", "month_last"), month, strict=True)) if month else {}))


def held(language: str, first: date, last: date) -> Branch:
    """Ask for the days of a month on which readers see articles: rows with `day`."""
    shown = where(language)
    begun = shown.of("begun r", "r.published_date >= %(month_first)s", "r.published_date <= %(month_last)s")
    select = (
        f"SELECT {columns('held', day='c.date')} FROM articles_count c WHERE c.language = %(language)s "  # noqa: S608
        f"AND c.rubric = %(key)s AND c.date >= %(month_first)s AND c.date <= %(month_last)s "
        f"AND c.number + {moved(shown)} > 0 "
        f"UNION ALL SELECT {columns('held', day='r.published_date')} FROM {begun}"
    )
    return Branch(select, {"language": language, "key": "", "month_first": first, "month_last": last})


def held_days(known: Facts) -> set[date]:
    """Return the days asked for with `held`."""
    return {to_day(row.day) for row in known.rows["held"]}
