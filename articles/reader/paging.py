"""Where the pages of a list lead: to the one before and behind, to the first and the last, and to others by number.

On every page of a day's or a month's list stands how many there are: when there is one more, all of them are made anew.
Of a rubric's list, which may have thousands, only the first says so; a closed page leads to what is always there.
"""

from collections.abc import Callable
from typing import NamedTuple

from ..pagemap import lists

BESIDE = 2  # pages by number on each side
Address = Callable[[int], str]


class Numbered(NamedTuple):
    """A page by its number, counted from the newest; `path`: empty for the page itself; `gap`: others lie before it."""

    number: int
    path: str
    gap: bool


class Pager(NamedTuple):
    """Addresses, each empty where it leads nowhere. `number`: of the page as readers count, `total`: how many there
    are, both 0 where that is not told."""

    newer: str = ""
    older: str = ""
    first: str = ""
    last: str = ""
    number: int = 0
    total: int = 0
    numbers: tuple[Numbered, ...] = ()


def pager(page: int, length: int, address: Address, *, is_whole: bool) -> Pager:
    """Return where a page of a list of `length` entries leads. `is_whole`: each page says how many there are."""
    closed = lists.closed_pages(length)
    older, newer = lists.older_page(page, length), lists.newer_page(page, length)
    found = Pager(
        newer=address(newer) if newer else "",
        older=address(older) if older else "",
        first=address(1) if page != 1 else "",
        last=address(2) if closed and page != 2 else "",
    )
    if not closed or not (is_whole or page == 1):
        return found
    number, total = lists.number_of(page, length), closed + 1
    numbers = tuple(numbered(number, total, lambda one: address(lists.number_of(one, length)))) if is_whole else ()
    return found._replace(number=number, total=total, numbers=numbers)


def numbered(number: int, total: int, address: Address) -> list[Numbered]:
    """Return the pages that are offered by number: the first, those beside this one, the last."""
    beside = range(max(1, number - BESIDE), min(total, number + BESIDE) + 1)
    found: list[Numbered] = []
    for one in sorted({1, *beside, total}):
        gap = bool(found) and one > found[-1].number + 1
        found.append(Numbered(one, "" if one == number else address(one), gap))
    return found
