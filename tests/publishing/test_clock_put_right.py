"""A clock that was a day ahead and is put right: what was published under it is replaced, called off and withdrawn at
once, with its stored pages; nothing that was withdrawn comes back."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied

from articles import pagestore
from articles.baking import bake_dirty
from articles.baking.counts import reconcile
from articles.models import Article, Count, Name, Organization, Photo, Release
from articles.pagemap import article_path, media_path
from articles.publishing import cancel, live_release, publish, schedule, status, withdraw
from articles.publishing.record import erase, shown, verify
from articles.publishing.relabel import apply_version, work_batches
from articles.registers import compile_version
from tests.builders import NOW, make_article, make_user
from tests.publishing.erasing import make_photo

HOUR = timedelta(hours=1)
AHEAD = NOW + timedelta(days=1)  # by the clock that is wrong
LATER = NOW + HOUR

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def photo(transactional_db: None, store: Path, editor: User) -> Photo:
    return make_photo(alt_en="A ferry.")


@pytest.fixture
def store(settings: Any, tmp_path: Path) -> Path:
    settings.PAGES_DIR = tmp_path / "pages"
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "pages"


@pytest.fixture
def ahead(photo: Photo, editor: User) -> Article:
    """An article published, announced, counted and stored under the clock that was ahead, and by no other."""
    article = make_article(lead_photo=photo)
    publish(article, by=editor, at=AHEAD)
    bake_dirty(AHEAD)
    assert path_of(article) in stands("cells found in the harbour") and pagestore.get(media_path(photo.web))
    return article


@pytest.fixture
def changed(photo: Photo, editor: User) -> Article:
    """An article published at noon, and printed anew under the clock that was ahead."""
    article = make_article(lead_photo=photo)
    publish(article, by=editor, at=NOW)
    article.headline = "GDL cells, counted ahead"
    article.save()
    publish(article, by=editor, at=AHEAD, reason="update", note="Counted again.")
    bake_dirty(AHEAD)
    return article


def path_of(article: Article) -> str:
    release = article.releases.latest("pk")
    return article_path("en", release.published_date, release.edition.slug)


def stands(text: str) -> list[str]:
    """Return the stored pages that hold a text."""
    found = ((path, pagestore.get(path)) for path in pagestore.stored_paths())
    return [path for path, body in found if body and text.encode() in body]


def is_whole(at: Any) -> None:
    assert verify() == []
    before = sorted(Count.objects.exclude(number=0).values_list("language", "date", "rubric", "number"))
    assert reconcile(at) == [], "the counts are right"
    assert before == sorted(Count.objects.exclude(number=0).values_list("language", "date", "rubric", "number"))


def test_replaced(ahead: Article, editor: User, photo: Photo) -> None:
    old = path_of(ahead)
    ahead.slug, ahead.headline, ahead.lead_photo = "harbour", "Cells in the harbour", None
    ahead.save()
    release = publish(ahead, by=editor, at=LATER)
    assert pagestore.get(old) is None, "before the click returns"
    assert pagestore.get(media_path(photo.web)) is None
    bake_dirty(LATER)
    assert stands("cells found in the harbour") == []
    assert path_of(ahead) in stands("Cells in the harbour")
    assert live_release(ahead, LATER) == release
    is_whole(LATER)


def test_replaced_by_a_schedule(ahead: Article, editor: User) -> None:
    schedule(ahead, by=editor, at=LATER, live_at=LATER + HOUR)
    assert pagestore.get(path_of(ahead)) is None
    bake_dirty(LATER)
    assert stands("cells found in the harbour") == []
    is_whole(LATER)


def test_called_off(ahead: Article, editor: User, photo: Photo) -> None:
    path = path_of(ahead)
    cancel(ahead, by=editor, at=LATER)
    assert pagestore.get(path) is None
    assert pagestore.get(media_path(photo.web)) is None
    bake_dirty(LATER)
    assert stands("cells found in the harbour") == []
    is_whole(LATER)


def test_called_off_what_was_before_goes_on(changed: Article, editor: User) -> None:
    cancel(changed, by=editor, at=LATER)
    bake_dirty(LATER)
    assert stands("counted ahead") == []
    assert path_of(changed) in stands("cells found in the harbour")
    is_whole(LATER)


def test_withdrawn(ahead: Article, photo: Photo) -> None:
    path, legal = path_of(ahead), make_user("Legal")
    withdraw(ahead, by=legal, at=LATER, note="By order.")
    assert pagestore.get(path) is None
    assert pagestore.get(media_path(photo.web)) is None
    bake_dirty(LATER)
    assert stands("cells found in the harbour") == []
    assert live_release(ahead, AHEAD + HOUR) is None
    is_whole(LATER)
    assert status(ahead, LATER) == status(ahead, AHEAD + HOUR) == "withdrawn"
    with pytest.raises(PermissionDenied):
        publish(ahead, by=make_user("Editor"), at=LATER + HOUR)
    erase(ahead, by=legal, at=LATER + HOUR, reason="By order.")
    assert verify() == []


def test_withdrawn_after_a_change(changed: Article) -> None:
    withdraw(changed, by=make_user("Legal"), at=LATER, note="By order.")
    bake_dirty(LATER)
    assert stands(" cells") == []
    assert live_release(changed, LATER) is None and live_release(changed, AHEAD) is None
    assert status(changed, LATER) == "withdrawn"
    is_whole(LATER)


def test_withdrawn_under_the_wrong_clock_and_once_more_under_the_right_one(changed: Article) -> None:
    legal = make_user("Legal")
    withdraw(changed, by=legal, at=AHEAD + HOUR, note="By order.")
    assert live_release(changed, LATER) is not None, "to the right clock the withdrawal is yet to come"
    withdraw(changed, by=legal, at=LATER, note="By order.")
    for at in (LATER, AHEAD, AHEAD + 2 * HOUR):
        assert live_release(changed, at) is None
        assert status(changed, at) == "withdrawn"
    assert shown(changed, NOW, now=LATER).form
    bake_dirty(LATER)
    assert stands(" cells") == []
    is_whole(LATER)


def test_published_again_after_it_was_withdrawn_under_the_wrong_clock(changed: Article) -> None:
    legal = make_user("Managing editor")
    withdraw(changed, by=legal, at=AHEAD + HOUR, note="By order.")
    release = publish(changed, by=legal, at=LATER)
    for at in (LATER, AHEAD, AHEAD + 2 * HOUR):
        assert live_release(changed, at) == release
    bake_dirty(LATER)
    is_whole(LATER)


def test_replaced_by_a_relabel(ahead: Article, editor: User) -> None:
    lamp = Organization.objects.get(key="northern-lamp")
    Name.objects.create(organization=lamp, text="Officers", language="en", strength="strong", position=9)
    apply_version(compile_version(LATER), by=None, at=LATER, reason="A list.")
    while work_batches(lambda: LATER):
        pass
    assert Release.objects.count() == 2
    assert pagestore.get(path_of(ahead)) is None
    bake_dirty(LATER)
    assert path_of(ahead) not in stands("cells found in the harbour")
    assert verify() == []
