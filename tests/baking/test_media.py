"""Photos of live articles are copied to the page store; one that no live release shows any more is removed."""

from datetime import timedelta

import pytest

from articles import pagestore
from articles.baking import bake_dirty, bake_paths
from articles.models import Release
from articles.pagemap import pages_of, touch
from articles.photos.files import web_file
from tests.pagemap.released import released

from .conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store", "site")]

PHOTO = {"id": 1, "web": "ab12.jpg"}
PATH = "/media/ab12.jpg"


@pytest.fixture(autouse=True)
def picture(store: object) -> None:
    file = web_file(PHOTO["web"])  # type: ignore[arg-type]
    file.parent.mkdir(parents=True)
    file.write_bytes(b"picture")


def test_the_photo_of_a_live_article_is_copied() -> None:
    touch(pages_of(released("storm", NOW, photo=PHOTO), NOW), NOW)
    bake_dirty(NOW)

    assert pagestore.get(PATH) == b"picture"


def test_a_scheduled_photo_waits_for_its_time() -> None:
    at = NOW + timedelta(hours=1)
    touch(pages_of(released("storm", at, photo=PHOTO, issued_at=NOW, announced_at=None), at), NOW)

    bake_dirty(NOW)
    assert pagestore.get(PATH) is None

    bake_dirty(at)
    assert pagestore.get(PATH) == b"picture"


def test_a_photo_stays_while_another_live_release_shows_it() -> None:
    first, second = released("storm", NOW, photo=PHOTO), released("flood", NOW, photo=PHOTO)
    bake_paths([PATH], NOW)

    at = NOW + timedelta(minutes=1)
    Release.objects.filter(pk=first.pk).update(ended_at=at, ending="withdrawn")
    assert bake_paths([PATH], at) == {"unchanged": 1}

    Release.objects.filter(pk=second.pk).update(ended_at=at, ending="withdrawn")
    assert bake_paths([PATH], at) == {"dropped": 1}


def test_a_photo_whose_file_is_lost_is_noted_and_delays_nothing() -> None:
    web_file("ab12.jpg").unlink()
    released("storm", NOW, photo=PHOTO)

    assert bake_paths([PATH], NOW) == {"failed": 1}
