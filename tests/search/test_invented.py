"""How well readers find what they look for: kept in full by `make bench ARGS="search"`, a part of it here."""

from collections.abc import Iterator

import pytest

from tests.once import made_once
from tests.search.scoring import put_all, read, score

LEAST_FIRST = 0.9
EACH = 3  # of the queries one is asked here; all of them by the benchmark


@pytest.fixture(scope="module")
def archive(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    with made_once(django_db_blocker):
        put_all()
        yield


def test_what_is_looked_for_is_found_first_and_nothing_else(archive: None, db: None) -> None:
    found = score(read("queries")[::EACH])
    assert found.missed == {}
    assert found.wrong == {}
    assert found.first >= LEAST_FIRST, found.behind


def test_there_are_queries_of_every_kind() -> None:
    queries = read("queries")
    assert len(queries) >= 200
    assert len(read("articles")) >= 120
    assert {one["language"] for one in queries} == {"en", "ru"}
