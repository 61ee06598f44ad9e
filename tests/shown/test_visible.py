"""What readers see is said twice, as query sets and as SQL: both must answer what the plain rules say."""

from collections.abc import Callable
from datetime import datetime

import pytest

from articles.models import Release
from articles.shown import visible
from articles.shown.sql import ask

from .draws import FAR, MOMENTS, TICK, draw

pytestmark = pytest.mark.django_db
Rule = Callable[[Release, datetime], bool]


def is_live(one: Release, at: datetime) -> bool:
    return one.live_at <= at and (one.ended_at is None or at < one.ended_at)


def will_begin(one: Release, at: datetime) -> bool:
    return one.live_at > at and one.announced_at is None and one.ended_at != one.live_at


def will_end(one: Release, at: datetime) -> bool:
    return is_live(one, at) and one.ended_at is not None


def is_awaited(one: Release, at: datetime) -> bool:
    return is_live(one, at) or (one.live_at > at and one.ended_at != one.live_at)


RULES: dict[str, Rule] = {
    "live": is_live,
    "was_public": lambda one, at: one.live_at <= at and one.ending != "cancelled",
    "begun": lambda one, at: is_live(one, at) and one.announced_at is None and not one.counted,
    "waits": lambda one, at: is_awaited(one, at) and one.announced_at is None,
}


@pytest.mark.parametrize("seed", range(4))
def test_query_sets_and_sql_say_what_the_plain_rules_say(seed: int) -> None:
    made = draw(seed)
    for at in (*MOMENTS, FAR, FAR + TICK):
        for name, rule in RULES.items():
            expected = {one.pk for one in made if rule(one, at)}
            assert {one.pk for one in getattr(Release.objects, name)(at)} == expected, name
            for alias in ("", "r."):
                statement = f"SELECT id FROM articles_release r WHERE {getattr(visible, name)(alias)}"
                assert {pk for (pk,) in ask(statement, {"at": at})} == expected, name


@pytest.mark.parametrize("seed", range(4))
def test_query_set_and_sql_know_when_what_lies_ahead_begins_and_ends(seed: int) -> None:
    made = draw(seed)
    for at in (*MOMENTS, FAR, FAR + TICK):
        begins = {(one.pk, one.live_at) for one in made if will_begin(one, at)}
        ends = {(one.pk, one.ended_at) for one in made if will_end(one, at)}
        assert set(Release.objects.ahead(at).values_list("pk", "moment")) == begins | ends
        for name, expected in (("begins", begins), ("ends", ends)):
            statement = f"SELECT id FROM articles_release WHERE {getattr(visible, name)('')}"
            assert {pk for (pk,) in ask(statement, {"at": at})} == {pk for pk, _moment in expected}, name


def test_every_condition_has_its_query_set() -> None:
    """One that nobody compares could say something of its own."""
    conditions = {name for name, found in vars(visible).items() if callable(found)}
    assert conditions == {*RULES, "begins", "ends"}
