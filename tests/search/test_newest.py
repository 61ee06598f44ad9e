"""Pages of hits are cut from the newest rows of the index: the same pages as from all hits, on every database."""

from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection

from articles.models import Article, Release
from articles.publishing import publish, schedule, withdraw
from articles.reader.keyset import cut, parse_cursor
from articles.search import Part, hits, key_of
from articles.search.keys import EDITIONS, key, second, second_of, span
from articles.search.question import understand
from articles.search.rebuild import rebuild
from tests.builders import NOW, make_article, make_newsroom, make_user

LATER = NOW + timedelta(days=2)
SIZE = 3
QUESTION = understand("gull")


@pytest.fixture
def managing(db: None) -> User:
    make_newsroom()
    return make_user("Managing editor")


def put(slug: str, by: User, dated_at: datetime | None = None, **given: object) -> Article:
    article = make_article(
        slug, headline=slug, summary="", body="<p>A gull.</p>", authors=[], dated_at=dated_at, **given
    )
    publish(article, by=by, at=NOW)
    return article


def fill(by: User) -> None:
    """Publish out of order: backdated by years and by microseconds, one second shared by many, updated, in the future,
    in the other language, withdrawn."""
    for number in range(5):
        put(f"same-{number}", by, NOW.replace(second=7) - timedelta(hours=1, microseconds=-number % 3))
    for number, dated_at in enumerate(
        (datetime(1931, 5, 1, tzinfo=UTC), datetime(1650, 1, 1, tzinfo=UTC), datetime(1660, 1, 1, tzinfo=UTC), None)
    ):
        put(f"dated-{number}", by, dated_at)
    for number in range(4):
        put(f"old-{number}", by, NOW - timedelta(days=900, seconds=number // 2))
    changed = Article.objects.get(slug="same-1")
    changed.body = "<p>A gull and a tern.</p>"
    changed.save()
    publish(changed, by=by, at=NOW + timedelta(hours=1), reason="correction", note="A tern, too.")
    withdraw(put("gone", by), by=by, at=NOW, note="Gone.")
    put("other", by, language="ru")
    for number in range(2):
        later = make_article(f"later-{number}", body="<p>A gull.</p>")
        schedule(later, by=by, at=NOW, live_at=LATER - timedelta(hours=number))


def pages(direction: str, at: datetime, *, whole: bool) -> list[list[str]]:
    """Return the pages of hits from the newest on, or from the oldest back, cut from all hits or from the parts."""
    found: list[list[str]] = []
    cursor, last = "", cut(hits(QUESTION, "en", at), size=99)
    if direction == "after":
        cursor = f"{parse_cursor('-20000000000000000.1')}"
    assert last.releases
    while True:
        given = {direction: cursor} if cursor else {}
        place = parse_cursor(cursor) if cursor else None
        part = Part(
            SIZE + 1, (place.published_at, place.id) if place else None, is_newer=direction == "after" and bool(place)
        )
        slice_ = cut(hits(QUESTION, "en", at, None if whole else part), size=SIZE, **given)
        found.append([release.edition.slug for release in slice_.releases])
        cursor = slice_.older if direction == "before" else slice_.newer
        if not cursor:
            return found


@pytest.mark.parametrize("direction", ["before", "after"])
@pytest.mark.parametrize("at", [NOW + timedelta(hours=2), LATER])
@pytest.mark.parametrize("spare", [0, 1, 20])
def test_parts_give_the_pages_that_all_hits_give(
    managing: User, direction: str, at: datetime, spare: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("articles.search.rows.SPARE", spare)
    fill(managing)
    whole = pages(direction, at, whole=True)
    assert pages(direction, at, whole=False) == whole
    slugs = [slug for page in whole for slug in page]
    assert len(slugs) == len(set(slugs)) == (13 if at < LATER else 15)
    assert {"other", "gone"}.isdisjoint(slugs)


def test_rows_are_read_in_the_order_of_publication_and_stay(managing: User) -> None:
    fill(managing)
    for release in Release.objects.select_related("edition"):
        assert release.indexed_as == key_of(release.edition)
        assert second_of(release.indexed_as) == second(release.language, release.published_at)
    rows = list(Release.objects.filter(language="en").values_list("indexed_as", "published_at"))
    assert [at.replace(microsecond=0) for _row, at in sorted(rows) if at.year > 1700] == sorted(
        at.replace(microsecond=0) for _row, at in rows if at.year > 1700
    )


def test_a_page_reads_no_more_than_it_shows(managing: User) -> None:
    """A page of a common word has the newest rows only."""
    for number in range(30):
        put(f"gull-{number}", managing, NOW - timedelta(minutes=number))
    found = hits(QUESTION, "en", LATER, Part(SIZE)).count()
    assert found == SIZE


@pytest.mark.parametrize("language", ["en", "ru"])
def test_numbers_fit_and_stay_apart(language: str) -> None:
    texts = ("0001-01-01", "1969-12-31T23:59:59", "1970-01-01", "2026-03-10", "9999-12-31")
    moments = [datetime.fromisoformat(text).replace(tzinfo=UTC) for text in texts]
    numbers = [key(language, moment, pk) for moment in moments for pk in (1, (1 << EDITIONS) - 1)]
    assert numbers == sorted(set(numbers))
    first, last = span(language)
    assert all(first <= number <= last < 1 << 63 for number in numbers)


def test_the_rebuild_gives_each_release_its_row_and_can_be_broken_off(
    managing: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the state before the migration, with rows numbered by edition."""
    monkeypatch.setattr("articles.search.rebuild.SLICE", 4)
    fill(managing)
    before = pages("before", LATER, whole=True)
    numbers = dict(Release.objects.values_list("pk", "indexed_as"))
    for release in Release.objects.select_related("edition"):
        Release.objects.filter(pk=release.pk).update(indexed_as=release.edition_id)
    with pytest.raises(RuntimeError):
        rebuild(BrokenOff(), Editor())
    rebuild(apps, Editor())
    assert dict(Release.objects.values_list("pk", "indexed_as")) == numbers
    assert pages("before", LATER, whole=True) == before
    assert pages("before", LATER, whole=False) == before
    with connection.cursor() as cursor:
        cursor.execute("SELECT rowid FROM articles_search ORDER BY rowid")
        assert [row[0] for row in cursor.fetchall()] == sorted(numbers.values())


class Editor:
    connection = connection


class BrokenOff:
    """The models of a migration whose machine stops at the second slice."""

    def __init__(self) -> None:
        self.left = 3

    def get_model(self, *names: str) -> object:
        self.left -= 1
        if self.left < 0:
            raise RuntimeError
        return apps.get_model(*names)
