"""Every kind of stored page has its addresses, and its pages are found by whoever goes through all of them."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from articles.baking.counts import reconcile
from articles.baking.verify import SERVED
from articles.models import Site
from articles.models.languages import ALL
from articles.pagemap import every_page, pages_of, pages_with_heads, pages_with_text, period_pages, read_address
from articles.pagemap.kinds import KINDS

from .released import released

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
NGINX = Path(__file__).resolve().parent.parent.parent / "deploy" / "nginx.conf"


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The pages of a newsroom that has each kind of them, in lists of two entries."""
    monkeypatch.setattr("articles.pagemap.lists.LIST_SIZE", 2)
    Site.objects.update_or_create(pk=1, defaults={"languages": ALL})
    for number in range(9):
        given = {"language": "ru" if number % 4 == 3 else "en", "topics": ["sea"], "regions": ["north"]}
        released(f"n{number}", NOW - number * HOUR, photo={"web": f"{number}.jpg"}, **given)
    reconcile(NOW)
    return set(every_page(NOW))


def test_there_are_pages_of_every_kind(pages: set[str]) -> None:
    assert {target.kind for path in pages if (target := read_address(path))} == {kind.name for kind in KINDS}
    assert len({kind.name for kind in KINDS}) == len(KINDS)


def test_each_address_is_of_one_kind(pages: set[str]) -> None:
    for path in pages:
        assert len([kind for kind in KINDS if re.fullmatch(kind.pattern, path, re.ASCII)]) == 1, path


def test_a_language_stands_at_the_head_of_the_address_or_nowhere(pages: set[str]) -> None:
    languages = {kind.name: kind.has_language for kind in KINDS}
    for path in pages:
        target = read_address(path)
        assert target and bool(target.language) == languages[target.kind] == path.startswith(f"/{target.language}/")


def test_the_web_server_takes_each_address_for_that_of_a_page(pages: set[str]) -> None:
    [location] = re.findall(r'location ~ "(.*)" \{', NGINX.read_text())
    assert [path for path in pages if not re.search(location, path) or not SERVED.fullmatch(path)] == []


def test_whatever_shows_an_article_is_a_page_that_is_stored(pages: set[str]) -> None:
    release = released("storm", NOW - HOUR / 2, topics=["sea"], photo={"web": "ab.jpg"}, corrections=[{"kind": ""}])
    reconcile(NOW)
    every = set(every_page(NOW))
    assert pages_of(release, NOW) <= every
    assert pages_with_text([release]) | pages_with_heads("en") <= every
    assert period_pages(NOW, 2026, 3, 10) <= every


def test_a_year_is_closed_by_its_months_with_what_spans_them_once() -> None:
    released("storm", NOW)
    kinds = {kind.name for kind in KINDS if kind.spans_months}
    whole, below = period_pages(NOW, 2026, 3), period_pages(NOW, 2026, 3, above=False)
    assert kinds == {target.kind for path in whole - below if (target := read_address(path))}
    assert below == {path for path in whole if (target := read_address(path)) and target.kind not in kinds}
