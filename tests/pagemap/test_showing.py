"""The cheap page map of a release that stays where it is names what the full one names, and no closed page too many."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from articles import pagemap
from articles.models import Release, Topic
from articles.pagemap import lists
from articles.publishing import publish
from tests.builders import NOW, make_article, make_newsroom, make_user


@pytest.fixture
def editor(db: None) -> User:
    make_newsroom()
    return make_user("Editor")


def loaded(release: Release) -> Release:
    return Release.objects.select_related("edition", "category").get(pk=release.pk)


def put(editor: User, number: int) -> Release:
    """Publish an article half a day after the one before, two of each moment."""
    at = NOW + timedelta(hours=12) * (number // 2)
    return publish(make_article(f"story-{number}", dated_at=at), by=editor, at=at)


def test_it_names_the_pages_of_the_full_map(editor: User) -> None:
    releases = [put(editor, number) for number in range(16)]
    at = NOW + timedelta(days=30)
    for release in map(loaded, releases):
        assert pagemap.pages_showing([release], at) <= pagemap.pages_of(release, at)
        missing = pagemap.pages_of(release, at) - pagemap.pages_showing([release], at)
        # The archive's index and its years show counts, which marks do not change.
        assert missing <= {"/en/archive/", "/en/archive/2026/"}


def test_of_a_long_list_it_names_the_page_on_which_the_release_stands(
    editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (lists, pagemap.positions):
        monkeypatch.setattr(module, "LIST_SIZE", 3)
    releases = [put(editor, number) for number in range(14)]
    at = NOW + timedelta(days=30)
    for position, release in enumerate(map(loaded, releases)):
        pages = {path for path in pagemap.pages_showing([release], at) if path.startswith("/en/category/politics/")}
        pages = {path for path in pages if "2026" not in path and not path.endswith("feed.xml")}
        page = next(n for n in range(1, 6) if (span := lists.span(n, 14)) and span[0] <= position < span[1])
        assert pages == {pagemap.rubric_path("en", "category", "politics", page=page)}


def test_of_many_it_names_what_it_names_of_each(editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (lists, pagemap.positions):
        monkeypatch.setattr(module, "LIST_SIZE", 3)
    releases = [loaded(put(editor, number)) for number in range(14)]
    at = NOW + timedelta(days=30)
    for some in (releases, releases[3:9:2]):
        each = [pagemap.pages_showing([release], at) for release in some]
        assert pagemap.pages_showing(some, at) == frozenset().union(*each)


def test_topics_that_are_shared_lead_to_the_pages_that_relate_to_it(editor: User) -> None:
    first = put(editor, 0)
    quiet = [put(editor, number) for number in range(2, 26)]
    Topic.objects.create(slug="harbour", name_en="Harbour", name_ru="Гавань")
    at = NOW + timedelta(days=30)
    related = {
        pagemap.article_path("en", release.published_date, release.edition.slug) for release in [first, *quiet[:10]]
    }
    shown = {path for path in pagemap.pages_showing([loaded(first)], at) if "/story-" in path}
    assert shown == related
