"""A page once closed never shifts, and the page map touches exactly what an entry can change."""

from hypothesis import given
from hypothesis import strategies as st

from articles.pagemap import closed_pages, newer_page, older_page, span
from articles.pagemap.lists import LIST_SIZE, pages_from
from articles.reader.paging import pager


def shown(entries: list[object]) -> dict[int, object]:
    """Return what each page of a rubric's list shows: its entries, and where it leads."""
    total = len(entries)
    return {
        page: (entries[slice(*found)], pager(page, total, "/{}/".format, is_whole=False))
        for page, found in pages(total).items()
    }


def pages(total: int) -> dict[int, tuple[int, int]]:
    return {page: found for page in range(1, total // LIST_SIZE + 3) if (found := span(page, total))}


@given(st.integers(0, 1000))
def test_every_entry_stands_on_one_page(total: int) -> None:
    positions = [position for start, stop in pages(total).values() for position in range(start, stop)]

    assert sorted(positions) == list(range(total))
    assert len(pages(total)) == closed_pages(total) + 1


@given(st.integers(0, 1000), st.integers(0, 300))
def test_a_closed_page_stays_as_it_is_when_the_list_grows(total: int, more: int) -> None:
    before, after = pages(total), pages(total + more)

    assert {page: after[page] for page in before if page > 1} == {k: v for k, v in before.items() if k > 1}


@given(st.integers(0, 400).flatmap(lambda total: st.tuples(st.just(total), st.integers(0, total))))
def test_what_one_entry_changes_is_touched(drawn: tuple[int, int]) -> None:
    total, position = drawn
    before = shown(list(range(total)))
    after = shown([*range(position), "new", *range(position, total)])

    changed = {page for page in before.keys() | after.keys() if before.get(page) != after.get(page)}

    assert changed - {1} <= set(pages_from(position, total + 1))


@given(st.integers(0, 300), st.lists(st.integers(0, 10_000), max_size=120))
def test_what_a_burst_changes_is_touched(total: int, drawn: list[int]) -> None:
    """Entries that come at once are each counted among all of them."""
    before = shown(list(range(total)))
    entries: list[object] = list(range(total))
    for number, place in enumerate(drawn):
        entries.insert(place % (len(entries) + 1), f"new {number}")
    after = shown(entries)
    touched = {
        page
        for position, entry in enumerate(entries)
        if isinstance(entry, str)
        for page in pages_from(position, len(entries))
    }

    changed = {page for page in before.keys() | after.keys() if before.get(page) != after.get(page)}

    assert changed - {1} <= touched


@given(st.integers(0, 1000))
def test_older_and_newer_lead_through_the_whole_list(total: int) -> None:
    page, seen = 1, [1]
    while older := older_page(page, total):
        assert newer_page(older, total) == page
        page = older
        seen.append(page)

    assert sorted(seen) == sorted(pages(total))


def test_a_usual_publication_touches_no_closed_page() -> None:
    assert list(pages_from(position=130, total=131)) == []


def test_the_entry_that_fills_a_page_closes_it() -> None:
    assert list(pages_from(position=149, total=150)) == [2, 3]


@given(st.integers(0, 2000))
def test_pages_by_number_lead_through_the_whole_list(total: int) -> None:
    """From the earliest on, each offers its neighbours and the first; a number is of one page, whichever offers it."""
    named: dict[int, str] = {}
    for page in pages(total):
        found = pager(page, total, "/{}/".format, is_whole=False)
        assert [one.number for one in found.numbers] == sorted({one.number for one in found.numbers}, reverse=True)
        assert [one.path for one in found.numbers if one.number == found.number] == ([""] if found.number else [])
        assert (found.number, found.total) == ((0 if page == 1 else page - 1) or closed_pages(total) + 1, 0) or not (
            closed_pages(total)
        )
        for one in found.numbers:
            path = one.path or f"/{page}/"
            assert named.setdefault(one.number, path) == path
    assert sorted(named) == ([*range(1, closed_pages(total) + 2)] if closed_pages(total) else [])


def test_the_last_closed_pages_offer_a_new_one_by_number() -> None:
    assert list(pages_from(position=349, total=350)) == [5, 6, 7]
