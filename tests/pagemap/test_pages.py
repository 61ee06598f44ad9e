"""Which pages show a release: bounded, backwards, within its day."""

from datetime import UTC, datetime, timedelta

import pytest

from articles.baking.counts import reconcile
from articles.models import Article, Release
from articles.pagemap import article_path, family_pages, pages_of

from .released import released

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def own(slug: str, at: datetime, language: str = "en") -> str:
    return article_path(language, at.date(), slug)


def article_pages(paths: frozenset[str]) -> set[str]:
    return {path for path in paths if path.count("/") == 6 and path[4:6].isdigit()}


def test_it_stands_in_every_list_of_its_language() -> None:
    release = released("storm", NOW, category="law", regions=["north"], topics=["sea"], photo={"web": "ab.jpg"})

    assert pages_of(release, NOW) == {
        "/en/",
        "/en/news/",
        "/en/feed.xml",
        "/sitemap.xml",
        "/en/2026/03/10/storm/",
        "/en/archive/",
        "/en/archive/2026/",
        "/en/archive/2026/03/",
        "/en/archive/2026/03/10/",
        *(
            f"/en/{rubric}/{rest}"
            for rubric in ("category/law", "region/north", "topic/sea")
            for rest in ("", "2026/03/", "feed.xml")
        ),
        "/media/ab.jpg",
        "/ru/region/north/",  # which now have it in another language
        "/ru/topic/sea/",
    }


def test_corrections_touch_their_log() -> None:
    release = released("storm", NOW, corrections=[{"kind": "correction"}])

    assert {"/en/corrections/", "/en/corrections/feed.xml"} <= pages_of(release, NOW)


def test_the_next_ten_articles_list_it_as_earlier_news() -> None:
    release = released("storm", NOW - 30 * DAY)
    later = [NOW - 30 * DAY + number * DAY for number in range(1, 13)]
    for number, at in enumerate(later, start=1):
        released(f"later-{number}", at)
    released("earlier", NOW - 40 * DAY)
    released("russian", later[0], language="ru")

    expected = {own(f"later-{number}", later[number - 1]) for number in range(1, 11)}

    assert article_pages(pages_of(release, NOW)) == expected | {own("storm", NOW - 30 * DAY)}


def test_neighbours_of_the_day_show_it() -> None:
    day = NOW - 5 * DAY
    for number in range(4):
        released(f"n{number}", day + number * HOUR)
    release = released("storm", day + 90 * timedelta(minutes=1))

    found = article_pages(pages_of(release, NOW))

    assert own("n1", day) in found
    assert own("n2", day) in found
    assert own("n0", day) not in found


def test_articles_of_its_topic_show_it_as_related() -> None:
    release = released("storm", NOW - 90 * DAY, topics=["sea"])
    for number in range(1, 16):
        released(f"other-{number}", NOW - 90 * DAY + number * DAY)
    for number in range(1, 6):
        released(f"sea-{number}", NOW - 50 * DAY + number * DAY, topics=["harbour", "sea"])
    reconcile(NOW)

    found = article_pages(pages_of(release, NOW))

    assert {own(f"sea-{number}", NOW - 50 * DAY + number * DAY) for number in (1, 2, 3)} <= found
    assert own("sea-4", NOW - 46 * DAY) not in found


def test_the_ten_articles_of_its_story_before_it_show_it_as_a_follow_up() -> None:
    for number in range(12):
        released(f"sea-{number}", NOW - 400 * DAY + 30 * number * DAY, topics=["sea"])
        released(f"ice-{number}", NOW - 2 * DAY + number * HOUR, topics=["ice"])
    release = released("storm", NOW, topics=["harbour", "sea"])
    reconcile(NOW)

    found = article_pages(pages_of(release, NOW))

    assert found == {
        own("storm", NOW),
        *(own(f"sea-{number}", NOW - 400 * DAY + 30 * number * DAY) for number in range(2, 12)),
    }


def archive_pages(release: Release) -> set[str]:
    """Return the archive's pages that show a release or lead to its day, month or year, without the archive's
    address."""
    reconcile(NOW)
    paths = {path.removeprefix("/en/archive/") for path in pages_of(release, NOW) if "/archive/" in path}
    return paths - {""}


def test_the_first_of_a_day_is_led_to_by_the_nearest_and_by_the_days_of_its_month() -> None:
    for days in (400, 45, 5, 3, 1):
        released(f"n{days}", NOW - days * DAY)
    own_days = {"2026/", "2026/03/", "2026/03/08/"}

    found = archive_pages(released("storm", NOW - 2 * DAY))
    assert found == own_days | {"2026/03/05/", "2026/03/07/", "2026/03/09/"}

    assert archive_pages(released("flood", NOW - 2 * DAY)) == own_days

    found = archive_pages(released("ice", NOW - 30 * DAY))
    assert found == {"2026/", "2026/02/", "2026/02/08/", "2026/01/", "2026/03/", "2026/01/24/", "2026/03/05/"}


def test_its_translations_link_to_it() -> None:
    original = released("storm", NOW - DAY, language="ru")
    release = released("storm", NOW, origin=original.article)

    assert own("storm", NOW - DAY, "ru") in pages_of(release, NOW)
    assert own("storm", NOW) in pages_of(original, NOW)


def test_what_is_not_live_is_not_touched() -> None:
    release = released("storm", NOW - 2 * DAY)
    released("to-come", NOW - DAY, live_at=NOW + HOUR, announced_at=None)
    released("gone", NOW - DAY, ended_at=NOW - HOUR, ending="withdrawn")

    assert article_pages(pages_of(release, NOW)) == {own("storm", NOW - 2 * DAY)}
    assert own("to-come", NOW - DAY) in pages_of(release, NOW + HOUR)


def test_the_articles_own_releases_do_not_count() -> None:
    """Called before or after the change, the answer is the same."""
    old = released("storm", NOW - 2 * DAY, ended_at=NOW, ending="superseded")
    released("next", NOW - DAY)
    before = pages_of(old, NOW)
    article = Article.objects.get(pk=old.article_id)
    new = released("storm", NOW - 2 * DAY, article=article, live_at=NOW)

    assert pages_of(old, NOW) == before
    assert pages_of(new, NOW) == before


def test_one_more_article_of_a_long_list_closes_a_page() -> None:
    for number in range(99):
        last = released(f"n{number}", NOW - 40 * DAY + number * timedelta(minutes=1))
    reconcile(NOW)
    assert "/en/category/politics/2/" not in pages_of(last, NOW)

    release = released("n99", NOW)
    reconcile(NOW)

    assert "/en/category/politics/2/" in pages_of(release, NOW)
    assert "/en/archive/2026/03/10/2/" not in pages_of(release, NOW)


def test_the_work_is_bounded(django_assert_max_num_queries: object) -> None:
    release = released("storm", NOW - 30 * DAY, topics=["a", "b"], regions=["c"])
    for number in range(60):
        released(f"n{number}", NOW - 20 * DAY + number * HOUR, topics=["a"])

    with django_assert_max_num_queries(30):  # type: ignore[operator]
        assert len(pages_of(release, NOW)) < 60


def test_a_family_is_found_from_any_of_its_members() -> None:
    original = released("storm", NOW - DAY, language="ru")
    release = released("storm", NOW, origin=original.article)
    released("flood", NOW)
    both = {own("storm", NOW - DAY, "ru"), own("storm", NOW)}

    assert family_pages([original.article_id], NOW) == both
    assert family_pages([release.article_id], NOW) == both
    assert family_pages([], NOW) == frozenset()
