"""Days as keepers write them: `05.03.2021`, `5/3/21`, `2021-03-05`, `«5» марта 2021 года`, `5 March 2021`."""

import re
from datetime import date, datetime

MONTHS = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()
ENGLISH = "January February March April May June July August September October November December".lower().split()
DAY = re.compile(
    r"(?<!\d)(?:(?P<iso>\d{4})-(?P<im>\d\d)-(?P<id>\d\d)"
    r"|(?P<d>\d{1,2})[./](?P<m>\d{1,2})[./](?P<y>\d{4}|\d\d)(?!\d)"
    rf"|(?P<wd>\d{{1,2}})[»\"”]?\s+(?P<word>{'|'.join(MONTHS + ENGLISH)})\s+(?P<wy>\d{{4}}))",
    re.IGNORECASE,
)


def days(value: object) -> list[date]:
    """Return the days that a cell names, in order; a real date is one. Two-digit years are of this century."""
    if isinstance(value, datetime):
        return [value.date()]
    if isinstance(value, date):
        return [value]
    return [day for found in DAY.finditer(str(value).replace("\u00a0", " ")) if (day := _day(found))]


def first_day(value: object) -> date | None:
    found = days(value)
    return found[0] if found else None


def _day(found: re.Match[str]) -> date | None:
    if found["iso"]:
        parts = int(found["iso"]), int(found["im"]), int(found["id"])
    elif found["word"]:
        parts = int(found["wy"]), (MONTHS + ENGLISH).index(found["word"].lower()) % 12 + 1, int(found["wd"])
    else:
        year = int(found["y"])
        parts = year + 2000 if year < 100 else year, int(found["m"]), int(found["d"])
    try:
        return date(*parts)
    except ValueError:
        return None
