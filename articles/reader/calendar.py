"""A month as a table of weeks, and the months of a year, with counts."""

import calendar
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Day:
    date: date
    number: int


def month_days(year: int, month: int) -> tuple[date, date]:
    """Return the first and the last day of a month."""
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def weeks(year: int, month: int, counts: Counter[date]) -> list[list[Day | None]]:
    """Return the weeks of a month, Monday first; None where a week reaches into another month.

    >>> [day.number if day else "-" for day in weeks(2024, 3, Counter({date(2024, 3, 2): 5}))[0]]
    ['-', '-', '-', '-', 0, 5, 0]
    """
    return [
        [Day(date(year, month, number), counts[date(year, month, number)]) if number else None for number in week]
        for week in calendar.Calendar(firstweekday=0).monthdayscalendar(year, month)
    ]


def weekdays() -> list[date]:
    """Return seven days beginning on a Monday, to print their names."""
    return [date(2024, 1, 1) + timedelta(days=number) for number in range(7)]
