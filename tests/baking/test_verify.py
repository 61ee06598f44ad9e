"""Verify names every difference between the store and the application, and nothing else."""

import pytest

from articles import pagestore
from articles.baking import bake_paths, verify
from articles.models import Page
from articles.pagemap import every_page, touch

from .conftest import NOW, Written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]


@pytest.fixture
def whole(site: Written) -> Written:
    """A store in which everything is as it should be."""
    site.pages |= {path: f"page {path}" for path in every_page(NOW)}
    bake_paths(site.pages, NOW)
    return site


def found() -> list[str]:
    return [str(difference) for difference in verify(NOW)]


def test_a_store_as_it_should_be_has_no_difference(whole: Written) -> None:
    assert len(list(pagestore.stored_paths())) == len(whole.pages) > 10
    assert found() == []


def test_a_missing_file_is_named(whole: Written) -> None:
    pagestore.drop("/en/")

    assert found() == ["missing: /en/"]


def test_a_page_that_nobody_has_touched_yet_is_named(whole: Written) -> None:
    pagestore.drop("/en/news/")
    Page.objects.filter(path="/en/news/").delete()

    assert found() == ["missing: /en/news/"]


def test_an_altered_file_is_named(whole: Written) -> None:
    pagestore.put("/ru/", b"something else", "text/html")

    assert found() == ["altered: /ru/"]


def test_a_page_that_would_be_rendered_differently_is_named(whole: Written) -> None:
    whole.pages["/en/archive/"] = "another template"

    assert found() == ["different: /en/archive/"]


@pytest.mark.parametrize("path", ["/en/2020/01/01/stray/", "/backup.tar", "/en/front.html", "/media/stray.jpg"])
def test_a_foreign_file_is_named(whole: Written, path: str) -> None:
    pagestore.put(path, b"stray", "text/html")

    assert found() == [f"foreign: {path}"]


def test_a_foreign_file_with_a_name_we_would_never_give_is_named(whole: Written, store: object) -> None:
    (store / "en" / "notes (1).txt").write_text("stray")  # type: ignore[operator]

    assert found() == ["foreign: /en/notes (1).txt"]


def test_a_file_of_a_page_that_is_gone_is_named(whole: Written) -> None:
    whole.pages["/en/corrections/"] = 404

    assert found() == ["left over: /en/corrections/"]


def test_a_page_that_cannot_be_rendered_is_named(whole: Written) -> None:
    whole.pages["/en/"] = RuntimeError("broken")

    assert found() == ["unreadable: /en/ (RuntimeError: broken)"]


def test_pages_that_wait_are_passed_over(whole: Written) -> None:
    whole.pages["/en/"] = "new"
    touch(["/en/"], NOW)

    assert found() == []
