"""Lists under any combination of rubrics and days: the same pages as from the releases themselves."""

import html
import itertools
import re
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from time_machine import travel

from articles import baking
from articles.models import Article, Category, Filing, Region, Release, Topic
from articles.publishing import publish, schedule, withdraw
from articles.publishing.record import erase
from articles.reader.keyset import cut, part_of
from articles.search import Limits, SearchQuestion, file_all, file_latest, newest, together, understand
from tests.builders import NOW, make_article, make_newsroom, make_user

LATER = NOW + timedelta(days=2)
SIZE = 2
RUBRICS = {"category": Category, "region": Region, "topic": Topic}
DAYS = ((None, None), ((NOW - timedelta(days=1)).date(), None), (None, (NOW - timedelta(days=1)).date()))


@pytest.fixture
def managing(db: None) -> User:
    make_newsroom()
    for model, slugs in ((Category, "a"), (Region, "bc"), (Topic, "def")):
        model.objects.bulk_create(model(slug=slug, name_en=slug, name_ru=slug) for slug in slugs)
    return make_user("Managing editor")


def put(slug: str, rubrics: str, *, dated_at: datetime | None = None, by: User | None = None) -> Article:
    """Write an article under rubrics given by their letters; publish it, if anybody does."""
    article = make_article(
        slug, headline=slug, body="<p>A gull.</p>", authors=[], category="a" if "a" in rubrics else "politics"
    )
    article.dated_at = dated_at
    article.save()
    article.regions.set(Region.objects.filter(slug__in=rubrics))
    article.topics.set(Topic.objects.filter(slug__in=rubrics))
    if by is not None:
        publish(article, by=by, at=NOW)
    return article


