"""Touching makes pages dirty and raises their generation; nothing else decides what a bake may store."""

from datetime import UTC, datetime, timedelta

import pytest

from articles.models import Page
from articles.pagemap import touch

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)


def test_a_page_is_made_dirty_at_its_first_touch() -> None:
    assert touch(["/en/", "/en/", "/media/ab.jpg"], NOW) == 2

    page = Page.objects.get(path="/en/")
    assert (page.kind, page.generation, page.dirty_since) == ("front", 1, NOW)
    assert Page.objects.get(path="/media/ab.jpg").kind == "media"


def test_a_second_touch_raises_the_generation_and_is_the_one_that_counts() -> None:
    touch(["/en/"], NOW)
    touch(["/en/"], LATER)

    page = Page.objects.get(path="/en/")
    assert (page.generation, page.dirty_since) == (2, LATER)


def test_a_bulk_that_began_earlier_does_not_put_a_page_back() -> None:
    touch(["/en/"], LATER)
    touch(["/en/"], NOW)

    page = Page.objects.get(path="/en/")
    assert (page.generation, page.dirty_since) == (2, LATER)


def test_a_touch_ends_lease_and_delay() -> None:
    touch(["/en/"], NOW)
    Page.objects.update(claimed_until=LATER, not_before=LATER, attempts=3, dirty_since=None, file_hash="a" * 64)
    touch(["/en/"], LATER)

    page = Page.objects.get(path="/en/")
    assert (page.claimed_until, page.not_before, page.attempts, page.dirty_since) == (None, None, 0, LATER)
    assert page.file_hash == "a" * 64


def test_many_pages_are_touched_in_few_statements(django_assert_max_num_queries: object) -> None:
    paths = [f"/en/category/c{number}/" for number in range(250)]

    with django_assert_max_num_queries(5):  # type: ignore[operator]
        assert touch(paths, NOW) == 250

    assert Page.objects.dirty(NOW).count() == 250


def test_an_address_that_is_never_stored_is_refused() -> None:
    with pytest.raises(ValueError, match="search"):
        touch(["/en/search/"], NOW)

    assert not Page.objects.exists()
