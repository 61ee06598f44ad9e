"""An edition's marks on pages of another day than its own.

A register may keep to the day of publication. An article's page, with the lists beneath it, is then of the article's
day; every other page is of today. So a headline bears other marks in the lists of a later day, and each edition holds
them by day, from the engine and the whole text: no page shows one name both marked and bare.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from ..footnotes.registers import Registers
from ..footnotes.types import Annotation
from .content import Content
from .house import House
from .marking import Asked, annotate_on, mark_data

BY_DAY = "publication_day"
ONE = timedelta(days=1)
Data = list[dict[str, Any]]


def annotate_by_day(content: Content, house: House, asked: Asked) -> tuple[Annotation, Data]:
    """Return what an edition marks on its article's day, and its marks by day, as `Edition.dated_marks` holds them:
    empty where the former hold on every day.

    The engine is asked once, and once more for each span of days on which a name in the text stands on other registers.
    """
    book, own_day = house.compiled.registers, house.day(asked.published_at)
    keeping = {register.key for register in book.registers.values() if register.archive == BY_DAY}
    own = annotate_on(own_day, content, house, asked, explain=bool(keeping))
    days = turns(book, keeping, named_in(own)) if keeping else []
    periods: Data = []
    for since, until in pairwise([date.min, *days, date.max]) if days else ():
        day = until - ONE if since == date.min else since
        found = own if since <= own_day < until else annotate_on(day, content, house, asked)
        marks = [mark_data(mention) for mention in found.mentions]
        if not periods or periods[-1]["marks"] != marks:
            periods.append({"since": "" if since == date.min else since.isoformat(), "marks": marks})
    same = len(periods) == 1 and periods[0]["marks"] == [mark_data(mention) for mention in own.mentions]
    return own, [] if same else periods


def named_in(found: Annotation) -> set[str]:
    """Return the organizations whose names stand in an explained text, on a list that day or not."""
    return {one.organization for some in (found.mentions, found.unclear, found.rejected) for one in some}


def turns(book: Registers, registers: set[str], organizations: set[str]) -> list[date]:
    """Return the days on which the organizations come onto one of the registers or leave it, in order."""
    return sorted(
        {
            day
            for key in organizations
            for one in book.organizations[key].designations
            if one.register in registers
            for day in (one.since, one.until)
            if day and day > date.min
        }
    )


def marks_on(marks: Sequence[Any], dated: Sequence[Mapping[str, Any]], day: date) -> Sequence[Any]:
    """Return the marks that hold on a page of that day: `marks` unless the edition has others by day."""
    wanted = day.isoformat()
    for period in reversed(dated):
        if period["since"] <= wanted:
            found: Sequence[Any] = period["marks"]
            return found
    return marks


def days_of(dated: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield the days, as ISO dates, on which other marks begin to hold."""
    yield from (period["since"] for period in dated if period["since"])
