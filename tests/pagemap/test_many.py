"""The map of many releases is the sum of their maps, and says what the plain rules say."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from articles.baking.counts import reconcile
from articles.models import Release
from articles.pagemap import entry_of, pages_of, pages_of_all
from articles.pagemap.around import found_by, parts_around
from articles.pagemap.places import Row

from .plain import plain_pages, plain_turns
from .released import released

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def draw(chance: random.Random, number: int, earlier: list[Release]) -> Release:
    """Return a release of a kind drawn at random: live, due, to come, ended or followed, perhaps a translation."""
    at = NOW - chance.choice([0, 1, 1, 2, 30, 31, 400]) * DAY - chance.randint(0, 20) * HOUR
    given = {
        "language": chance.choice(["en", "en", "ru"]),
        "category": chance.choice(["law", "sea"]),
        "regions": chance.sample(["north", "south"], chance.randint(0, 2)),
        "topics": chance.sample(["ice", "fog", "tide"], chance.randint(0, 3)),
        "corrections": chance.choice([[], [], [{"kind": "correction"}]]),
        "photo": chance.choice([{}, {"web": f"p{number % 5}.jpg"}]),
        "figures": [{"web": f"p{one}.jpg"} for one in chance.sample(range(5, 9), chance.choice([0, 0, 1, 3]))],
    }
    kind = chance.choice(["live", "live", "live", "due", "to come", "withdrawn", "followed"])
    if kind == "due":
        given |= {"live_at": NOW, "issued_at": NOW - HOUR, "announced_at": None}
    if kind == "to come":
        given |= {"live_at": NOW + HOUR, "announced_at": None}
    if kind == "withdrawn":
        given |= {"ended_at": NOW - HOUR / 2 if at < NOW - HOUR else at, "ending": "withdrawn"}
    if kind == "followed" and at < NOW - HOUR:
        old = released(f"n{number}", at, **given | {"ended_at": NOW, "ending": "superseded", "counted": True})
        return released(f"m{number}", at, article=old.article, live_at=NOW, announced_at=None, **given)
    if earlier and chance.random() < 0.2:
        given["origin"] = chance.choice(earlier).article
    return released(f"n{number}", at, **given)


@pytest.mark.parametrize("seed", range(1))
def test_it_says_what_the_plain_rules_say(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("articles.pagemap.lists.LIST_SIZE", 2)
    chance, made = random.Random(seed), list[Release]()
    for number in range(26):
        made.append(draw(chance, number, [one for one in made if one.article.origin_article_id is None]))
    reconcile(NOW)
    expected = {release: plain_pages(release, NOW) for release in made}

    for release in made:
        assert pages_of(release, NOW) == expected[release], release.edition.slug
    some = chance.sample(made, 12)
    assert pages_of_all(some, NOW) == set().union(*(expected[release] for release in some), plain_turns(some, NOW))
    assert pages_of_all([], NOW) == set()


def test_the_place_is_right_across_a_change_of_the_newsrooms_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was dated in a zone to the east stands among what was dated, a day earlier, in one to the west."""
    monkeypatch.setattr("articles.pagemap.lists.LIST_SIZE", 2)
    made = [released(f"n{number}", NOW - number * HOUR) for number in range(12)]
    for number, release in enumerate(made):
        day = NOW.date() - number % 2 * DAY
        Release.objects.filter(pk=release.pk).update(published_date=day)
    reconcile(NOW)

    for release in Release.objects.all():
        assert pages_of(release, NOW) == plain_pages(release, NOW)


@pytest.mark.parametrize("seed", range(1))
def test_many_of_one_day_are_the_sum_of_each(seed: int) -> None:
    """Those between them, those that follow the last, and those whose article stands at another place now."""
    chance, made = random.Random(seed), list[Release]()
    for number in range(30):
        given = {"topics": chance.sample(["ice", "fog"], chance.randint(0, 2)), "language": chance.choice(["en", "ru"])}
        at = NOW - chance.randint(0, 8) * HOUR
        if made and chance.random() < 0.3:  # a later edition: moved, under another address, or at the same moment
            old = chance.choice(made)
            if old.ended_at is None and old.live_at < NOW - HOUR / 2:
                Release.objects.filter(pk=old.pk).update(ended_at=NOW - HOUR / 2, ending="superseded")
                at = chance.choice([at, old.published_at])
                given |= {"article": old.article, "language": old.language, "live_at": NOW - HOUR / 2}
                old.refresh_from_db()
        made.append(released(f"n{number}", at, issued_at=NOW - 9 * HOUR, **given))
    reconcile(NOW)

    for _ in range(4):
        some = chance.sample(made, 14)
        each = (plain_pages(release, NOW) for release in some)
        assert pages_of_all(some, NOW) == set().union(*each, plain_turns(some, NOW))


def test_what_names_the_first_may_be_where_the_seconds_article_stands_now() -> None:
    first = released("first", NOW - 3 * HOUR)
    old = released("old", NOW - 2 * HOUR, ended_at=NOW, ending="superseded")
    released("moved", NOW - HOUR, article=old.article, live_at=NOW)

    assert "/en/2026/03/02/moved/" not in pages_of(old, NOW)
    assert "/en/2026/03/02/moved/" in pages_of_all([first, old], NOW)


def test_many_cost_few_more_queries_than_one(django_assert_max_num_queries: object) -> None:
    made = [released(f"n{number}", NOW, topics=["ice"], regions=["north"], announced_at=None) for number in range(40)]
    found = Release.objects.select_related("edition", "article", "category")
    some = list(found.prefetch_related("edition__regions", "edition__topics").filter(pk__in=[one.pk for one in made]))

    with django_assert_max_num_queries(18):  # type: ignore[operator]
        assert len(pages_of_all(some, NOW)) >= 40


def test_due_releases_of_many_days_do_not_make_the_statement_too_long() -> None:
    release = released("first", NOW, topics=["ice"])
    released("second", NOW + HOUR / 2, topics=["ice"], live_at=NOW, issued_at=NOW, announced_at=None)
    days = [NOW + number * DAY for number in range(600)]
    waiting = [Row(0, "en", day.date(), "due", frozenset(["topic:ice"]), (day, 0)) for day in days]

    found = set(found_by(list(parts_around(entry_of(release), NOW, waiting))))

    assert found == {("en", NOW.date(), "second")}
