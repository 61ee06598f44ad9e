"""The first and the last day of the archive's periods."""

from calendar import monthrange
from datetime import date


def bounds(year: int, month: int = 0, day: int = 0) -> tuple[date, date]:
    """Return the first and the last day of a year, a month or a day."""
    last_month = month or 12
    last_day = day or monthrange(year, last_month)[1]
    return date(year, month or 1, day or 1), date(year, last_month, last_day)
