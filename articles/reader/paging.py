"""Where the pages of a list lead: to the one before and behind, to the first and the last, and to others by number.

On every page of a day's or a month's list stands how many there are: when there is one more, all of them are made anew.
A rubric's list may have thousands. Its pages are counted from the earliest, so that a closed one keeps its number, and
when one is closed only those are made anew that offer it.
"""

from collections.abc import Callable
from typing import NamedTuple

from ..pagemap import lists

Address = Callable[[int], str]


class Numbered(NamedTuple):
    """A page by its number; `path`: empty for the page itself; `gap`: others lie before it."""

    number: int
    path: str
    gap: bool


class Pager(NamedTuple):
    """Addresses, each empty where it leads nowhere. `number`: of the page, counted from the newest where `total` says
    how many there are, else from the earliest; both 0 where that is not told. `numbers`: in the order of the list."""

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
    if not closed:
        return found
    if not is_whole:
        number = lists.number_from_earliest(page, length)
        return found._replace(number=number, numbers=tuple(from_earliest(number, closed + 1, address)))
    number, total = lists.number_of(page, length), closed + 1
    numbers = tuple(numbered(number, total, lambda one: address(lists.number_of(one, length))))
    return found._replace(number=number, total=total, numbers=numbers)


def offered(number: int, total: int) -> list[int]:
    """Return the pages that are offered by number, counting up: the first, those beside this one, the last."""
    beside = range(max(1, number - lists.BESIDE), min(total, number + lists.BESIDE) + 1)
    return sorted({1, *beside, total})


def numbered(number: int, total: int, address: Address) -> list[Numbered]:
    """Return the pages of a list that says how many it has; `address`: of a page by its number."""
    found: list[Numbered] = []
    for one in offered(number, total):
        gap = bool(found) and one > found[-1].number + 1
        found.append(Numbered(one, "" if one == number else address(one), gap))
    return found


def from_earliest(number: int, total: int, address: Address) -> list[Numbered]:
    """Return the pages of a list whose closed pages do not say how many it has, counted from the earliest."""
    found: list[Numbered] = []
    for one in offered(number, min(total, number + lists.BESIDE))[::-1]:
        gap = bool(found) and one < found[-1].number - 1
        path = address(1 if one == total else one + 1)
        found.append(Numbered(one, "" if one == number else path, gap))
    return found
