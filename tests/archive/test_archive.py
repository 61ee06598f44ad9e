"""Counts, calendars, filters and paging by key."""

import doctest
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.http import QueryDict

from articles.archive import calendar
from articles.archive.keyset import BadCursor, Cursor, cut, parse_cursor
from articles.models import Article, Category, Count, Region, Release, Topic
from articles.publishing import announce_due, publish, schedule, withdraw
from articles.reader.filters import ReleaseFilter
from articles.shown import facts
from tests.builders import NOW, make_article, make_newsroom, make_user

HOUR = timedelta(hours=1)
MARCH = (date(2026, 3, 1), date(2026, 3, 31))
TODAY = date(2026, 3, 10)


def days(at: datetime, language: str = "en") -> Counter[date]:
    return facts.read(at, facts.counts(language, *MARCH)).days


def months(at: datetime, rubric: str = "") -> Counter[tuple[int, int]]:
    return facts.read(at, facts.monthly_counts("en", rubric)).months


def beginning(at: datetime) -> date | None:
    return facts.read(at, facts.beginning()).beginning


@pytest.fixture
def managing(db: None) -> User:
    make_newsroom()
    return make_user("Managing editor")


def test_the_example_of_a_calendar_holds() -> None:
    assert doctest.testmod(calendar).failed == 0


def test_a_month_knows_its_leap_day() -> None:
    assert calendar.month_days(2024, 2) == (date(2024, 2, 1), date(2024, 2, 29))


def test_counts_follow_the_acts(managing: User) -> None:
    article = make_article()
    publish(article, by=managing, at=NOW)
    for rubric in ("", "category:politics", "region:north", "topic:elections"):
        assert months(NOW, rubric) == {(2026, 3): 1}, rubric
    assert months(NOW, "category:courts") == {}
    assert days(NOW, "ru") == {}
    assert days(NOW) == {TODAY: 1}
    assert beginning(NOW) == TODAY
    withdraw(article, by=managing, at=NOW + HOUR, note="Gone.")
    assert days(NOW + HOUR) == {}
    assert beginning(NOW + HOUR) is None


def test_what_has_begun_counts_before_any_job_has_seen_it(managing: User) -> None:
    due = NOW + HOUR
    schedule(make_article(), by=managing, at=NOW, live_at=due)
    assert days(due - timedelta(seconds=1)) == {}
    assert not Count.objects.filter(number__gt=0).exists()
    assert days(due) == {TODAY: 1}
    assert months(due, "topic:elections") == {(2026, 3): 1}
    assert announce_due(due) == 1
    assert days(due) == {TODAY: 1}


def test_a_scheduled_move_to_another_category_counts_once(managing: User) -> None:
    article = make_article()
    publish(article, by=managing, at=NOW)
    Article.objects.update(category=Category.objects.get(slug="courts"))
    due = NOW + HOUR
    schedule(Article.objects.get(), by=managing, at=NOW, live_at=due)
    for announced in (False, True):
        if announced:
            announce_due(due)
        assert months(due, "category:politics") == {}
        assert months(due, "category:courts") == {(2026, 3): 1}
        assert days(due) == {TODAY: 1}


def ordered(count: int, managing: User) -> list[Release]:
    """Publish so many articles, pairs of them with the same moment; return them newest first."""
    for number in range(count):
        article = make_article(f"story-{number}", dated_at=NOW - timedelta(days=number // 2), authors=[])
        publish(article, by=managing, at=NOW)
    return list(Release.objects.order_by("-published_at", "-id"))


def test_pages_by_key_neither_skip_nor_repeat(managing: User) -> None:
    everything = ordered(9, managing)
    releases = Release.objects.live(NOW)
    seen, page = [], cut(releases, size=2)
    assert page.newer == ""
    seen += page.releases
    while page.older:
        page = cut(releases, size=2, before=page.older)
        seen += page.releases
    assert seen == everything
    back = list(page.releases)
    while page.newer:
        page = cut(releases, size=2, after=page.newer)
        back = page.releases + back
    assert back == everything


def test_beyond_the_ends_there_is_nothing(managing: User) -> None:
    ordered(1, managing)
    releases = Release.objects.live(NOW)
    long_ago, far_ahead = Cursor(datetime(1, 1, 1, tzinfo=UTC), 1), Cursor(datetime(9999, 12, 31, tzinfo=UTC), 1)
    assert cut(releases, size=2, before=str(long_ago)).releases == []
    assert cut(releases, size=2, after=str(far_ahead)).releases == []
    assert len(cut(releases, size=2, before=str(far_ahead)).releases) == 1


def test_a_cursor_is_read_back_exactly() -> None:
    cursor = Cursor(datetime(2024, 3, 25, 18, 48, 0, 123456, tzinfo=UTC), 7)
    assert parse_cursor(str(cursor)) == cursor


@pytest.mark.parametrize("text", ["", "1", "a.b", "1.2.3", "9" * 18 + ".1", "1." + "9" * 19, " 1.1", "1.1\n", "١.١"])
def test_other_texts_are_no_cursors(text: str) -> None:
    with pytest.raises(BadCursor):
        parse_cursor(text)


def filters(query: str) -> ReleaseFilter:
    models = {"category": Category, "region": Region, "topic": Topic}
    return ReleaseFilter(
        QueryDict(query),
        Release.objects.live(NOW),
        **{kind: model.objects.values_list("slug", "name_en") for kind, model in models.items()},
    )


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"one", "two"}),
        ("category=courts", {"two"}),
        ("region=north", {"one"}),
        ("topic=sea", {"two"}),
        ("since=2026-03-10", {"one"}),
        ("until=2026-03-09", {"two"}),
        ("since=2026-03-09&until=2026-03-10&category=politics", {"one"}),
    ],
)
def test_filters_choose(managing: User, query: str, expected: set[str]) -> None:
    Topic.objects.create(slug="sea", name_en="Sea", name_ru="Море")
    publish(make_article("one"), by=managing, at=NOW)
    two = make_article("two", category="courts", dated_at=NOW - timedelta(days=1))
    two.regions.set(Region.objects.none())
    two.topics.set(Topic.objects.filter(slug="sea"))
    publish(two, by=managing, at=NOW)
    chosen = filters(query)
    assert not chosen.errors
    assert set(chosen.qs.values_list("edition__slug", flat=True)) == expected


def test_no_filter_asks_for_distinct_rows(managing: User) -> None:
    statement = str(filters("category=politics&region=north&topic=elections&since=2026-01-01").qs.query)
    assert "DISTINCT" not in statement and statement.count("JOIN") == 6, statement


@pytest.mark.parametrize("query", ["category=x", "region=%00", "topic=1", "since=1.4.2026", "until=2026-02-30"])
def test_impossible_values_are_told_at_their_field(managing: User, query: str) -> None:
    chosen = filters(query)
    assert not chosen.qs.exists()
    assert list(chosen.errors) == [query.split("=")[0]]