def fill(by: User) -> None:
    """Publish under one rubric of a kind, several and none; out of order, in one second, moved from one to another,
    withdrawn, in the future."""
    for number, rubrics in enumerate(("a", "abd", "abcde", "bd", "cf", "cd", "", "abd", "bd", "bd")):
        put(f"one-{number}", rubrics, dated_at=NOW - timedelta(hours=number // 3 * 11, microseconds=-number % 4), by=by)
    for number in range(4):
        put(f"old-{number}", "acf", dated_at=datetime(1650 + 100 * number, 1, 1, tzinfo=UTC), by=by)
    moved = put("moved", "abd", by=by)
    moved.regions.set(Region.objects.filter(slug="c"))
    publish(moved, by=by, at=NOW + timedelta(hours=1), reason="minor")
    withdraw(put("gone", "abd", by=by), by=by, at=NOW, note="Gone.")
    schedule(put("later", "abd"), by=by, at=NOW, live_at=LATER)


def combinations() -> list[dict[str, str]]:
    choices = [(None, "a", "politics"), (None, "b", "c"), (None, "d", "e", "f")]
    return [
        {kind: slug for kind, slug in zip(RUBRICS, chosen, strict=True) if slug}
        for chosen in itertools.product(*choices)
        if any(chosen)
    ]


def pages(chosen: dict[str, str], days: tuple[object, object], way: str, at: datetime) -> tuple[list[list[int]], ...]:
    """Return the pages of a list one after another, as the releases themselves have it, and cut from what is filed."""
    plain = Release.objects.live(at).filter(language="en")
    for kind, slug in chosen.items():
        field = "category__slug" if kind == "category" else f"edition__{kind}s__slug"
        plain = plain.filter(**{field: slug})
    since, until = days
    plain = plain.filter(published_date__gte=since) if since else plain
    plain = plain.filter(published_date__lte=until) if until else plain
    ids = {kind: RUBRICS[kind].objects.get(slug=slug).pk for kind, slug in chosen.items()}
    limits = Limits(since=since, until=until, rubrics=together(**ids))  # type: ignore[arg-type]
    return walk(plain, None, way, at), walk(plain, limits, way, at)


def walk(plain: object, limits: Limits | None, way: str, at: datetime) -> list[list[int]]:
    found, given = list[list[int]](), {"is_last": True} if way == "after" else {}
    while True:
        releases = plain
        if limits is not None:
            part = part_of(SIZE, **given)  # type: ignore[arg-type]
            some = newest(SearchQuestion(), "en", at, part.size, part.place, part.is_newer, limits)
            releases = plain.filter(pk__in=[one.release for one in some])  # type: ignore[attr-defined]
        page = cut(releases, size=SIZE, **given)  # type: ignore[arg-type]
        found.append([one.pk for one in page.releases])
        cursor = page.older if way == "before" else page.newer
        if not cursor:
            return found
        given = {way: cursor}  # type: ignore[dict-item]


@pytest.mark.parametrize("way", ["before", "after"])
@pytest.mark.parametrize("at", [NOW + timedelta(hours=2), LATER])
def test_every_combination_gives_the_pages_of_the_releases(managing: User, way: str, at: datetime) -> None:
    fill(managing)
    held = 0
    for chosen, days in itertools.product(combinations(), DAYS):
        plain, filed = pages(chosen, days, way, at)
        assert filed == plain, (chosen, days)
        held += sum(map(len, plain)) > SIZE
    assert held > 20


def test_what_is_filed_is_what_filing_all_anew_gives(managing: User) -> None:
    fill(managing)
    erased = Article.objects.get(slug="gone")
    erase(erased, by=None, at=NOW, reason="By law.")
    filed = sorted(Filing.objects.values_list("rubrics", "row"))
    assert len(filed) > Release.objects.count()
    Filing.objects.filter(row__in=[row for _rubrics, row in filed[::3]]).delete()
    assert list(file_all())[-1] == Release.objects.latest("pk").edition_id
    assert sorted(Filing.objects.values_list("rubrics", "row")) == filed


def test_the_first_worker_files_what_the_version_before_has_published(managing: User) -> None:
    fill(managing)
    filed = sorted(Filing.objects.values_list("rubrics", "row"))
    assert file_latest() == 0
    Filing.objects.all().delete()
    baking.each_minute(NOW)
    assert sorted(Filing.objects.values_list("rubrics", "row")) == filed


def test_a_search_within_rubrics_walks_through_what_is_filed_or_asks_of_each_hit(managing: User) -> None:
    fill(managing)
    region = Region.objects.get(slug="b")
    wanted = {one.pk for one in Release.objects.live(NOW).filter(language="en", edition__regions=region)}
    for share in ("0.05", "2"):
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr("articles.search.rows.COMMON_IN_RUBRICS", float(share))
            found = newest(understand("gull"), "en", NOW, 50, limits=Limits(rubrics=together(region=region.pk)))
        assert {one.release for one in found} == wanted


def test_numbers_of_combinations_stay_apart_and_fit() -> None:
    ids = (0, 1, 2, (1 << 21) - 1)
    numbers = [together(*some) for some in itertools.product(ids, repeat=3)]
    assert len({*numbers}) == len(numbers)
    assert max(numbers) < 1 << 63


def test_a_rebuild_leaves_what_is_filed(managing: User) -> None:
    fill(managing)
    filed = sorted(Filing.objects.values_list("rubrics", "row"))
    call_command("rebuild_search", "--at-once", stdout=StringIO())
    assert sorted(Filing.objects.values_list("rubrics", "row")) == filed
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM articles_search")
        assert cursor.fetchone()[0]


def test_a_search_that_stops_looking_says_so_and_can_be_gone_on_with(
    managing: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(12):
        body = "<p>A harbour, a pelican.</p>" if number == 11 else "<p>A harbour.</p>"
        article = make_article(f"one-{number}", headline="-", body=body, authors=[], category="a")
        article.dated_at = NOW - timedelta(hours=number)
        article.save()
        publish(article, by=managing, at=NOW)
    path, seen = "/en/search/?q=harbour+pelican&category=a", []
    with travel(NOW, tick=False):
        assert "/one-11/" in client.get(path).content.decode()
        monkeypatch.setattr("articles.search.rows.FURTHEST", 5)
        for _ in range(3):
            page = client.get(path).content.decode()
            seen.append(("/one-11/" in page, "None of these articles answers." in page))
            further = re.search(r'href="([^"]+)">Look further<', page)
            path = html.unescape(further[1]) if further else ""
    assert (seen, path) == ([(False, True), (False, True), (True, False)], "")


def test_a_search_that_met_all_that_may_answer_goes_no_further(
    managing: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        put(f"one-{number}", "a", by=managing)
    monkeypatch.setattr("articles.search.rows.FURTHEST", 4)
    with travel(NOW, tick=False):
        for query in ("q=gull", "q=gull&category=a", "q=gull&category=a&sort=date", "q=zebra&category=a", "q="):
            assert "Look further" not in client.get(f"/en/search/?{query}").content.decode()
