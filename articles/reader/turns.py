"""How the archive's pages lead on: to the nearest day, month or year that has articles, and to a day that is asked
for."""

from collections import Counter
from datetime import date
from typing import Any, NamedTuple

from django.http import QueryDict
from django.utils.translation import gettext as _

from ..pagemap.addresses import archive_path, rubric_path
from ..shown import facts, turns
from ..templatetags.newsroom import day as day_text
from ..templatetags.newsroom import month as month_text
from .built import Built
from .calendar import month_days, weeks
from .visit import Visit

TODAY = "today"
SIDES = ("earlier", "later")


class Turn(NamedTuple):
    """Where a page leads on: an address, and the period that stands there in words."""

    path: str
    text: str


def turned(known: facts.Facts, visit: Visit) -> dict[str, Any]:
    """Return what leads from the page of a period to the nearest with articles, asked for with `shown.turns.turns`:
    `earlier` and `later`, None where there is none."""
    earlier, later = (turn_to(day, visit) if day else None for day in turns.turned(known))
    return {"turns": {"earlier": earlier, "later": later} if earlier or later else None}


def turn_to(day: date, visit: Visit) -> Turn:
    """Return the way to a day, or to its month or year, as the page is of a day, a month or a year."""
    target, language = visit.target, visit.language
    if target.rubric:
        return Turn(month_of_rubric(visit, day.year, day.month), month_text(day))
    if target.day:
        return Turn(archive_path(language, day.year, day.month, day.day), day_text(day))
    if target.month:
        return Turn(archive_path(language, day.year, day.month), month_text(day))
    return Turn(archive_path(language, day.year), str(day.year))


def asked(visit: Visit, first: date, last: date, rubric: str = "") -> tuple[facts.Branch, ...]:
    """Return the facts that the way on needs on the page of a period; on closed pages of a list none, which
    name no other period."""
    target, language = visit.target, visit.language
    if target.page > 1:
        return ()
    month = month_days(target.year, target.month) if target.day else None
    found = (
        turns.turns(language, first, last, rubric),
        turns.change(language, first, last, rubric, month),
    )
    return (*found, turns.held(language, *month)) if month else found


def calendar(known: facts.Facts, visit: Visit) -> dict[str, Any] | None:
    """Return the calendar of the day's month: which days have articles; how many would change with each of them."""
    target = visit.target
    if target.page > 1:
        return None
    first, held = date(target.year, target.month, 1), Counter(turns.held_days(known))
    path = archive_path(visit.language, target.year, target.month)
    return {"first": first, "path": path, "weeks": weeks(target.year, target.month, held)}


def ways_on(visit: Visit) -> dict[str, Any]:
    """Return, for closed pages of a day or of a rubric's month, the ways to the nearest: `lead_to_day` and
    `lead_to_month` find these when they are asked for, so that nothing new changes the page."""
    target = visit.target
    if target.rubric:
        path = month_of_rubric(visit, target.year, target.month)
        earlier = Turn(f"{path}?turn=earlier", _("Previous month"))
        later = Turn(f"{path}?turn=later", _("Next month"))
    else:
        path = archive_path(visit.language)
        earlier = Turn(f"{path}?before={target.date}", _("Previous day"))
        later = Turn(f"{path}?after={target.date}", _("Next day"))
    return {"turns": {"earlier": earlier, "later": later}}


def month_of_rubric(visit: Visit, year: int, month: int) -> str:
    return rubric_path(visit.language, visit.target.rubric, visit.target.slug, year, month)


def day_asked(visit: Visit, query: QueryDict) -> tuple[str, date | None]:
    """Return how a query asks for a day and which, None for what is none; "" where it asks for none."""
    way = next((name for name in ("day", "before", "after") if query.get(name)), "")
    written = query.get(way, "").strip()
    try:
        return way, visit.today if written == TODAY else date.fromisoformat(written)
    except ValueError:
        return way, None


def lead_to_day(visit: Visit, query: QueryDict) -> Built | None:
    """Return the way to the day that a query asks for: to the last one with articles up to it, else to the first behind
    it; or to the nearest before or after it, else to it; None for what is no day, and while the archive is empty."""
    language, (way, day) = visit.language, day_asked(visit, query)
    if day is None:
        return None
    known = facts.read(visit.at, turns.turns(language, day, day), facts.counts(language, day, day))
    earlier, later = turns.turned(known)
    own = day if known.days else None
    found = {"day": own or earlier or later, "before": earlier or own or later, "after": later or own or earlier}[way]
    if found is None:
        return None
    return Built(302, b"", location=archive_path(language, found.year, found.month, found.day), language=language)


def lead_to_month(visit: Visit, query: QueryDict) -> Built | None:
    """Return the way from a rubric's month to the nearest `earlier` or `later` one with articles, as `turn` asks for,
    else to this one; None where nothing of the kind is asked for."""
    target, side = visit.target, query.get("turn")
    if side not in SIDES:
        return None
    first, last = month_days(target.year, target.month)
    known = facts.read(visit.at, turns.turns(visit.language, first, last, f"{target.rubric}:{target.slug}"))
    found = dict(zip(SIDES, turns.turned(known), strict=True))[side] or first
    return Built(302, b"", location=month_of_rubric(visit, found.year, found.month), language=visit.language)


def no_day() -> str:
    """Return what is said of what is no day."""
    return _("There is no such day. Write it as year, month and day: 2024-03-25.")
