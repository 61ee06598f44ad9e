"""How a long list is cut into pages, so that a page once closed never shifts.

A list's own address shows its newest 50 to 99 entries. Each 50 earlier ones are closed into a page of their
own, counted from the earliest: …/2/ holds the first 50 ever, …/3/ the next, and so on. Entries are ordered by
(published_at, id of the article); positions below count from 0, from the earliest.
"""

LIST_SIZE = 50
BESIDE = 2  # pages that a page offers by number on each side


def closed_pages(total: int) -> int:
    """Return how many closed pages a list of `total` entries has: …/2/ to …/(n + 1)/."""
    return max(0, total // LIST_SIZE - 1)


def span(page: int, total: int) -> tuple[int, int] | None:
    """Return the half-open range of positions on `page` (1 = the list's own address); None: no such page.

    >>> span(1, 130), span(2, 130), span(3, 130)
    ((50, 130), (0, 50), None)
    """
    closed = closed_pages(total)
    if page == 1:
        return closed * LIST_SIZE, total
    if 2 <= page <= closed + 1:
        return (page - 2) * LIST_SIZE, (page - 1) * LIST_SIZE
    return None


def older_page(page: int, total: int) -> int | None:
    """Return the page with the entries just before those of `page`; None when there are none."""
    older = closed_pages(total) + 1 if page == 1 else page - 1
    return older if older >= 2 else None


def newer_page(page: int, total: int) -> int | None:
    """Return the page with the entries just after those of `page`; None on the list's own address."""
    if page == 1:
        return None
    return page + 1 if page <= closed_pages(total) else 1


def pages_from(position: int, total: int) -> range:
    """Return the closed pages that may change when an entry comes or goes at `position`.

    `total` counts the entry itself. An entry on the list's own address can make the page before it close, and
    then those before that one offer it by its number; an entry that closes nothing changes no closed page.
    """
    first, last = max(0, position // LIST_SIZE - 1), closed_pages(total)
    if first < last:
        first = max(0, first - BESIDE)
    return range(first + 2, last + 2)


def numbered_from(position: int, total: int) -> range:
    """Return the closed pages that may change when an entry comes or goes at `position`, of a list that prints on each
    page how many there are: all of them, where there is one more or less."""
    closed = closed_pages(total)
    return range(2, closed + 2) if closed != closed_pages(total - 1) else pages_from(position, total)


def number_of(page: int, total: int) -> int:
    """Return which page this is as readers count, from the newest: the list's own address is the first. And which page
    it is that they count so: one is the other's turn.

    >>> number_of(1, 250), number_of(5, 250), number_of(2, 250)
    (1, 2, 5)
    """
    return 1 if page == 1 else closed_pages(total) + 3 - page


def number_from_earliest(page: int, total: int) -> int:
    """Return which page this is, counted from the earliest: that number a closed page keeps for ever.

    >>> number_from_earliest(2, 250), number_from_earliest(5, 250), number_from_earliest(1, 250)
    (1, 4, 5)
    """
    return closed_pages(total) + 1 if page == 1 else page - 1
