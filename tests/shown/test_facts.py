"""What pages know beside their articles, after the acts and before any job has seen them."""

from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from django.contrib.auth.models import User

from articles.models import Article, Category, Count
from articles.publishing import announce_due, publish, schedule, withdraw
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


def test_two_facts_of_one_statement_give_a_name_one_value() -> None:
    with pytest.raises(ValueError, match="language"):
        facts.read(NOW, facts.monthly_counts("en"), facts.monthly_counts("ru"))
