"""Months as tables of weeks."""

import doctest
from datetime import date

from articles.reader import calendar


def test_the_example_of_a_calendar_holds() -> None:
    assert doctest.testmod(calendar).failed == 0


def test_a_month_knows_its_leap_day() -> None:
    assert calendar.month_days(2024, 2) == (date(2024, 2, 1), date(2024, 2, 29))
