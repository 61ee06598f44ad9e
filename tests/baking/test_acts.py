"""What an editor's act does to stored pages before the click returns, with the reader's real pages."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User

from articles import pagestore
from articles.baking import bake_dirty, bake_paths, tick, verify
from articles.models import Article, Page
from articles.pagemap import touch
from articles.publishing import announce_due, cancel, keep_version, publish, schedule, withdraw
from articles.publishing.pages import drop_dirty
from articles.reader.built import Built
from articles.reader.pages import build
from tests.builders import make_article, make_newsroom, make_user
from tests.busy import busy_error

from .conftest import NOW
from .test_after_any_acts import make_photo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]

Capture = Callable[..., AbstractContextManager[object]]
PATH = "/en/2026/03/10/dunes/"
HOUR = timedelta(hours=1)


@pytest.fixture
def editor(store: Path) -> User:
    make_newsroom()
    return make_user("Managing editor")


@pytest.fixture
def article(editor: User) -> Article:
    """A published article with a photo, stored with every page that shows it."""
    made = make_article(lead_photo=make_photo("red"))
    publish(made, by=editor, at=NOW)
    tick(NOW)
    assert pagestore.get(PATH)
    return made


def naming(slug: str) -> list[str]:
    return [path for path in pagestore.stored_paths() if slug.encode() in (pagestore.get(path) or b"")]


def test_no_stored_page_and_no_photo_is_left_of_a_withdrawn_article(
    article: Article, editor: User, django_capture_on_commit_callbacks: Capture
) -> None:
    assert len(naming("/dunes/")) > 10
    assert article.lead_photo

    with django_capture_on_commit_callbacks(execute=True):
        withdraw(article, by=editor, at=NOW + HOUR, note="By law.")

    assert naming("/dunes/") == []
    assert pagestore.get(f"/media/{article.lead_photo.web}") is None

    tick(NOW + HOUR)
    assert naming("/dunes/") == []
    assert list(verify(NOW + HOUR)) == []


def test_a_page_rendered_before_a_withdrawal_is_not_stored_after_it(
    article: Article, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The act comes between rendering and storing."""
    from articles.baking import store

    render = store.render

    def slow(paths: list[str], at: datetime) -> Iterator[tuple[str, Callable[[], Built]]]:
        for path, make in render(paths, at):
            built = make()
            if path == PATH and not article.releases.filter(ending="withdrawn").exists():
                withdraw(article, by=editor, at=NOW + HOUR, note="By law.")
                pagestore.drop(PATH)
            yield path, lambda built=built: built  # type: ignore[misc]

    touch([PATH], NOW)
    with monkeypatch.context() as patch:
        patch.setattr(store, "render", slow)
        assert bake_dirty(NOW + HOUR, limit=1) == {"overtaken": 1}

    assert pagestore.get(PATH) is None


def test_an_article_with_a_release_to_come_is_left_to_the_application(article: Article, editor: User) -> None:
    assert pagestore.get(PATH) is not None
    schedule(article, by=editor, at=NOW + HOUR, live_at=NOW + 2 * HOUR)

    assert bake_paths([PATH], NOW + HOUR) == {"dropped": 1}
    assert bake_paths([PATH], NOW + 3 * HOUR) == {"absent": 1}

    assert announce_due(NOW + 3 * HOUR) == 1
    assert bake_paths([PATH], NOW + 3 * HOUR) == {"stored": 1}
    assert Page.objects.get(path=PATH).article_id == article.pk


@pytest.mark.parametrize("path", ["/en/archive/2026/03/11/", "/ru/archive/2026/03/", "/ru/archive/2026/"])
def test_a_period_without_articles_is_left_to_the_application(article: Article, path: str) -> None:
    tomorrow = NOW + 24 * HOUR
    assert build(path, tomorrow).status == 200
    assert bake_paths([path], tomorrow) == {"absent": 1}


def test_a_correction_drops_its_page_before_the_click_returns(
    article: Article, editor: User, django_capture_on_commit_callbacks: Capture
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        publish(article, by=editor, at=NOW + HOUR, reason="correction", note="The number was wrong.")

    assert pagestore.get(PATH) is None
    tick(NOW + HOUR)
    assert b"The number was wrong." in (pagestore.get(PATH) or b"")
    assert b"The number was wrong." in (pagestore.get("/en/corrections/") or b"")


def test_what_a_worker_has_stored_since_the_act_is_not_dropped(article: Article) -> None:
    """The worker may be quicker than what the web process does after its commit."""
    drop_dirty([PATH])
    assert pagestore.get(PATH)

    touch([PATH], NOW)
    drop_dirty([PATH])
    assert pagestore.get(PATH) is None


def test_a_scheduled_edition_leaves_the_page_to_the_application_until_it_is_announced(
    article: Article, editor: User, django_capture_on_commit_callbacks: Capture
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        schedule(article, by=editor, at=NOW, live_at=NOW + HOUR)
    assert pagestore.get(PATH) is None
    tick(NOW)
    assert pagestore.get(PATH) is None
    assert Page.objects.get(path="/en/").next_change_at == NOW + HOUR

    tick(NOW + HOUR)
    assert pagestore.get(PATH)
    assert list(verify(NOW + HOUR)) == []


def test_a_cancelled_schedule_gives_the_page_back(article: Article, editor: User) -> None:
    schedule(article, by=editor, at=NOW, live_at=NOW + HOUR)
    tick(NOW)
    cancel(article, by=editor, at=NOW)
    tick(NOW)

    assert pagestore.get(PATH)


def test_the_old_file_of_a_moved_article_is_gone(article: Article, editor: User) -> None:
    Article.objects.filter(pk=article.pk).update(slug="dunes-again")
    publish(article, by=editor, at=NOW + HOUR, reason="minor")
    tick(NOW + HOUR)

    assert pagestore.get(PATH) is None
    assert pagestore.get("/en/2026/03/10/dunes-again/")
    assert naming("/dunes/") == []


def test_a_save_that_ties_two_public_translations_links_their_pages(article: Article, editor: User) -> None:
    russian = make_article("dyuny", language="ru", category="courts")
    publish(russian, by=editor, at=NOW)
    keep_version(russian, by=editor, at=NOW)
    tick(NOW)

    russian.origin_article = article
    russian.save()
    keep_version(russian, by=editor, at=NOW)
    tick(NOW)

    assert b"/ru/2026/03/10/dyuny/" in (pagestore.get(PATH) or b"")
    russian.origin_article = None
    russian.save()
    keep_version(russian, by=editor, at=NOW)
    tick(NOW)
    assert list(verify(NOW)) == []


def test_stored_page_goes_though_others_write_for_too_long_when_the_act_is_done(
    article: Article, editor: User, django_capture_on_commit_callbacks: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_args: object, **_kwargs: object) -> None:
        raise busy_error()

    with django_capture_on_commit_callbacks() as callbacks:
        withdraw(article, by=editor, at=NOW + HOUR, note="By law.")
    monkeypatch.setattr("articles.models.page.PageQuerySet.select_for_update", locked)
    for callback in callbacks:  # type: ignore[attr-defined]
        callback()
    assert naming("/dunes/") == []
